// What a column takes comes back as it was; what it would change is refused before anything is sent. On a real server.
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { betterAuth } from '../../src/backends/better-auth.ts'
import { createClient } from '../../src/client/client.ts'
import { systemEnvironment } from '../../src/client/environment.ts'
import { isLatchkeyError } from '../../src/contract/errors.ts'
import type { JsonObject, JsonValue } from '../../src/contract/json.ts'
import { COLUMNS, startBetterAuth } from './better-auth-server.ts'
import { browserAt, type CookieBrowser } from './cookie-browser.ts'
import { rejection } from './rejection.ts'

const server = await startBetterAuth()
afterAll(server.close)
const clientIn = ({ fetch }: CookieBrowser) =>
  createClient({
    backend: betterAuth('/api/auth', { columns: COLUMNS }),
    environment: { ...systemEnvironment(), fetch },
  })
const browser = browserAt(server.origin)
const client = clientIn(browser)
await client.signUp({ email: 'ana@example.org', password: 'correct horse' })

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }).filter((value) => value.isWellFormed() && !value.includes('\0')),
  fc.constantFrom('', '5', 'null', 'true', '{}', '[', '09:30', '2026-11-24', '2026-11-24T09:30', '2026-02-30'),
  fc.constantFrom(
    '2026-11-24T09:30:00Z',
    '2026-11-24T09:30:00.000Z',
    '2026-11-24T00:00:00.000Z',
    '2026-13-24T09:30:00Z',
  ),
)
const number = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
)
const leaf: fc.Arbitrary<JsonValue> = fc.oneof(text, number, fc.boolean())
const object = fc.dictionary(
  fc.constantFrom('x', 'y', 'z'),
  fc.oneof(leaf, fc.constant(null), fc.array(leaf, { maxLength: 2 })),
)
const day = fc
  .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString())
  .chain((moment) => fc.constantFrom(moment, moment.slice(0, 10)))

const FITTING: Readonly<Record<keyof typeof COLUMNS, fc.Arbitrary<JsonValue>>> = {
  company: text,
  team_size: text,
  seats: number,
  newsletter: fc.boolean(),
  born: day,
  tags: fc.array(text, { maxLength: 3 }),
  sizes: fc.array(number, { maxLength: 3 }),
  address: fc.oneof(object, fc.array(fc.oneof(leaf, object), { maxLength: 2 })),
}

const anything: fc.Arbitrary<JsonValue> = fc.oneof(leaf, object, fc.array(leaf, { maxLength: 2 }), day)
const metadata = fc
  .record(
    Object.fromEntries(
      Object.entries(FITTING).map(
        ([name, arbitrary]) => [name, fc.oneof({ weight: 20, arbitrary }, anything)] as const,
      ),
    ),
    { requiredKeys: [] },
  )
  .map((values): JsonObject => JSON.parse(JSON.stringify(values)))

test('every value comes back, or is refused', async () => {
  const seen = { kept: 0, refused: 0 }
  await fc.assert(
    fc.asyncProperty(metadata, async (values: JsonObject) => {
      const before = (await client.getProfile()).user.user_metadata
      const sent = browser.sent.length
      try {
        await client.updateMetadata(values)
        expect((await client.getProfile()).user.user_metadata).toEqual({ ...before, ...values })
        seen.kept += 1
      } catch (error) {
        if (!isLatchkeyError(error) || error.status !== null) throw error
        expect(browser.sent.length).toBe(sent)
        expect(['invalid_type', 'invalid_date', 'unsupported']).toContain(error.code)
        expect((await client.getProfile()).user.user_metadata).toEqual(before)
        seen.refused += 1
      }
    }),
    { numRuns: 150, seed: 7 },
  )
  expect(seen.kept).toBeGreaterThan(40)
  expect(seen.refused).toBeGreaterThan(20)
}, 60_000)

test('a fitting value is never refused but for a date that would be written anew', async () => {
  await fc.assert(
    fc.asyncProperty(fc.record(FITTING, { requiredKeys: [] }), async (values) => {
      await client.updateMetadata(values).catch((error: unknown) => {
        if (!isLatchkeyError(error) || error.code !== 'unsupported') throw error
        expect(JSON.stringify(values)).toContain('2026-11-24T09:30:00Z')
      })
    }),
    { numRuns: 60, seed: 7 },
  )
}, 60_000)

test.each([
  ['company', 7, 'invalid_type', 'a string column takes a text'],
  ['company', { a: 1 }, 'invalid_type', 'a string column takes a text'],
  ['seats', '7', 'invalid_type', 'a number column takes a number'],
  ['newsletter', 1, 'invalid_type', 'a boolean column takes true or false'],
  ['born', '09:30', 'invalid_date', 'for other texts use a string column'],
  ['born', '2026-02-30', 'invalid_date', 'a date column takes a day'],
  ['born', 20260230, 'invalid_type', 'a date column takes a day'],
  ['tags', 'a', 'invalid_type', 'a string[] column takes a list of texts'],
  ['tags', ['a', 1], 'invalid_type', 'a string[] column takes a list of texts'],
  ['sizes', ['1'], 'invalid_type', 'a number[] column takes a list of numbers'],
  ['address', 'Lisbon', 'invalid_type', 'a json column takes an object or a list'],
  ['address', { at: '2026-11-24T09:30:00Z' }, 'unsupported', '2026-11-24T09:30:00.000Z'],
  ['fax', '1', 'unknown_field', 'columns'],
])('%s takes no %j, at sign-up either', async (name, value, code, says) => {
  const save = await rejection(client.updateMetadata({ [name]: value }))
  expect([save.code, save.field]).toEqual([code, name])
  expect(save.message).toContain(says)
  const visitor = browserAt(server.origin)
  const account = { email: 'bo@example.org', password: 'correct horse', user_metadata: { [name]: value } }
  const signUp = await rejection(clientIn(visitor).signUp(account))
  expect([signUp.code, signUp.field]).toEqual([code, name])
  expect(visitor.sent).toEqual([])
})

test('a standard attribute that better-auth does not have is refused and not dropped', async () => {
  const visitor = browserAt(server.origin)
  const account = { email: 'bo@example.org', password: 'correct horse', given_name: 'Bo' }
  const error = await rejection(clientIn(visitor).signUp(account))
  expect([error.code, error.field]).toEqual(['unknown_field', 'given_name'])
  expect(visitor.sent).toEqual([])
})
