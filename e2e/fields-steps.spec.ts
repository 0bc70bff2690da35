// A sign-up in steps: how far one is, the way back, and where a failure of an earlier step leads.
import { expect, test } from './fixture.ts'
import {
  applicant,
  apply,
  field,
  fillJourney,
  fillPerson,
  fillTalk,
  least,
  next,
  openApplication,
  send,
} from './nightline.ts'

test('one step after the other, and back without losing anything', async ({ page, demo, declared }) => {
  await openApplication(page, demo)
  const progress = page.getByRole('progressbar')
  await expect(progress).toHaveAccessibleName('Step 1 of 3')
  await expect(page.getByRole('button', { name: 'Back' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(page.getByRole('alert').getByRole('link')).toHaveCount(4)
  await expect(progress).toHaveAccessibleName('Step 1 of 3')
  await fillPerson(page)
  // Enter goes on, as everywhere.
  await field(page, 'Last name').press('Enter')
  await expect(progress).toHaveAccessibleName('Step 2 of 3')
  await expect(page.getByText('Step 2 of 3 Your talk')).toBeFocused()
  await expect(page.getByRole('alert').getByRole('link')).toHaveCount(0)
  await fillTalk(page)
  await next(page, 3)
  await field(page, 'Best time to call you').fill('09:30')
  await declared.expectAccessible()
  await page.getByRole('button', { name: 'Back' }).click()
  await expect(page.getByText('Step 2 of 3 Your talk')).toBeFocused()
  await expect(field(page, 'Title')).toHaveValue('Why timetables rhyme')
  await expect(page.getByRole('radio', { name: 'Bedtime story' })).toBeChecked()
  await page.getByRole('button', { name: 'Back' }).click()
  await expect(field(page, 'E-mail')).toHaveValue(applicant.email)
  await expect(page.getByLabel('Password', { exact: true })).toHaveValue(applicant.password)
  await next(page, 2)
  await next(page, 3)
  await expect(field(page, 'Best time to call you')).toHaveValue('09:30')
  await fillJourney(page)
  await send(page)
  expect(demo.applicants()[0]?.user_metadata).toEqual({ ...least, call_time: '09:30' })
})

test('an answer of the server leads back to the step it is about', async ({ page, demo, declared }) => {
  await apply(page, demo)
  await page.getByRole('button', { name: 'Log out' }).click()
  await page.getByRole('button', { name: 'Sign up' }).click()
  await fillPerson(page)
  await next(page, 2)
  await fillTalk(page)
  await next(page, 3)
  await fillJourney(page)
  declared.expectFailure('/playground/account/signup', 409)
  await page.getByRole('button', { name: 'Sign up' }).click()
  await expect(page.getByRole('progressbar')).toHaveAccessibleName('Step 1 of 3')
  await expect(field(page, 'E-mail')).toBeFocused()
  await expect(page.getByRole('alert').getByRole('link')).toHaveText([
    'E-mail: There is an account with this e-mail address. Log in instead.',
  ])
  await declared.expectAccessible()
  await field(page, 'E-mail').fill('another@example.org')
  await next(page, 2)
  await next(page, 3)
  await expect(field(page, 'Where you get on')).toHaveValue('hamburg')
  await send(page)
  expect(demo.applicants().map(({ email }) => email)).toEqual(['ana@example.org', 'another@example.org'])
})
