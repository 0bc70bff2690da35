// The README says of each backend what the backend declares.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { auth0 } from '../../src/backends/auth0.ts'
import { betterAuth } from '../../src/backends/better-auth.ts'
import { memory } from '../../src/backends/memory.ts'
import { rest } from '../../src/backends/rest.ts'
import { supabase } from '../../src/backends/supabase.ts'
import { options } from './auth0-tenant.ts'
import { capabilitiesTable } from './capabilities-table.ts'

const backends = {
  rest: rest('/account').capabilities,
  auth0: auth0(options).capabilities,
  supabase: supabase('https://xyz.supabase.co', { key: 'sb_publishable_x' }).capabilities,
  'better-auth': betterAuth('/api/auth', { columns: ['company'] }).capabilities,
}

test('the table of the README is the one that the backends make', () => {
  const [, written] =
    /<!-- capabilities -->\n\n([\s\S]*?)\n\n<!-- \/capabilities -->/.exec(readFileSync('README.md', 'utf8')) ?? []
  // To write it anew, take this into the README, between the two marks.
  expect(written).toBe(capabilitiesTable(backends))
})

test('a table says another thing for whatever a backend declares otherwise', () => {
  const usual = capabilitiesTable({ one: backends.rest })
  const others = [
    ...[{ merge: 'deep' }, { nullDeletes: false }, { emptyClears: 'nothing' }, { columns: [] }, { versions: false }],
    ...[{ idempotency: false }, { rootAttributes: ['name'] }, { signUpValues: backends.auth0.signUpValues }],
    ...[{ maxMetadataBytes: 1 }, { session: 'bearer' }, { usernames: true }, { passwordReset: true }],
    { verification: 'required' },
  ] as const
  expect(others.length).toBe(Object.keys(backends.rest).length)
  for (const other of others) expect(capabilitiesTable({ one: { ...backends.rest, ...other } })).not.toBe(usual)
})

test('the memory backend imitates Auth0 by what the backend itself declares', () => {
  expect(memory({ imitate: 'auth0' }).capabilities).toBe(backends.auth0)
})
