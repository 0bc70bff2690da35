// What a site can say about its better-auth server, and what is said about a mistake in it.
import { expect, test } from 'vitest'
import { betterAuth } from '../../src/backends/better-auth.ts'
import { betterAuthCapabilities } from '../../src/backends/better-auth-options.ts'

test('what follows from the options', () => {
  expect(betterAuthCapabilities({ columns: ['company', 'tags'] })).toEqual({
    merge: 'columns',
    nullDeletes: true,
    emptyClears: 'refused',
    columns: ['company', 'tags'],
    versions: false,
    idempotency: false,
    rootAttributes: ['name', 'picture'],
    signUpValues: { type: 'json' },
    maxMetadataBytes: 10_240,
    session: 'cookie',
    usernames: false,
    passwordReset: false,
    verification: 'none',
  })
  const options = { usernames: true, verification: 'required', session: 'bearer' } as const
  expect(betterAuth('/api/auth', options).capabilities).toMatchObject({ ...options, columns: [] })
  expect(betterAuth('/api/auth', { columns: ['company'] }).columnTypes).toEqual({ company: 'string' })
  const columns = { seats: 'number', address: 'json' } as const
  expect(betterAuth('/api/auth', { columns }).columnTypes).toEqual(columns)
})

/** A program without types, or with wrong ones. */
function given(...call: readonly unknown[]): () => void {
  return () => Reflect.apply(betterAuth, undefined, call)
}

test.each([
  [
    ['api/auth'],
    'betterAuth("api/auth"): the base must be an http(s) address or a path; write betterAuth(\'/api/auth\')',
  ],
  [['//evil.example'], 'must be an http(s) address or a path'],
  [['/api/auth?x=1'], 'must be an http(s) address or a path'],
  [[7], 'must be an http(s) address or a path'],
  [['/api', null], "betterAuth: options: must be an object; write betterAuth('/api/auth', { columns: ['company'] })"],
  [
    ['/api', { column: [] }],
    'options.column: there is no such option; write one of columns, rewritten, usernames, verification, autoSignIn, session',
  ],
  [['/api', { session: 'token' }], 'options.session: has no such value; write "cookie" or "bearer"'],
  [
    ['/api', { verification: true }],
    'options.verification: has no such value; write "none" or "optional" or "required"',
  ],
  [['/api', { usernames: 'yes' }], 'options.usernames: has no such value; write true or false'],
  [
    ['/api', { columns: 'company' }],
    "options.columns: must be names, or names with types; write columns: { company: 'string', seats: 'number' }",
  ],
  [['/api', { columns: null }], 'options.columns: must be names'],
  [['/api', { columns: [7] }], "options.columns[0] 7: must be the name of a column; write 'company'"],
  [['/api', { columns: ['a', 'a'] }], 'options.columns[1] "a": is there twice; write it once'],
  [
    ['/api', { columns: ['a.b'] }],
    'options.columns[0] "a.b": field names cannot contain "."; nest the value or use "_"',
  ],
  [['/api', { columns: ['constructor'] }], 'options.columns[0] "constructor": field names cannot be'],
  [
    ['/api', { columns: ['password'] }],
    'options.columns[0] "password": is a name that better-auth itself uses; write another name',
  ],
  [
    ['/api', { columns: { rememberMe: 'boolean' } }],
    'options.columns.rememberMe: is a name that better-auth itself uses',
  ],
  [
    ['/api', { columns: { seats: 'int' } }],
    'options.columns.seats "int": is no type of column; write one of string, number, boolean, date, string[], number[], json',
  ],
  [
    ['/api', { columns: { seats: { type: 'number' } } }],
    'options.columns.seats {"type":"number"}: is no type of column',
  ],
  [['/api', { rewritten: 'slug' }], "options.rewritten: must be a list of names; write rewritten: ['company']"],
  [
    ['/api', { columns: ['company'], rewritten: ['slug'] }],
    'options.rewritten[0] "slug": is none of options.columns; write it there as well',
  ],
])('betterAuth(...%j)', (call, message) => {
  expect(given(...call)).toThrow(TypeError)
  expect(given(...call)).toThrow(message)
})
