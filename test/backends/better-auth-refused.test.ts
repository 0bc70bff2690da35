// What a real better-auth server refuses, drops, and asks to wait for.
import { afterAll, expect, test } from 'vitest'
import * as z from 'zod'
import { betterAuth } from '../../src/backends/better-auth.ts'
import type { JsonObject } from '../../src/contract/json.ts'
import { startBetterAuth } from './better-auth-server.ts'
import { browserAt, contextOf } from './cookie-browser.ts'
import { rejection } from './rejection.ts'

const password = 'correct horse'
const email = 'ana@example.org'

const server = await startBetterAuth({
  columns: { company: 'string' },
  options: {
    rateLimit: { enabled: true, customRules: { '/sign-up/email': false } },
    emailAndPassword: { enabled: true, minPasswordLength: 12 },
    user: {
      additionalFields: {
        plan: { type: 'string', required: false, input: false },
        code: { type: 'string', required: false, validator: { input: z.string().min(3) } },
      },
    },
  },
})
afterAll(server.close)
const fields = betterAuth('/api/auth', { columns: ['company', 'plan', 'code', 'nowhere'] })

test('refuses at the place it is about', async () => {
  const context = contextOf(browserAt(server.origin))
  const weak = await rejection(fields.signUp({ email, password: 'eight ch' }, context))
  expect([weak.code, weak.field, weak.status]).toEqual(['password_weak', 'password', 400])
  const address = await rejection(fields.signUp({ email: 'ana@example', password }, context))
  expect([address.code, address.field]).toEqual(['invalid_email', 'email'])
  await fields.signUp({ email, password }, context)
  const save = (user_metadata: JsonObject) => fields.patchProfile({ user_metadata, version: null }, context)
  const own = await rejection(save({ plan: 'gold' }))
  expect([own.code, own.field]).toEqual(['read_only', 'plan'])
  const short = await rejection(save({ code: 'a' }))
  expect([short.code, short.field]).toEqual(['refused', 'code'])
  const empty = await rejection(save({}))
  expect([empty.code, empty.status]).toEqual(['invalid_request', 400])
})

test('has no such column, and says so by dropping the value', async () => {
  const context = contextOf(browserAt(server.origin))
  await fields.logIn({ identifier: email, password }, context)
  const lost = await rejection(
    fields.patchProfile({ user_metadata: { company: 'Acme', nowhere: 'x' }, version: null }, context),
  )
  expect([lost.code, lost.field]).toEqual(['unknown_field', 'nowhere'])
  expect(lost.message).toContain('user.additionalFields')
  const elsewhere = contextOf(browserAt(server.origin))
  const signUp = fields.signUp({ email: 'bo@example.org', password, user_metadata: { nowhere: 'x' } }, elsewhere)
  expect((await rejection(signUp)).code).toBe('unknown_field')
})

test('asks to wait, in seconds, after three log-ins in a moment', async () => {
  const context = contextOf(browserAt(server.origin))
  let error = await rejection(fields.logIn({ identifier: email, password: 'wrong' }, context))
  for (let tries = 0; tries < 3 && error.status === 401; tries += 1)
    error = await rejection(fields.logIn({ identifier: email, password: 'wrong' }, context))
  expect([error.code, error.status, error.retryable]).toEqual(['rate_limited', 429, true])
  expect(error.retryAfter).toBeGreaterThan(0)
  expect(error.retryAfter).toBeLessThanOrEqual(10)
})

test('takes nothing from another origin', async () => {
  const browser = browserAt(server.origin, 'https://evil.example')
  const error = await rejection(fields.signUp({ email: 'cy@example.org', password }, contextOf(browser)))
  expect([error.code, error.status]).toEqual(['forbidden', 403])
  expect(error.message).toContain('trustedOrigins')
  expect(server.rows("SELECT id FROM user WHERE email = 'cy@example.org'")).toEqual([])
})
