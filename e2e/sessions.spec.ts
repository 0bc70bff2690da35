// Sessions in a browser: one that ends in the middle of an edit, one that ends with the browser, and one by token from elsewhere.
import type { Page } from '@playwright/test'
import { closeAccountSites, startAccountSite } from './account-site.ts'
import { doors, fillSignUp, person, signUpToProfile, submit } from './doors.ts'
import { expect, test } from './fixture.ts'
import { applicant, enter, field, needed, save } from './nightline.ts'

test.afterAll(closeAccountSites)

const bea = { email: 'bea@example.org', password: 'battery staple 🔋' }

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 2, name })
const notice = (page: Page, text: string) => page.getByRole('status').filter({ hasText: text })
const password = (page: Page) => page.getByLabel('Password', { exact: true })
const email = (page: Page) => page.getByLabel('E-mail', { exact: true })

for (const door of doors) {
  test(`${door.name}: an edit outlives its session, and is saved by the person's own press`, async ({
    page,
    demo,
    declared,
  }) => {
    await signUpToProfile(page, demo.origin, door)
    await page.getByLabel('Company').fill('Acme')
    await page.getByLabel('What are you working on?').fill('Half a sentence')
    const [before] = demo.users()
    demo.endSessions()
    declared.expectFailure('/account/me', 401)
    await submit(page)

    await expect(notice(page, 'Log in again; what you changed is kept.')).toBeVisible()
    await expect(heading(page, 'Log in')).toBeVisible()
    await expect(page.getByRole('dialog')).toHaveCount(door.name === 'script tag' ? 1 : 0)
    await expect(email(page)).toHaveValue(person.email)
    await expect(password(page)).toBeFocused()
    await declared.expectAccessible()
    // Nothing of the form that waits is in reach.
    await expect(page.getByLabel('Company')).toBeHidden()

    declared.expectFailure('/account/login', 401)
    await page.keyboard.type('not this one')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('alert')).toContainText('The e-mail address or the password is wrong.')
    await password(page).fill(person.password)
    await page.keyboard.press('Enter')
    await expect(heading(page, 'Your profile')).toBeFocused()
    await expect(notice(page, 'What you changed is not saved yet.')).toBeVisible()
    await expect(page.getByLabel('Company')).toHaveValue('Acme')
    await expect(page.getByLabel('What are you working on?')).toHaveValue('Half a sentence')
    await declared.expectAccessible()
    expect(demo.users()).toEqual([before])

    await submit(page)
    await expect(page.getByText('Saved', { exact: true })).toBeVisible()
    await expect(notice(page, 'not saved yet')).toHaveCount(0)
    expect(demo.users()[0]?.user_metadata).toMatchObject({ company: 'Acme', about: 'Half a sentence' })
  })
}

test('what waits in a dialog goes with it, and whoever else logs in finds their own', async ({
  page,
  demo,
  declared,
}) => {
  const headers = { origin: demo.origin }
  const made = { ...bea, user_metadata: { company: 'Bee' } }
  await page.request.post(`${demo.origin}/account/signup`, { data: made, headers })
  await page.request.post(`${demo.origin}/account/logout`, { data: {}, headers })
  await page.goto(`${demo.origin}/script.html`)
  const [, dialogs] = doors
  await dialogs?.open(page, 'signUp')
  await fillSignUp(page)
  await submit(page)
  declared.expectFailure('/account/me', 401)
  for (const end of ['closes', 'another'] as const) {
    await dialogs?.open(page, 'profile')
    await expect(page.getByLabel('Company')).toHaveValue('I <3 tea & “Söhne”')
    await page.getByLabel('Company').fill('Acme')
    demo.endSessions()
    await submit(page)
    await expect(notice(page, 'Log in again; what you changed is kept.')).toBeVisible()
    if (end === 'another') {
      await email(page).fill(bea.email)
      await password(page).fill(bea.password)
    } else {
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toHaveCount(0)
      await dialogs?.open(page, 'login')
      await expect(notice(page, 'session')).toHaveCount(0)
      await email(page).fill(person.email)
      await password(page).fill(person.password)
    }
    await submit(page)
    if (end === 'closes') await expect(page.getByRole('dialog')).toHaveCount(0)
  }
  await expect(page.getByLabel('Company')).toHaveValue('Bee')
  await expect(page.getByLabel('What are you working on?')).toHaveValue('')
  await submit(page)
  await expect(notice(page, 'Nothing to save')).toBeVisible()
  expect(demo.users()[1]?.user_metadata).toMatchObject({ company: 'Bee' })
  expect(demo.users()[0]?.user_metadata).toMatchObject({ company: 'I <3 tea & “Söhne”' })
})

test('lists, dates that are half typed, and what others changed meanwhile come back with the person', async ({
  page,
  demo,
  declared,
}) => {
  await enter(page, demo, { ...needed, past_talks: ['https://talks.example/1'], website: 'https://ana.example/' })
  await page.getByRole('button', { name: 'Add Link' }).click()
  await page.keyboard.type('https://talks.example/2')
  await field(page, 'Title').fill('Named anew')
  await field(page, 'Website').fill('https://ana.example/new')
  const date = field(page, 'First day you can travel')
  await date.focus()
  await page.keyboard.type('12')

  // Another tab notices first that the session is over; this one hears of it without having asked.
  demo.endSessions()
  demo.rewriteApplicants((metadata) => ({ ...metadata, website: 'https://else.example/', abstract: 'Theirs' }))
  await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })))
  await expect(notice(page, 'Log in again; what you changed is kept.')).toBeVisible()
  await expect(password(page)).toBeFocused()
  await declared.expectAccessible()
  await password(page).fill(applicant.password)
  await page.keyboard.press('Enter')
  await expect(heading(page, 'Your profile')).toBeVisible()
  await expect(field(page, 'Link 2')).toHaveValue('https://talks.example/2')
  await expect(field(page, 'Title')).toHaveValue('Named anew')
  await expect(field(page, 'What is it about?')).toHaveValue('Theirs')
  // The half of a date is in no value: it stands in the element, and the other half makes it whole.
  await date.focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.type('242026')
  await expect(date).toHaveValue('2026-12-24')

  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('alert')).toContainText('Website')
  await page.getByRole('button', { name: /^Keep mine/ }).click()
  await save(page)
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()
  expect(demo.applicants()[0]?.user_metadata).toMatchObject({
    talk_title: 'Named anew',
    website: 'https://ana.example/new',
    abstract: 'Theirs',
    past_talks: ['https://talks.example/1', 'https://talks.example/2'],
  })
})

const start = (options: string, screen: string) => `
  import { createLatchkey, defineFields, rest } from '/latchkey/latchkey.js'
  const fields = defineFields([{ name: 'company', label: 'Company' }])
  window.latchkey = createLatchkey({ fields, ${options} })
  window.latchkey.mount('#account', '${screen}')
`

test('whoever does not ask to stay has a session that ends with the browser', async ({ page, declared }) => {
  const site = await startAccountSite({ script: start("backend: rest('ACCOUNT'), rememberMe: true", 'signUp') })
  declared.expectOrigin(site.origin)
  await page.goto(site.origin)
  await email(page).fill(person.email)
  await password(page).fill(person.password)
  const stay = page.getByRole('checkbox', { name: 'Keep me signed in' })
  await expect(stay).not.toBeChecked()
  await declared.expectAccessible()
  await submit(page)
  await expect(heading(page, 'Your profile')).toBeVisible()
  expect((await page.context().cookies()).map(({ expires }) => expires)).toEqual([-1])

  await page.getByRole('button', { name: 'Log out' }).click()
  await email(page).fill(person.email)
  await password(page).fill(person.password)
  await stay.check()
  await submit(page)
  await expect(heading(page, 'Your profile')).toBeVisible()
  const [cookie] = await page.context().cookies()
  expect(cookie?.expires).toBeGreaterThan(Date.now() / 1000 + 24 * 60 * 60)
})

test('user names: asked for on sign-up, taken at log-in', async ({ page, declared }) => {
  const script = start("backend: rest('ACCOUNT', { usernames: true })", 'signUp')
  const site = await startAccountSite({ script, options: { usernames: true } })
  declared.expectOrigin(site.origin)
  await page.goto(site.origin)
  await email(page).fill(person.email)
  await page.getByLabel('User name').fill('Ana.S')
  await password(page).fill(person.password)
  await declared.expectAccessible()
  await submit(page)
  await page.getByRole('button', { name: 'Log out' }).click()
  await page.getByRole('button', { name: 'Sign up' }).click()
  await email(page).fill(bea.email)
  await page.getByLabel('User name').fill('ana.s')
  await password(page).fill(bea.password)
  declared.expectFailure('/account/signup', 409)
  await submit(page)
  await expect(page.getByRole('alert').getByRole('link')).toHaveText([
    'User name: This user name is taken. Choose another one.',
  ])
  await expect(page.getByLabel('User name')).toBeFocused()
  await page.locator('.latchkey-card').getByRole('button', { name: 'Log in' }).click()
  await page.getByLabel('E-mail or user name').fill('ANA.S')
  await password(page).fill(person.password)
  await declared.expectAccessible()
  await submit(page)
  await expect(heading(page, 'Your profile')).toBeVisible()
  expect(site.rows('users')).toMatchObject([{ email: person.email, username: 'Ana.S' }])
})

const LIBRARY = "import '/latchkey/latchkey.js'"
const elsewhere = {
  memory: {
    script: start("backend: rest('ACCOUNT', { session: 'bearer', usernames: true }), rememberMe: true", 'signUp'),
  },
  tab: {
    script: `${LIBRARY}\nwindow.latchkey = document.querySelector('latch-key').latchkey`,
    main: `<latch-key endpoint="ACCOUNT" session="bearer" usernames token-storage="tab" screen="signUp">
      <latch-field name="company" label="Company"></latch-field>
    </latch-key>`,
  },
} as const

for (const tokenStorage of ['memory', 'tab'] as const) {
  test(`by token from another origin, kept in ${tokenStorage}: an account's life`, async ({ page, declared }) => {
    const site = await startAccountSite({
      ...elsewhere[tokenStorage],
      apart: true,
      options: { bearer: true, usernames: true },
    })
    declared.expectOrigin(site.origin)
    declared.expectOrigin(site.accounts)
    const tokens: string[] = []
    page.on('response', async (response) => {
      if (!/\/(signup|login|token)$/.test(response.url()) || response.request().method() !== 'POST') return
      if (!response.ok()) return
      const { session } = await response.json()
      tokens.push(session.access_token, session.refresh_token)
    })
    const kept = () =>
      page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }, location.href, document.cookie]))
    await page.goto(site.origin)
    await email(page).fill(person.email)
    await page.getByLabel('User name').fill('ana')
    await password(page).fill(person.password)
    await page.getByLabel('Company').fill('Acme')
    await submit(page)
    await expect(heading(page, 'Your profile')).toBeVisible()
    await page.getByLabel('Company').fill('Acme!')
    await submit(page)
    await expect(page.getByText('Saved', { exact: true })).toBeVisible()
    expect(site.rows('users')).toMatchObject([{ email: person.email, version: 2 }])
    expect(await page.context().cookies()).toEqual([])
    const token = await page.evaluate(() => Reflect.get(window, 'latchkey').session.getToken())
    expect(tokens).toContain(token)
    const secrets = tokenStorage === 'memory' ? tokens : [person.password]
    for (const secret of secrets) expect(await kept()).not.toContain(secret)
    expect(await page.evaluate(() => document.documentElement.outerHTML)).not.toContain(token)

    await page.reload()
    if (tokenStorage === 'memory') {
      await page.locator('.latchkey-card').getByRole('button', { name: 'Log in' }).click()
      await page.getByLabel('E-mail or user name').fill('ana')
      await password(page).fill(person.password)
      await submit(page)
    }
    await expect(page.getByLabel('Company')).toHaveValue('Acme!')
    await page.getByLabel('Company').fill('Kept')
    site.endSessions()
    declared.expectFailure('/account/me', 401)
    declared.expectFailure('/account/token', 401)
    await submit(page)
    await expect(notice(page, 'Log in again; what you changed is kept.')).toBeVisible()
    await password(page).fill(person.password)
    await submit(page)
    await expect(page.getByLabel('Company')).toHaveValue('Kept')
    await submit(page)
    await expect(page.getByText('Saved', { exact: true })).toBeVisible()
    expect(site.rows('users')).toMatchObject([{ version: 3 }])

    await page.getByRole('button', { name: 'Log out' }).click()
    await expect(heading(page, 'Log in')).toBeVisible()
    for (const secret of tokens) expect(await kept()).not.toContain(secret)
    expect(site.rows('bearer_sessions')).toEqual([])
  })
}

test('five tabs that need the next token at once ask for it once, and a log-out leaves none', async ({
  page,
  declared,
}) => {
  const script = start("backend: rest('ACCOUNT', { session: 'bearer' }), tokenStorage: 'browser'", 'signUp')
  const site = await startAccountSite({ script, apart: true, options: { bearer: true } })
  declared.expectOrigin(site.origin)
  declared.expectOrigin(site.accounts)
  await page.goto(site.origin)
  await email(page).fill(person.email)
  await password(page).fill(person.password)
  await submit(page)
  await expect(heading(page, 'Your profile')).toBeVisible()
  const tabs = [page]
  while (tabs.length < 5) {
    const tab = await page.context().newPage()
    await tab.goto(site.origin)
    await expect(heading(tab, 'Your profile')).toBeVisible()
    tabs.push(tab)
  }
  const handed: string[] = []
  page.context().on('response', async (response) => {
    if (response.url().endsWith('/token') && response.request().method() === 'POST')
      handed.push((await response.json()).session.access_token)
  })
  site.endAccessTokens()
  declared.expectFailure('/account/me', 401)
  await Promise.all(tabs.map((tab) => tab.evaluate(() => Reflect.get(window, 'latchkey').client.getProfile())))
  const tokens = await Promise.all(
    tabs.map((tab) => tab.evaluate(() => Reflect.get(window, 'latchkey').session.getToken())),
  )
  expect(handed).toHaveLength(1)
  expect(new Set(tokens)).toEqual(new Set(handed))
  expect(site.rows('bearer_sessions')).toHaveLength(1)

  await tabs[3]?.getByRole('button', { name: 'Log out' }).click()
  for (const tab of tabs) await expect(heading(tab, 'Log in')).toBeVisible()
  const kept = await page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }]))
  for (const token of handed) expect(kept).not.toContain(token)
  expect(site.rows('bearer_sessions')).toEqual([])
})
