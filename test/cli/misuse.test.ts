// Wrong use and files that cannot be read: exit code 2, what is wrong, and the fix.
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { file, folder, latchkey } from './latchkey.ts'

const right = [{ name: 'company', label: 'Company', maxLength: 80 }]

const misuse: readonly (readonly [argv: readonly string[], error: string])[] = [
  [[], 'no command was given; see latchkey --help'],
  [['chekc', 'x'], 'chekc: there is no such command; did you mean check?'],
  [['check'], 'check: needs a file; write latchkey check fields.json'],
  [['check', 'a', 'b'], 'check: takes one file, and there is also b; see latchkey --help'],
  [['check', 'a', '--bakend', 'x'], '--bakend: there is no such option; did you mean --backend?'],
  [['check', 'a', '--backend'], '--backend: needs a value; see latchkey --help'],
  [['check', 'a', '--backend=auth1'], '--backend auth1: there is no such backend here; use one of rest, auth0, memory'],
  [['check', 'a', '--json=yes'], '--json: takes no value; see latchkey --help'],
  [['describe', 'a', '--json'], 'describe: takes no options; see latchkey --help'],
]

test.each(misuse)('wrong use: %j', async (argv, error) => {
  expect(await latchkey(argv)).toEqual({ code: 2, out: '', error: `latchkey: ${error}\n` })
})

const unreadable: readonly (readonly [argv: readonly string[], error: string])[] = [
  [[join(folder, 'none.json')], '/none.json: there is no such file; check the path, it starts at the current folder'],
  [[folder], ': is a folder; name a file in it'],
  [
    [file('fields.yaml', '')],
    '/fields.yaml: a file ".yaml" cannot be read; use one of .json, .js, .mjs, .cjs, .ts, .mts',
  ],
  [
    [file('comma.json', '[\n  {"name": "a",}\n]')],
    '/comma.json:2:16: is no JSON: there is "}" where a key should be; take out the comma before it',
  ],
  [
    [file('empty.mjs', 'export const other = 1')],
    '/empty.mjs: exports no definition; export it as fields, as definitions or as the default',
  ],
  [
    [file('broken.mjs', 'throw new Error("boom")')],
    '/broken.mjs: cannot be imported: boom; make it run with node first',
  ],
  [
    [file('fine.json', right), '--theme', file('none.css', 'a { color: red }')],
    '/none.css: sets no token; write :root { --latchkey-accent: #0c6b58 }',
  ],
  [
    [file('fine.json', right), '--theme', file('list.json', '[]')],
    '/list.json: is no object of texts; write { "--latchkey-accent": "#0c6b58" }',
  ],
]

test.each(unreadable)('unreadable: %j', async (argv, error) => {
  expect(await latchkey(['check', ...argv])).toEqual({ code: 2, out: '', error: `latchkey: ${error}\n` })
})
