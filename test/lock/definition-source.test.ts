// The printed module is valid, says the same as what it was printed from, and is formatted like the house.
import { execFileSync } from 'node:child_process'
import { transformWithOxc } from 'vite'
import { expect, test } from 'vitest'
import { defineFields } from '../../src/fields/define.ts'
import type { FieldDefinition } from '../../src/fields/definition.ts'
import { lockOptions, lockPrefill, lockValidator, originOf } from '../../src/lock/adapters.ts'
import { definitionSource } from '../../src/lock/definition-source.ts'
import { type FromLockSettings, fromLock } from '../../src/lock/from-lock.ts'

/** Runs a printed module with what it imports, and hands back what it gives to defineFields. */
async function evaluated(source: string): Promise<readonly FieldDefinition[]> {
  await transformWithOxc(source, 'fields.ts')
  const body = source.replace(/^import .*$/gm, '').replace('export const fields =', 'return')
  const names = { lockOptions, lockPrefill, lockValidator, defineFields: (definitions: unknown) => definitions }
  return new Function(...Object.keys(names), body)(...Object.values(names))
}

/** A definition with its functions as the source they come from. */
function comparable(value: unknown): unknown {
  if (typeof value === 'function') {
    const { adapter = '', own = value, rest = [] } = originOf(value) ?? {}
    // A method that became a function expression has its name and some white space less.
    return [adapter, String(own).replace(/^(async )?(?!function|async)(?:\w+|"[^"]*")\s*\(/, '$1('), ...rest]
      .join(' ')
      .replace(/function\s*/, '')
  }
  if (Array.isArray(value)) return value.map(comparable)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, comparable(item)]))
}

function printed(options: object, settings: FromLockSettings = {}) {
  const { definitions, notes, policy } = fromLock(options, settings)
  return { definitions, source: definitionSource(definitions, notes, policy) }
}

const helpers = {
  check(value: string) {
    return value.length > 2
  },
  async 'is free'(value: string) {
    return value !== 'taken'
  },
}

const hostileText = 'a\'b"c`d\\e\nf\r\tg\u2028h\u2029i\0j\u001bk\u202el\ud800m👩‍👧n*/o$\u007bp}</script>'

const configurations: Readonly<Record<string, object>> = {
  nothing: {},
  'one field': { additionalSignUpFields: [{ name: 'company', placeholder: 'Company' }] },
  'every type and function': {
    additionalSignUpFields: [
      {
        name: 'address',
        placeholder: 'enter your address',
        ariaLabel: 'Address',
        icon: '/address.png',
        prefill: (callback: (error: null, value: string) => void) => callback(null, 'street 123'),
        validator: (address: string) => ({ valid: address.length >= 10, hint: 'Must have 10 or more chars' }),
      },
      { name: 'nickname', placeholder: 'Nick', storage: 'root', validator: helpers.check },
      { name: 'handle', placeholder: 'Handle', validator: helpers['is free'] },
      {
        name: 'location',
        type: 'select',
        placeholder: 'Location',
        options: [
          { value: 'us', label: 'United States' },
          { value: 'fr', label: 'France' },
        ],
      },
      { name: 'one', type: 'select', placeholder: 'One', options: [{ value: '1', label: 'One' }] },
      { name: 'later', type: 'select', placeholder: 'Later', options: (callback: () => void) => callback() },
      { name: 'news', type: 'checkbox', placeholder: 'News', prefill: 'true' },
      { name: 'box', type: 'checkbox', placeholder: 'Box', prefill: (callback: () => void) => callback() },
      { name: 'code', type: 'hidden', value: 'x' },
      { name: 'count', type: 'hidden', value: -0.5 },
    ],
    mustAcceptTerms: true,
    theme: { primaryColor: 'green' },
  },
  'hostile texts': {
    additionalSignUpFields: [
      {
        name: `b ${'é'.repeat(30)} */ 'x'`,
        placeholder: hostileText,
        ariaLabel: hostileText.repeat(3),
        validator: () => ({ valid: false, hint: hostileText }),
        [hostileText]: 1,
      },
      {
        name: 'c',
        type: 'select',
        placeholder: 'C',
        options: [hostileText, { value: 'x', label: hostileText, __proto__: {} }],
      },
    ],
    [hostileText]: hostileText,
    theme: { logo: hostileText },
  },
}

for (const [what, options] of Object.entries(configurations)) {
  test(`${what}: the printed module evaluates to the same`, async () => {
    const { definitions, source } = printed(options, { storedForm: 'lock' })
    const again = await evaluated(source)
    expect(comparable(again)).toEqual(comparable(definitions))
    expect(defineFields(again).fields).toEqual(defineFields(definitions).fields)
  })
}

test('what is printed', () => {
  const { source } = printed(
    {
      additionalSignUpFields: [
        { name: 'user_id', placeholder: "Who's there", validator: () => true },
        { name: 'code', type: 'hidden', value: 'x' },
      ],
      showTerms: true,
    },
    { policy: { reservedNames: false } },
  )
  expect(source).toBe(`import { defineFields } from 'latchkey/fields'
import { lockValidator } from 'latchkey/lock'

// The functions stand here as they were; what they use from around them has to come along.
// additionalSignUpFields: Lock showed them on the sign-up form only; here the profile form shows them too. Write
// screens: ['signUp'] into a definition to keep it there.
// additionalSignUpFields: Lock stored texts with the white space around them and without what looks like a tag; here
// the white space goes and all else stays. Write trim: false into a definition to keep it.
// showTerms: Lock showed its sentence about the terms; here the sign-up form has none. Use mustAcceptTerms, or write it
// into the page.

export const fields = defineFields(
  [
    { name: 'user_id', label: "Who's there", validate: lockValidator(() => true) },
    { name: 'code', type: 'hidden', value: 'x' },
  ],
  { reservedNames: false },
)
`)
})

test('notes stand above the field they are about', () => {
  const { source } = printed({
    additionalSignUpFields: [
      { name: 'a', placeholder: 'A', icon: '/a.png' },
      { name: 'b', placeholder: 'B' },
    ],
  })
  expect(source).toMatch(/\n {2}\/\/ additionalSignUpFields\[0\]\.icon: .*\n(?: {2}\/\/ .*\n)* {2}\{ name: 'a'/)
})

test('a function without a source is missed loudly', () => {
  const validator = helpers.check.bind(null)
  const { source } = printed({ additionalSignUpFields: [{ name: 'a', placeholder: 'A', validator }] })
  expect(source).toContain('// validate: it has no source text that could be written down; write it here.')
  expect(source).not.toContain('native code')
})

/** Without functions, whose source is the site's. */
const plain = JSON.parse(JSON.stringify(configurations['every type and function']))

test.each([
  printed(plain).source,
  printed(plain, { policy: { reservedNames: false, denyList: ['plan', 'role'] } }).source,
  printed({}).source,
  printed({ mustAcceptTerms: true }).source,
  definitionSource([{ name: 'company', label: 'Company' }]),
  definitionSource([{ name: 'company', label: 'Company', hint: 'x'.repeat(80) }]),
])('the house formats it like this: %#', (source) => {
  const command = ['biome', 'format', '--stdin-file-path=fields.ts']
  expect(source).toBe(execFileSync('npx', command, { input: source, encoding: 'utf8' }))
})
