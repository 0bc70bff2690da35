// Holds the direction of imports: each folder may import only from the rooms below it.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'

const SRC = resolve('src')

/** What each room of the house may import from, itself aside. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  contract: [],
  fields: ['contract'],
  client: ['contract', 'fields'],
  backends: ['contract', 'fields', 'client'],
  state: ['contract', 'fields', 'client'],
  i18n: ['contract'],
  ui: ['contract', 'fields', 'i18n', 'state'],
  server: ['contract', 'fields'],
  management: ['contract', 'fields', 'client', 'backends'],
  doctor: ['contract', 'fields'],
  conformance: ['contract', 'fields'],
  cli: ['contract', 'fields', 'doctor', 'lock', 'conformance'],
  'create-options.ts': ['contract', 'fields', 'client', 'i18n', 'state', 'ui'],
  'create.ts': ['contract', 'fields', 'client', 'i18n', 'state', 'ui', 'create-options.ts'],
  'element-fields.ts': ['fields'],
  'element.ts': ['contract', 'fields', 'client', 'state', 'ui', 'create.ts', 'element-fields.ts', 'backends'],
  'embed.ts': ['fields', 'backends', 'create.ts', 'element.ts'],
  lock: ['contract', 'fields'],
  testing: [],
  entries: [
    ...[
      'contract',
      'fields',
      'client',
      'backends',
      'state',
      'i18n',
      'ui',
      'server',
      'management',
      'lock',
      'doctor',
      'conformance',
      'testing',
    ],
    ...['create-options.ts', 'create.ts', 'element.ts', 'embed.ts'],
  ],
}

function filesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? filesIn(path) : [path]
  })
}

function roomOf(path: string): string {
  return relative(SRC, path).split(/[\\/]/)[0] ?? ''
}

const imports = filesIn(SRC).flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?'(\.[^']+)'/g)].map(([, target = '']) => ({
    file: relative(SRC, file),
    from: roomOf(file),
    to: roomOf(resolve(dirname(file), target)),
  })),
)

test('every room imports only from the rooms below it', () => {
  expect(imports.length).toBeGreaterThan(50)
  expect(imports.filter(({ from, to }) => from !== to && !ALLOWED[from]?.includes(to))).toEqual([])
})

test('only ui, create, element, embed and the panel of the doctor know the document', () => {
  const pure = [
    'contract',
    'fields',
    'client',
    'backends',
    'state',
    'i18n',
    'server',
    'management',
    'lock',
    'doctor',
    'cli',
  ]
  const panel = ['doctor/overlay.ts', 'doctor/panel.ts']
  const knowing = filesIn(SRC)
    .filter((file) => pure.includes(roomOf(file)) && !panel.includes(relative(SRC, file)))
    .filter((file) => /\b(document|window|localStorage|sessionStorage)\./.test(readFileSync(file, 'utf8')))
  expect(knowing).toEqual([])
})
