// The command as it ships: started by Node, with TypeScript that it takes the types off itself.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, expect, test } from 'vitest'

const COMMAND = resolve('dist/cli/latchkey.js')
// Inside of the package, so that the files find `latchkey` as they would where it is installed.
const folder = resolve('dist/command-test')
beforeAll(() => mkdirSync(folder, { recursive: true }))
afterAll(() => rmSync(folder, { recursive: true }))

const FILES: Readonly<Record<string, string>> = {
  'right.json': '[{ "name": "company", "label": "Company", "maxLength": 80 }]',
  'wrong.json': '{ "fields": [{ "name": "a.b", "lable": "B" }] }',
  'broken.json': '[\n  { "name": "a" },\n]',
  'sizes.ts': "export enum Size { Small = 'small' }\nexport const sizes: readonly string[] = [Size.Small]",
  'right.ts':
    "import { defineFields } from 'latchkey/fields'\nimport { sizes } from './sizes'\nexport const fields = defineFields([{ name: 'size', label: 'Size', type: 'select', options: sizes } as const])",
  'wrong.mts':
    "import { sizes } from './sizes.js'\nexport default [{ name: 'size', label: 'Size', type: 'selct', options: sizes }]",
  'thrown.ts':
    "import { defineFields } from 'latchkey/fields'\nexport const fields = defineFields([{ name: 'a.b', label: 'B' }])\nsetInterval(() => {}, 1000)",
  'lock.cjs':
    "module.exports = { additionalSignUpFields: [{ name: 'address', placeholder: 'Address', icon: 'x.png' }] }",
}

function latchkey(...argv: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...argv], { cwd: folder, encoding: 'utf8' })
  return { status, stdout, stderr }
}

const checks: readonly (readonly [file: string, status: number, said: RegExp])[] = [
  ['right.json', 0, /^right\.json: nothing to mend\n$/],
  ['wrong.json', 1, /^error fields\[0\]\.\w+/],
  ['right.ts', 0, /^right\.ts: nothing to mend\n$/],
  ['wrong.mts', 1, /^error fields\[0\]\.type "selct": is no field type; fix: did you mean "select"\?\n/],
  [
    'thrown.ts',
    1,
    /^error fields\[0\]\.name "a\.b": field names cannot contain "\."; fix: nest the value or use "_"\n/,
  ],
  ['broken.json', 2, /^latchkey: broken\.json:3:1: is no JSON/],
  ['none.ts', 2, /^latchkey: none\.ts: there is no such file/],
]

test('check reads JSON and TypeScript, and says so with its exit code', () => {
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text)
  for (const [file, status, said] of checks) {
    const outcome = latchkey('check', file)
    expect({ file, status: outcome.status }).toEqual({ file, status })
    expect(status === 2 ? outcome.stderr : outcome.stdout).toMatch(said)
    expect(status === 2 ? outcome.stdout : outcome.stderr).toBe('')
  }
})

test('from-lock, describe and --version print to standard output', () => {
  const translated = latchkey('from-lock', 'lock.cjs')
  expect(translated).toMatchObject({ status: 0, stderr: expect.stringContaining('icon') })
  expect(translated.stdout).toContain("name: 'address'")
  expect(latchkey('describe', 'right.ts')).toMatchObject({ status: 0, stdout: expect.stringContaining('| Size |') })
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
  expect(latchkey('--version')).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' })
})

test('the schema that ships is the one of the definitions', () => {
  const schema = JSON.parse(readFileSync('dist/lib/fields.schema.json', 'utf8'))
  const validate = new Ajv2020({ strict: true }).compile(schema)
  expect(validate(JSON.parse(FILES['right.json'] ?? ''))).toBe(true)
  expect(validate(JSON.parse(FILES['wrong.json'] ?? ''))).toBe(false)
})
