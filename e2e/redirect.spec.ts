// Where a page goes after somebody got in, through every way a site can say it, and what it refuses to go to.
import { closeAccountSites, startAccountSite } from './account-site.ts'
import { person, submit } from './doors.ts'
import { expect, test } from './fixture.ts'

test.afterAll(closeAccountSites)

const IMPORT = "import { createLatchkey, defineFields, rest } from '/latchkey/latchkey.js'\n"

const doors = [
  {
    name: 'mounted',
    script: `${IMPORT}createLatchkey({ backend: rest('ACCOUNT'), redirectTo: '/welcome?by=mount' }).mount('#account', 'signUp')`,
    to: '/welcome?by=mount',
  },
  {
    name: 'dialog',
    script: `${IMPORT}createLatchkey({ backend: rest('ACCOUNT') }).show('signUp', { redirectTo: 'welcome?by=dialog' })`,
    to: '/welcome?by=dialog',
  },
  {
    name: 'element',
    script: "import '/latchkey/latchkey.js'",
    main: '<latch-key endpoint="/account" screen="signUp" redirect-to="/welcome?by=element#here"></latch-key>',
    to: '/welcome?by=element#here',
  },
] as const

for (const { name, to, ...given } of doors) {
  test(`${name}: the page goes on after a sign-up, and nobody who is signed in is sent away`, async ({
    page,
    declared,
  }) => {
    const site = await startAccountSite(given)
    declared.expectOrigin(site.origin)
    await page.goto(site.origin)
    await page.getByLabel('E-mail', { exact: true }).fill(person.email)
    await page.getByLabel('Password', { exact: true }).fill(person.password)
    await submit(page)
    await page.waitForURL(site.origin + to)
    await expect(page.getByRole('heading', { level: 2, name: 'Your profile' })).toBeVisible()
    expect(page.url()).toBe(site.origin + to)
  })
}

test('after a sign-up without a session the log-in form follows, and then the page goes on', async ({
  page,
  declared,
}) => {
  const main =
    '<latch-key endpoint="/account" screen="signUp" login-after-sign-up="false" redirect-to="/in" remember-me></latch-key>'
  const site = await startAccountSite({ script: "import '/latchkey/latchkey.js'", main })
  declared.expectOrigin(site.origin)
  await page.goto(site.origin)
  await page.getByLabel('E-mail', { exact: true }).fill(person.email)
  await page.getByLabel('Password', { exact: true }).fill(person.password)
  await submit(page)
  await expect(page.getByRole('status').filter({ hasText: 'Your account is made. Log in to it now.' })).toBeVisible()
  await expect(page.getByLabel('E-mail', { exact: true })).toHaveValue(person.email)
  await expect(page.getByLabel('Password', { exact: true })).toBeFocused()
  await declared.expectAccessible()
  expect(await page.context().cookies()).toEqual([])
  expect(site.rows('users')).toHaveLength(1)
  await page.keyboard.type(person.password)
  await page.keyboard.press('Enter')
  await page.waitForURL(`${site.origin}/in`)
  await expect(page.getByRole('heading', { level: 2, name: 'Your profile' })).toBeVisible()
})

const elsewhere = [
  ...['//evil.example/x', '/\\evil.example', '\\\\evil.example', 'https://evil.example', 'https:evil.example'],
  ...['javascript:alert(1)', ' javascript:alert(1)', 'java\tscript:alert(1)', 'data:text/html,<p>', 'blob:x'],
  ...['/\n/evil.example', '/\t/evil.example', 'http://ana:secret@localhost/', '/ok\u0000'],
]

test('an address of elsewhere is refused when it is given, and nothing is drawn', async ({ page, declared }) => {
  const site = await startAccountSite({ script: '' })
  declared.expectOrigin(site.origin)
  await page.goto(site.origin)
  const answers = await page.evaluate(async (addresses) => {
    const { createLatchkey, rest } = await import(`${location.origin}/latchkey/latchkey.js`)
    const outcome = (act: () => unknown) => {
      try {
        act()
        return 'taken'
      } catch (error) {
        return error instanceof TypeError ? error.message.split(':')[0] : String(error)
      }
    }
    const backend = rest('/account')
    const latchkey = createLatchkey({ backend })
    return addresses.map((redirectTo) => [
      outcome(() => createLatchkey({ backend, redirectTo })),
      outcome(() => latchkey.show('login', { redirectTo })),
      outcome(() => latchkey.mount('#account', 'login', { redirectTo })),
    ])
  }, elsewhere)
  expect(answers).toEqual(
    elsewhere.map(() => ['options.redirectTo', 'show() options.redirectTo', 'mount() options.redirectTo']),
  )
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.locator('#account')).toBeEmpty()
})
