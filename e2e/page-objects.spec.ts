// The page objects of latchkey/testing on a page of Playwright, as a site's own end-to-end tests use them.
import { logInPage, profilePage, signUpPage } from 'latchkey/testing'
import { expect, test } from './fixture.ts'

const email = 'ana@example.org'
const password = 'correct horse'

test('sign-up, profile and log-in by labels', async ({ page, demo, declared }) => {
  declared.expectFailure('/account/login', 401)
  await page.goto(`${demo.origin}/module.html`)
  const signUp = signUpPage(page)
  await signUp.press('Sign up')
  await signUp.submit()
  expect(await signUp.errors()).toEqual([
    'E-mail: This is needed.',
    'Password: This is needed.',
    'Company: This is needed.',
  ])
  await signUp.signUp(email, password, { Company: 'Acme', 'Team size': '11-50' })

  const profile = profilePage(page)
  expect([await profile.value('Company'), await profile.value('Team size')]).toEqual(['Acme', '11-50'])
  await profile.save({ Company: 'Else' })
  expect(await profile.status()).toBe('Saved')
  expect(demo.users()).toMatchObject([{ email, user_metadata: { company: 'Else', team_size: '11-50' } }])

  await profile.press('Log out')
  const logIn = logInPage(page)
  await logIn.logIn(email, 'wrong horse')
  expect(await logIn.errors()).toEqual(['Password: The e-mail address or the password is wrong.'])
  await logIn.logIn(email, password)
  expect(await profile.value('Company')).toBe('Else')
})

test('choices, searches and boxes are filled in and read by the words on them', async ({ page, demo }) => {
  await page.goto(`${demo.origin}/playground.html`)
  const signUp = signUpPage(page)
  await signUp.signUp(email, password, { 'First name': 'Ana', 'Last name': 'Ruiz', 'Name on your badge': 'Ana' })
  const values = {
    Title: 'Night trains',
    Format: 'Workshop',
    Topics: ['Sleep', 'Maps and timetables'],
    'People in the workshop': 12,
  }
  await signUp.fill(values)
  for (const [label, value] of Object.entries(values)) {
    const shown = await signUp.value(label)
    const wanted = Array.isArray(value) ? [...value].sort() : String(value)
    expect([label, Array.isArray(shown) ? [...shown].sort() : shown]).toEqual([label, wanted])
  }
  await expect(signUp.fill({ Title: true })).rejects.toThrow('it takes a text')
})
