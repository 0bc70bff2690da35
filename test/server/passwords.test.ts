// Passwords: two hashes at a time, a bounded queue, and a clear word when it is full.
import { expect, test } from 'vitest'
import { BusyError, createPasswords } from '../../src/server/passwords.ts'
import { sqlite } from './databases.ts'
import { openerOn } from './visitor.ts'

test('a hash knows its password and no other; an unknown account has none', async () => {
  const passwords = createPasswords()
  const hash = await passwords.hash('correct horse')
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(await passwords.verify(hash, 'correct horse')).toBe(true)
  expect(await passwords.verify(hash, 'correct horse ')).toBe(false)
  expect(await passwords.verify(null, 'correct horse')).toBe(false)
})

test('258 are served, the next is told to come back, and later there is room again', async () => {
  const passwords = createPasswords()
  const served = Array.from({ length: 258 }, () => passwords.verify(null, 'x'))
  await expect(passwords.verify(null, 'x')).rejects.toBeInstanceOf(BusyError)
  expect(await Promise.all(served)).toEqual(served.map(() => false))
  expect(await passwords.verify(null, 'x')).toBe(false)
}, 60_000)

test('a flood of log-ins is answered 429 with Retry-After, never 5xx', async () => {
  const { visitor, errors } = await openerOn(sqlite)({ limits: false })
  const answers = await Promise.all(Array.from({ length: 270 }, () => visitor().logIn()))
  const refused = answers.filter(({ status }) => status === 429)
  expect(refused.length).toBeGreaterThan(0)
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(270 - refused.length)
  expect(refused[0]?.headers.get('retry-after')).toBe('1')
  expect(refused[0]?.json).toMatchObject({ code: 'rate_limited' })
  expect(errors).toEqual([])
}, 60_000)
