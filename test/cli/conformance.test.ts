// latchkey conformance: the report and the exit code for servers that keep the contract, break it, or are none.
import { expect, test } from 'vitest'
import { createMemoryServer } from '../conformance/memory-server.ts'
import { file, latchkey } from './latchkey.ts'

const ENDPOINT = 'http://accounts.test/account'

function conformance(
  server: { readonly fetch: typeof globalThis.fetch },
  argv: readonly string[] = [],
  colors = false,
) {
  return latchkey(['conformance', ENDPOINT, ...argv], colors, server.fetch)
}

test('a server that keeps the contract: one line a case, the reason where one was not run, exit code 0', async () => {
  const { code, out, error } = await conformance(createMemoryServer(), ['--only', '16,21'])
  expect({ code, error }).toEqual({ code: 0, error: '' })
  expect(out.split('\n').map((line) => line.replace(/^\d+ accounts/, 'n accounts'))).toEqual([
    'Conformance of http://accounts.test/account',
    'Sessions are carried by a cookie; sign-up takes any JSON; metadata takes any name',
    '',
    '16 passed  wire     An update merges at the root and makes a new version',
    '21 not run client   An update that changes nothing sends no request',
    '     it is about the client that sends; a server cannot show it',
    '',
    '1 passed, 0 failed, 1 not run',
    'n accounts conformance-…@example.com stay; the hook removeAccount takes them away',
    '',
  ])
})

test('a server that breaks a rule: the request, what was expected and what came, exit code 1', async () => {
  const { code, out } = await conformance(createMemoryServer({ faults: ['nested values are merged'] }), ['--only=17'])
  expect(code).toBe(1)
  expect(out).toContain(
    [
      '17 failed  wire     A nested value is replaced whole',
      '     request   PATCH /account/me {"user_metadata":{"color":{"work":"x"}}}',
      '     expected  200, user_metadata {"color":{"work":"x"}}',
      '     got       200, user_metadata {"color":{"home":"y","work":"x"}}',
    ].join('\n'),
  )
  expect(out).toContain('0 passed, 1 failed, 0 not run')
})

test('--json has every check, the passed ones too', async () => {
  const { code, out } = await conformance(createMemoryServer(), ['--json', '--only', '20'])
  expect(code).toBe(0)
  const { cases, facts, passed, failed, notRun, left } = JSON.parse(out)
  expect({ passed, failed, notRun, session: facts.session, left: left.length > 0 }).toEqual({
    ...{ passed: 1, failed: 0, notRun: 0, session: 'cookie', left: true },
  })
  expect(cases).toEqual([
    {
      number: 20,
      title: '{} clears user_metadata, which is an object ever after',
      tag: 'wire',
      outcome: 'passed',
      checks: ['PATCH /account/me {"user_metadata":{}}', 'GET /account/me'].map((request) => ({
        request,
        expected: '200, user_metadata {}',
        got: '200, user_metadata {}',
        passed: true,
      })),
      notRun: [],
    },
  ])
})

test('colours mark the outcome, and what a server answers cannot write its own', async () => {
  const server = createMemoryServer()
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const answer = await server.fetch(input, init)
    if (init?.method !== 'PATCH') return answer
    const { user } = await answer.json()
    return Response.json({ user: { ...user, user_metadata: { a: '\u001b[2J' } } }, { headers: { etag: '"\u0085[2J"' } })
  }
  const { out } = await conformance({ fetch }, ['--only', '16,17'], true)
  expect(out).toContain('16 \u001b[31mfailed \u001b[39m wire')
  expect(['\u001b[2J', '\u0085'].filter((sequence) => out.includes(sequence))).toEqual([])
})

test('--hooks lends what the wire cannot reach, by name or as the default', async () => {
  const functions = 'removeAccount: () => { globalThis.removed = (globalThis.removed ?? 0) + 1 }'
  const asDefault = file('hooks.mjs', `export default { ${functions} }`)
  const named = file('named-hooks.mjs', 'export const removeAccount = () => {}\nexport async function restart() {}')
  for (const path of [asDefault, named]) {
    const { code, out } = await conformance(createMemoryServer(), ['--only', '20,30', '--hooks', path])
    expect(code).toBe(0)
    expect(out).not.toContain('removeAccount')
  }
  expect(Reflect.get(globalThis, 'removed')).toBeGreaterThan(3)
})

test('--origin, --keys, --valid, --attributes and --sign-up-values say what a server is like', async () => {
  const known = { knownKeys: ['company', 'size'], origins: ['https://app.test'] }
  const told = ['--keys', 'size', '--valid', '{"company":"Acme"}', '--origin', 'https://app.test', '--only', '16,29']
  const { code, out } = await conformance(createMemoryServer(known), told)
  expect(code).toBe(0)
  expect(out).toContain('metadata takes size, company\n')
  const foreign = await conformance(createMemoryServer(), ['--origin', 'https://app.test'])
  expect(foreign).toMatchObject({
    code: 2,
    error: expect.stringContaining('give --origin with an origin the server lets in'),
  })
  const texts = await conformance(createMemoryServer(), ['--sign-up-values', 'strings', '--only', '8'])
  expect(texts).toMatchObject({ code: 1, out: expect.stringContaining('sign-up takes 10 texts') })
  const attributes = await conformance(createMemoryServer(), ['--attributes', '{"given_name":"Ada"}', '--only', '4'])
  expect(attributes.code).toBe(0)
})

const answers: readonly (readonly [what: string, fetch: typeof globalThis.fetch, error: string])[] = [
  [
    'nothing',
    () => Promise.reject(new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') })),
    'none: connect ECONNREFUSED',
  ],
  [
    'an HTML page',
    async () => new Response('<h1>Not found</h1>', { status: 404 }),
    'such as http://localhost:3000/account',
  ],
  ['a redirect', async () => new Response(null, { status: 302, headers: { location: '/login' } }), 'answered 302'],
  ['an empty 200', async () => new Response(''), 'expected 200 with a session'],
  ['a required field', async () => Response.json({ code: 'required' }, { status: 422 }), 'give --valid with metadata'],
  ['an error of its own', async () => new Response('oops', { status: 500 }), '/signup answered 500 oops'],
]

test.each(answers)('what answers with %s is no server that can be checked: exit code 2', async (_what, fetch, said) => {
  const { code, out, error } = await conformance({ fetch })
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(error).toMatch(/^latchkey: [^\n]+\n$/)
  expect(error).toContain(said)
})

const misuse: readonly (readonly [argv: readonly string[], error: string])[] = [
  [[], 'conformance: needs an address; write latchkey conformance http://localhost:3000/account'],
  [['a', 'b'], 'conformance: takes one address, and there is also b; see latchkey --help'],
  [['nowhere'], 'endpoint "nowhere": must be an http(s) address; write "http://localhost:3000/account"'],
  [[ENDPOINT, '--backend', 'rest'], 'conformance: takes no --backend; see latchkey --help'],
  [[ENDPOINT, '--only', 'all'], '--only all: is no list of numbers; write --only 16,18'],
  [[ENDPOINT, '--only', '31'], 'only: there is no case 31; use numbers from 1 to 30'],
  [
    [ENDPOINT, '--origin', 'https://a.test/x'],
    'origin "https://a.test/x": must be an origin without a path; write "http://accounts.test"',
  ],
  [
    [ENDPOINT, '--valid', '{company}'],
    '--valid:1:2: is no JSON: there is "c" where a key or "}" should be; write the key in double quotes',
  ],
  [[ENDPOINT, '--valid', '[]'], '--valid []: is no object; write --valid \'{"company":"Acme"}\''],
  [[ENDPOINT, '--sign-up-values', 'text'], '--sign-up-values text: is none of both; write json or strings'],
  [
    [ENDPOINT, '--hooks', file('none.mjs', 'export {}')],
    '/none.mjs: exports no hooks; export functions such as removeAccount',
  ],
  [
    [ENDPOINT, '--hooks', file('typo.mjs', 'export const restrat = () => {}')],
    '/typo.mjs: there is no hook restrat; did you mean restart?',
  ],
  [
    [ENDPOINT, '--hooks', file('text.mjs', 'export const restart = "now"')],
    '/text.mjs: a hook is no function; export functions only',
  ],
]

test.each(misuse)('wrong use: %j', async (argv, error) => {
  const { fetch } = createMemoryServer()
  expect(await latchkey(['conformance', ...argv], false, fetch)).toEqual({
    code: 2,
    out: '',
    error: `latchkey: ${error}\n`,
  })
})
