// The server's check: all or nothing, with a pointer to each broken rule.
import { expect, test } from 'vitest'
import type { JsonObject } from '../../src/contract/json.ts'
import { defineFields } from '../../src/fields/define.ts'
import { guard } from '../../src/fields/guard.ts'

const fields = defineFields([
  { name: 'company', label: 'Company', required: true, maxLength: 5 },
  { name: 'news', type: 'checkbox', label: 'News' },
])

const check = (patch: unknown, stored: JsonObject | null = { company: 'Acme', legacy: 1 }) => {
  const result = guard(fields, { patch, stored })
  return result.ok ? 'ok' : result.issues.map(({ code, pointer }) => `${code} ${pointer}`)
}

test.each([
  [{ news: true }, 'ok'],
  [{ company: '🐎🐎🐎🐎🐎' }, 'ok'],
  [{ legacy: null }, 'ok'],
  [{ company: '🐎🐎🐎🐎🐎🐎' }, ['value_too_long /user_metadata/company']],
  [{ company: null }, ['required /user_metadata/company']],
  [{}, ['required /user_metadata/company']],
  [{ news: 'true' }, ['invalid_type /user_metadata/news']],
  [{ other: 1 }, ['unknown_field /user_metadata/other']],
  [{ 'a.b/c~d': 1 }, ['invalid_field_name /user_metadata/a.b~1c~0d']],
  [JSON.parse('{"__proto__":{"x":1}}'), ['invalid_field_name /user_metadata/__proto__']],
  [{ user_id: 'x' }, ['reserved_field_name /user_metadata/user_id']],
  [{ user_id: null }, 'ok'],
  [{ company: 'a\0' }, ['invalid_value /user_metadata/company']],
  [{ company: '\ud800' }, ['invalid_value /user_metadata/company']],
  [null, ['invalid_type /user_metadata']],
  [[], ['invalid_type /user_metadata']],
])('%j', (patch, expected) => expect(check(patch)).toEqual(expected))

test('creation needs what the sign-up form needs', () => {
  expect(check({}, null)).toEqual(['required /user_metadata/company'])
})

test('an unknown key in an item of a list is refused unless an item had it before', () => {
  const jobs = defineFields([
    {
      name: 'jobs',
      type: 'list',
      label: 'Jobs',
      item: { type: 'group', label: 'Job', fields: [{ name: 'title', label: 'Title' }] },
    },
  ])
  const stored = { jobs: [{ title: 'Smith', since: 2001 }, { title: 'Baker' }] }
  const asked = (items: JsonObject[]) => guard(jobs, { patch: { jobs: items }, stored })
  expect(asked([{ title: 'Baker' }, { title: 'Smith', since: 2001 }]).ok).toBe(true)
  expect(asked([{ title: 'Smith', since: 2002 }])).toEqual({
    ok: false,
    issues: [{ code: 'unknown_field', pointer: '/user_metadata/jobs/0/since' }],
  })
})

test('as a Standard Schema it says nothing about root attributes', async () => {
  const person = defineFields([
    { name: 'given_name', label: 'Given name', storage: 'root', required: true },
    { name: 'company', label: 'Company', required: true },
  ])
  expect(await person['~standard'].validate({ company: 'Acme' })).toEqual({ value: { company: 'Acme' } })
  expect(await person['~standard'].validate({})).toEqual({ issues: [{ message: 'required', path: ['company'] }] })
})
