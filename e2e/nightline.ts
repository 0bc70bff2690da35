// Nightline's application, filled in by role and label: one value for every kind of field, and what is then stored.
import { createHash } from 'node:crypto'
import type { Locator, Page } from '@playwright/test'
import { type Demo, expect } from './fixture.ts'

export const applicant = { email: 'ana@example.org', password: 'correct horse 🐎' }

/** A control by the beginning of its label. */
export function field(page: Page, label: string): Locator {
  return page.getByLabel(new RegExp(`^${label.replace(/[?.()]/g, '\\$&')}`))
}

export const combobox = (page: Page, name: string): Locator => page.getByRole('combobox', { name })

/** Starts the application at its first step. */
export async function openApplication(page: Page, demo: Demo, search = ''): Promise<void> {
  await page.goto(`${demo.origin}/playground.html${search}`)
  await field(page, 'First name').waitFor()
}

/** Goes on to the next step, which says its number. */
export async function next(page: Page, step: number): Promise<void> {
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByText(`Step ${step} of 3`).waitFor()
}

/** What has to be there on the first step. */
export async function fillPerson(page: Page): Promise<void> {
  await page.getByLabel('E-mail', { exact: true }).fill(applicant.email)
  await page.getByLabel('Password', { exact: true }).fill(applicant.password)
  await field(page, 'First name').fill('Ana')
  await field(page, 'Last name').fill('Söhne')
}

/** What has to be there on the second step. */
export async function fillTalk(page: Page): Promise<void> {
  await field(page, 'Title').fill('Why timetables rhyme')
  await field(page, 'What is it about?').fill('A short history,\nread aloud at night.')
  await page.getByRole('radio', { name: 'Bedtime story' }).check()
}

/** What has to be there on the third step. */
export async function fillJourney(page: Page): Promise<void> {
  await field(page, 'Where you get on').selectOption('hamburg')
  await page.getByRole('checkbox', { name: 'I will keep to the house rules' }).check()
}

export async function send(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Sign up' }).click()
  await page.getByRole('heading', { level: 2, name: 'Your profile' }).waitFor()
  await field(page, 'Title').waitFor()
}

/** A whole application with nothing but what is needed. */
export async function apply(page: Page, demo: Demo): Promise<void> {
  await openApplication(page, demo)
  await fillPerson(page)
  await next(page, 2)
  await fillTalk(page)
  await next(page, 3)
  await fillJourney(page)
  await send(page)
}

/** Makes an account with these values without a form, and opens its profile. */
export async function enter(page: Page, demo: Demo, user_metadata: object, root: object = {}): Promise<void> {
  const body = { ...applicant, given_name: 'Ana', family_name: 'Söhne', ...root, user_metadata }
  const headers = { origin: demo.origin }
  const answer = await page.request.post(`${demo.origin}/playground/account/signup`, { data: body, headers })
  expect(await answer.json()).toMatchObject({ status: 'created' })
  await page.goto(`${demo.origin}/playground.html`)
  await page.getByRole('heading', { level: 2, name: 'Your profile' }).waitFor()
  await field(page, 'Title').waitFor()
}

/** Saves the profile; the answer is the body of the request. */
export async function save(page: Page): Promise<unknown> {
  const sent = page.waitForRequest((request) => request.method() === 'PATCH')
  await page.getByRole('button', { name: 'Save' }).click()
  const body: unknown = (await sent).postDataJSON()
  await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible()
  return body
}

/** Types into a text with a list below and takes the choice of that name. */
export async function choose(page: Page, name: string, text: string, choice: string): Promise<void> {
  await combobox(page, name).fill(text)
  await page.getByRole('option', { name: choice, exact: true }).click()
}

/** What is stored for a consent; when it was given is the server's business. */
export function consent(granted: boolean, ...words: readonly string[]) {
  const at: unknown = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  return { ...answer(granted, words), at }
}

/** The same as a page sends it. */
export function answer(granted: boolean, words: readonly string[]) {
  return {
    granted,
    at: new Date().toISOString(),
    version: '2027-1',
    textHash: createHash('sha256').update(words.join('\n')).digest('hex'),
    locale: 'en',
  }
}

export const rules = [
  'Quiet from midnight in the sleeper. Nobody is photographed asleep. Whoever is unkind gets off at the next station, at their own cost.',
  'I will keep to the house rules',
  'All house rules /playground.html#rules',
] as const

export const photos = 'You may show photos with me in them'

/** The least that an account can have, as a page sends it. */
export const needed = {
  talk_title: 'Why timetables rhyme',
  abstract: 'A short history,\nread aloud at night.',
  format: 'story',
  boarding: 'hamburg',
  conduct: answer(true, rules),
}

/** What `apply` leaves behind beside the root attributes; a box that was not ticked is stored as such. */
export const least = {
  newsletter: false,
  source: 'call-for-talks',
  talk_title: 'Why timetables rhyme',
  abstract: 'A short history,\nread aloud at night.',
  format: 'story',
  talk_language: 'en',
  boarding: 'hamburg',
  time_zone: expect.any(String),
  donates: false,
  fee: 250,
  paper_ticket: false,
  conduct: consent(true, ...rules),
}
