// The main job through every door: sign up, see, edit, clear, reload, log out and in, in a browser and in the database.
import { doors, fillSignUp, person, signUpToProfile, submit } from './doors.ts'
import { expect, test } from './fixture.ts'

const typed = {
  company: 'I <3 tea & “Söhne”',
  team_size: '11-50',
  about: 'Line one\nline two',
  newsletter: true,
  source: 'website',
}

for (const door of doors) {
  test(`${door.name}: an account's life`, async ({ page, demo, declared }) => {
    await page.goto(demo.origin + door.path)
    await door.open(page, 'signUp')
    await declared.expectAccessible()
    await fillSignUp(page)
    await submit(page)
    if (door.name === 'script tag') await expect(page.getByRole('dialog')).toHaveCount(0)
    await door.open(page, 'profile')
    expect(demo.users()).toEqual([{ email: person.email, version: 1, user_metadata: typed }])
    await expect(page.getByLabel('Company')).toHaveValue(typed.company)
    await expect(page.getByLabel('What are you working on?')).toHaveValue(typed.about)
    await expect(page.getByLabel('newsletter')).toBeChecked()
    await declared.expectAccessible()

    const edit = page.waitForRequest((request) => request.method() === 'PATCH')
    await page.getByLabel('Company').fill('Acme')
    await submit(page)
    expect((await edit).postDataJSON()).toEqual({ user_metadata: { company: 'Acme' } })
    await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible()

    const clear = page.waitForRequest((request) => request.method() === 'PATCH')
    await page.getByLabel('What are you working on?').fill('')
    await page.getByLabel('newsletter').uncheck()
    await submit(page)
    expect((await clear).postDataJSON()).toEqual({ user_metadata: { about: null, newsletter: false } })
    await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible()
    const kept = { company: 'Acme', team_size: '11-50', newsletter: false, source: 'website' }
    expect(demo.users()).toEqual([{ email: person.email, version: 3, user_metadata: kept }])

    await page.reload()
    await door.open(page, 'profile')
    await expect(page.getByLabel('Company')).toHaveValue('Acme')
    await page.getByRole('button', { name: 'Log out' }).click()
    await expect(page.getByRole('heading', { level: 2, name: 'Log in' })).toBeVisible()
    await page.reload()
    await door.open(page, 'login')
    await declared.expectAccessible()
    await page.getByLabel('E-mail', { exact: true }).fill('ana@EXAMPLE.org')
    await page.getByLabel('Password', { exact: true }).fill(person.password)
    await submit(page)
    if (door.name === 'script tag') await expect(page.getByRole('dialog')).toHaveCount(0)
    await door.open(page, 'profile')
    await expect(page.getByLabel('Company')).toHaveValue('Acme')
    await expect(page.getByLabel('Team size')).toHaveValue('11-50')
    await expect(page.getByLabel('newsletter')).not.toBeChecked()
  })

  test(`${door.name}: mistakes are said at their place and lose nothing`, async ({ page, demo, declared }) => {
    await page.goto(demo.origin + door.path)
    await door.open(page, 'signUp')
    await fillSignUp(page)
    await page.getByLabel('E-mail', { exact: true }).fill('ana@')
    await page.getByLabel('Company').fill('')
    await submit(page)
    await expect(page.getByLabel('E-mail', { exact: true })).toBeFocused()
    const summary = page.getByRole('alert')
    await expect(summary.getByRole('link')).toHaveText([/^E-mail: /, /^Company: /])
    await declared.expectAccessible()
    expect(demo.users()).toEqual([])
    await summary.getByRole('link', { name: /Company/ }).click()
    await expect(page.getByLabel('Company')).toBeFocused()
    await page.getByLabel('Company').fill('Acme')
    await page.getByLabel('E-mail', { exact: true }).fill(person.email)
    await submit(page)
    if (door.name === 'script tag') await expect(page.getByRole('dialog')).toHaveCount(0)
    await door.open(page, 'profile')
    await page.getByRole('button', { name: 'Log out' }).click()
    await expect(page.getByRole('heading', { level: 2, name: 'Log in' })).toBeVisible()

    declared.expectFailure('/account/login', 401)
    await page.getByLabel('E-mail', { exact: true }).fill(person.email)
    await page.getByLabel('Password', { exact: true }).fill('wrong password')
    await submit(page)
    await expect(page.getByRole('alert')).toContainText('The e-mail address or the password is wrong.')
    await expect(page.getByLabel('Password', { exact: true })).toBeFocused()
    await expect(page.getByLabel('E-mail', { exact: true })).toHaveValue(person.email)

    declared.expectFailure('/account/signup', 409)
    await page.locator('.latchkey-card').getByRole('button', { name: 'Sign up' }).click()
    await fillSignUp(page)
    await submit(page)
    await expect(page.getByLabel('E-mail', { exact: true })).toBeFocused()
    await expect(page.getByRole('alert')).toContainText('There is an account with this e-mail address')
    await expect(page.getByLabel('Password', { exact: true })).toHaveValue(person.password)
    expect(demo.users()).toHaveLength(1)
  })

  test(`${door.name}: a server that goes down in the middle takes nothing with it`, async ({
    page,
    demo,
    declared,
  }) => {
    await signUpToProfile(page, demo.origin, door)
    await page.getByLabel('Company').fill('Kept')
    await submit(page)
    await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible()
    await demo.kill()
    expect(demo.users()).toEqual([{ email: person.email, version: 2, user_metadata: { ...typed, company: 'Kept' } }])

    declared.expectFailure('/account/me', 0)
    await page.getByLabel('Company').fill('Typed while it was down')
    await submit(page)
    await expect(page.getByRole('alert')).toContainText('The server cannot be reached')
    await expect(page.getByLabel('Company')).toHaveValue('Typed while it was down')
    await declared.expectAccessible()
    await demo.start()
    await submit(page)
    await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible()
    expect(demo.users()[0]?.user_metadata).toEqual({ ...typed, company: 'Typed while it was down' })
  })

  test(`${door.name}: a double click makes one account`, async ({ page, demo }) => {
    await page.goto(demo.origin + door.path)
    await door.open(page, 'signUp')
    await fillSignUp(page)
    let sent = 0
    page.on('request', (request) => {
      if (request.method() === 'POST') sent += 1
    })
    await page.locator('form').getByRole('button').last().dblclick()
    if (door.name === 'script tag') await expect(page.getByRole('dialog')).toHaveCount(0)
    await door.open(page, 'profile')
    expect(sent).toBe(1)
    expect(demo.users()).toHaveLength(1)
  })
}

test('the index leads to every site', async ({ page, demo }) => {
  await page.goto(demo.origin)
  for (const door of doors) await expect(page.locator(`a[href="${door.path}"]`)).toBeVisible()
})
