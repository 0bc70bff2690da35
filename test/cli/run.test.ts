// The command in process: real files in a folder of its own, output and exit codes as a shell would see them.
import { expect, test } from 'vitest'
import { file, latchkey } from './latchkey.ts'

const right = [{ name: 'company', label: 'Company', maxLength: 80 }]
const twoWrong = [
  { name: 'ok', label: 'Ok', maxLength: 9 },
  { name: 'a.b', lable: 'B' },
]
const twoErrors = [
  'error fields[1].lable: a text field has no such setting; fix: did you mean "label"?',
  'error fields[1].name "a.b": field names cannot contain "."; fix: nest the value or use "_"',
]

test('check says nothing but a summary of a definition that is right', async () => {
  expect(await latchkey(['check', file('right.json', right)])).toEqual({
    code: 0,
    out: '/right.json: nothing to mend\n',
    error: '',
  })
})

test('check prints one line a finding, and exits with 1', async () => {
  const { code, out } = await latchkey(['check', file('wrong.json', twoWrong)])
  expect(code).toBe(1)
  expect(out.trim().split('\n').sort()).toEqual([
    '/wrong.json: 3 errors',
    "error fields[1].label: is missing; fix: write label: '…'",
    ...twoErrors,
  ])
})

test('notes alone are no failure, warnings are', async () => {
  const note = file('note.json', [{ name: 'company', label: 'Company' }])
  expect((await latchkey(['check', note])).code).toBe(0)
  expect((await latchkey(['check', note, '--backend', 'auth0'])).code).toBe(1)
})

test('--json prints the findings as they are', async () => {
  const { code, out } = await latchkey([
    'check',
    '--json',
    file('json.json', [{ name: 'a', label: 'xxx', maxLength: 1 }]),
  ])
  expect(code).toBe(1)
  expect(JSON.parse(out)).toEqual([
    {
      level: 'warning',
      path: 'fields[0].label',
      given: '"xxx"',
      problem: 'looks like a placeholder',
      fix: 'write what the person is asked for',
    },
  ])
})

test('colours mark the level only, and nothing in a file can write its own', async () => {
  const { out } = await latchkey(
    ['check', file('color.json', [{ name: 'a', label: '\u001b[2Jxxx', maxLength: 1, lable: '' }])],
    true,
  )
  expect(out).toContain('\u001b[31merror\u001b[39m fields[0].lable: ')
  expect(out).not.toContain('\u001b[2J')
})

test('the object form brings its policy, backend and theme, and is itself looked at', async () => {
  const path = file('object.json', {
    $schema: './fields.schema.json',
    fields: [{ name: 'plan', label: 'Plan', maxLength: 600 }],
    denyList: ['plan'],
    backend: 'auth0',
    theme: { '--latchkey-muted': '#999', '--latchkey-color-scheme': 'light' },
    reservedName: false,
    secrets: 'maybe',
  })
  const { code, out } = await latchkey(['check', path])
  expect(code).toBe(1)
  expect(out.split('\n').map((line) => line.replace(/:.*/, ''))).toEqual([
    'error reservedName',
    'error secrets "maybe"',
    'error fields[0].name "plan"',
    'warning fields[0]',
    'warning theme.--latchkey-muted "#999"',
    '/object.json',
    '',
  ])
})

test('--theme reads a style sheet or JSON, and --backend goes before the file', async () => {
  const definition = file('plain.json', { fields: right, backend: 'auth0' })
  const css = file('tokens.css', ':root { --latchkey-muted: #999 }')
  const json = file('tokens.json', { '--latchkey-muted': '#999' })
  for (const theme of [css, json]) {
    const { code, out } = await latchkey(['check', definition, '--theme', theme, '--backend', 'rest'])
    expect(code).toBe(1)
    expect(out).toMatch(/^warning theme\.--latchkey-muted "#999": too little contrast in the light scheme/)
  }
})

const modules: readonly (readonly [name: string, source: string, code: number])[] = [
  ['named.mjs', `export const fields = ${JSON.stringify(right)}`, 0],
  ['definitions.mjs', `export const definitions = ${JSON.stringify(twoWrong)}`, 1],
  ['default.mjs', `export default { fields: ${JSON.stringify(right)}, denyList: ['company'] }`, 1],
  [
    'typed.ts',
    `type Name = string; const name: Name = 'a'; export const fields = [{ name, label: 'A', maxLength: 3 }] as const`,
    0,
  ],
  [
    'whole.ts',
    "import { defineFields } from 'latchkey/fields'\nexport const fields = defineFields([{ name: 'a', label: 'Untitled', maxLength: 3 }])",
    1,
  ],
]

test.each(modules)('check reads %s', async (name, source, code) => {
  const outcome = await latchkey(['check', file(name, source)])
  expect({ code: outcome.code, error: outcome.error }).toEqual({ code, error: '' })
})

test('what Latchkey refuses while a file is imported is a finding', async () => {
  const message = 'fields[1].name "a.b": field names cannot contain "."; nest the value or use "_"'
  const path = file('thrown.mjs', `throw new TypeError(${JSON.stringify(message)})`)
  expect(await latchkey(['check', path])).toEqual({
    code: 1,
    out: `${twoErrors[1]}\n/thrown.mjs: 1 error\n`,
    error: '',
  })
})

const lock = {
  additionalSignUpFields: [
    { name: 'address', placeholder: 'enter your address', icon: 'https://example.com/icon.png' },
    { type: 'checkbox', name: 'newsletter', placeholder: 'Newsletter', prefill: 'true' },
  ],
}

const lockFiles: readonly (readonly [name: string, source: string])[] = [
  ['lock.json', JSON.stringify(lock)],
  ['lock-options.mjs', `export const options = ${JSON.stringify(lock)}`],
  ['lock-default.mjs', `export default ${JSON.stringify(lock)}`],
  ['lock.cjs', `module.exports = ${JSON.stringify(lock)}`],
  ['lock-list.mjs', `export default ${JSON.stringify(lock.additionalSignUpFields)}`],
]

test.each(lockFiles)('from-lock reads %s', async (name, source) => {
  const { code, out, error } = await latchkey(['from-lock', file(name, source)])
  expect(code).toBe(0)
  expect(out).toContain("import { defineFields } from 'latchkey/fields'")
  expect(out).toContain("name: 'newsletter'")
  expect(error).toMatch(/^additionalSignUpFields/m)
})

test('describe prints a table, and nothing of a definition that is refused', async () => {
  const { code, out } = await latchkey(['describe', file('described.json', right)])
  expect(code).toBe(0)
  expect(out).toMatch(/^\|.*\|\n\|[ :|-]+\|\n/)
  expect(out).toContain('Company')
  expect(await latchkey(['describe', file('refused.json', twoWrong)])).toEqual({
    code: 2,
    out: '',
    error: 'latchkey: /refused.json: the definition has 3 errors; see latchkey check /refused.json\n',
  })
})

test('--help and --version', async () => {
  const help = await latchkey(['check', '--help'])
  expect(help.code).toBe(0)
  expect(help.out).toMatch(/^Usage: latchkey <command> <file>\n/)
  expect(await latchkey(['--version'])).toEqual({ code: 0, out: '1.2.3\n', error: '' })
})
