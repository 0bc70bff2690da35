// The recommended road to an Auth0 tenant: the demo's pages on the site's own small server, which alone speaks to the tenant.
import { type ChildProcess, spawn } from 'node:child_process'
import { logInPage, profilePage, signUpPage } from 'latchkey/testing'
import { MACHINE, SITE, startTenant, type Tenant } from './auth0-tenant.ts'
import { test as base, expect } from './fixture.ts'

const email = 'ana@example.org'
const password = 'correct horse battery'

interface Site {
  readonly tenant: Tenant
  readonly origin: string
}

const test = base.extend<{ readonly site: Site }>({
  async site({ declared }, use) {
    const tenant = await startTenant()
    await tenant.open('https://nowhere.example')
    const port = 20_000 + (process.pid % 20_000)
    const child: ChildProcess = spawn(process.execPath, ['demo/dist/server.js'], {
      env: {
        ...{ ...process.env, PORT: String(port), DATABASE_URL: 'file:unused.db' },
        ...{ NODE_EXTRA_CA_CERTS: tenant.certificate, COOKIE_SECRET: 'a secret of this site alone, 32 bytes' },
        ...{ AUTH0_DOMAIN: tenant.domain, AUTH0_CLIENT_ID: SITE.clientId, AUTH0_CLIENT_SECRET: SITE.clientSecret },
        ...{ AUTH0_MACHINE_ID: MACHINE.clientId, AUTH0_MACHINE_SECRET: MACHINE.clientSecret },
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await new Promise<void>((resolve, reject) => {
      child.stdout?.once('data', () => resolve())
      child.once('exit', (code) => reject(new Error(`the demo ended with ${code}`)))
    })
    const origin = `http://localhost:${port}`
    declared.expectOrigin(origin)
    await use({ tenant, origin })
    child.removeAllListeners('exit')
    child.kill('SIGKILL')
    await tenant.close()
  },
})

test('sign-up, profile, clearing, log-out and log-in, without a word of Auth0 in the page', async ({
  page,
  site,
  declared,
}) => {
  const { tenant, origin } = site
  await page.goto(`${origin}/module.html`)
  await page.getByRole('heading', { level: 2, name: /Log in|Sign up/ }).waitFor()
  await page.getByRole('button', { name: 'Sign up' }).click()
  await page.getByRole('heading', { level: 2, name: 'Sign up' }).waitFor()
  await signUpPage(page).signUp(email, password, { Company: 'Acme & <Co>', 'Send me the monthly newsletter': true })
  const profile = profilePage(page)
  expect(await profile.value('Company')).toBe('Acme & <Co>')
  expect(tenant.metadataOf(email)).toEqual({ company: 'Acme & <Co>', newsletter: true, source: 'website' })

  await profile.save({ Company: 'Else', 'What are you working on?': 'Much' })
  expect(await profile.status()).toBe('Saved')
  await profile.save({ 'What are you working on?': '' })
  expect(tenant.metadataOf(email)).toEqual({ company: 'Else', newsletter: true, source: 'website' })

  await profile.press('Log out')
  await page.getByRole('heading', { level: 2, name: 'Log in' }).waitFor()
  declared.expectFailure('/account/login', 401)
  await logInPage(page).logIn(email, 'wrong horse battery')
  expect(await logInPage(page).errors()).toEqual(['Password: The e-mail address or the password is wrong.'])
  await logInPage(page).logIn(email, password)
  expect(await profile.value('Company')).toBe('Else')
  // One token for everything the server asked.
  expect(tenant.asked.filter(({ body }) => body.includes('client_credentials')).length).toBe(1)
})

test('the server holds every patch to the fields, and every session to its own account', async ({
  page,
  site,
  declared,
}) => {
  const { tenant, origin } = site
  await page.goto(`${origin}/module.html`)
  await page.getByRole('button', { name: 'Sign up' }).click()
  await page.getByRole('heading', { level: 2, name: 'Sign up' }).waitFor()
  await signUpPage(page).signUp(email, password, { Company: 'Acme' })
  await profilePage(page).value('Company')
  declared.expectFailure('/account/me', 422)
  const refused = await page.evaluate(async () => {
    const headers = { 'content-type': 'application/json' }
    const patch = (user_metadata: object) =>
      fetch('/account/me', { method: 'PATCH', headers, body: JSON.stringify({ user_metadata }) })
    const answers = [await patch({ admin: true }), await patch({ company: 'x'.repeat(81) })]
    return Promise.all(answers.map(async (answer) => [answer.status, (await answer.json()).errors[0].pointer]))
  })
  expect(refused).toEqual([
    [422, '/user_metadata/admin'],
    [422, '/user_metadata/company'],
  ])
  expect(tenant.metadataOf(email)).toMatchObject({ company: 'Acme' })
  const me = (headers: Record<string, string>) => page.request.get(`${origin}/account/me`, { headers })
  expect((await me({ cookie: 'site=made.up.cookie' })).status()).toBe(401)
  const foreign = await page.request.patch(`${origin}/account/me`, {
    headers: { origin: 'https://evil.example' },
    data: { user_metadata: { company: 'Evil' } },
  })
  expect(foreign.status()).toBe(403)
})
