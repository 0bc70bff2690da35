// The client over `rest`: what it sends, what it refuses before sending, and how a call ends that nobody answers.
import { expect, test } from 'vitest'
import { rest } from '../../src/backends/rest.ts'
import { createClient } from '../../src/client/client.ts'
import { systemEnvironment } from '../../src/client/environment.ts'
import { isLatchkeyError } from '../../src/contract/errors.ts'
import { defineFields } from '../../src/fields/define.ts'

const user = { id: '1', email: 'a@example.org', user_metadata: { company: 'Acme' } }
const json = (body: unknown, init: ResponseInit = {}) => new Response(JSON.stringify(body), init)

function clientOf(answer: (url: string, init: RequestInit) => Response | Promise<Response>, timeout = 5000) {
  const sent: { readonly url: string; readonly init: RequestInit }[] = []
  const fetch = async (input: RequestInfo | URL, init: RequestInit = {}) => {
    sent.push({ url: String(input), init })
    return answer(String(input), init)
  }
  const environment = { ...systemEnvironment(), fetch }
  const fields = defineFields([], { denyList: ['plan'] })
  return { client: createClient({ backend: rest('/account'), fields, environment, timeout }), sent }
}

async function codeOf(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => null,
    (reason: unknown) => reason,
  )
  return isLatchkeyError(error) ? error.code : `not a LatchkeyError: ${String(error)}`
}

test('an empty update sends no request', async () => {
  const { client, sent } = clientOf(() => json({ user }))
  expect(await client.updateMetadata({})).toBe(null)
  expect(await client.updateMetadata({ company: undefined })).toBe(null)
  expect(sent).toEqual([])
})

test('an update sends its keys and the version; clear sends an empty object', async () => {
  const { client, sent } = clientOf(() => json({ user }, { headers: { etag: '"v8"' } }))
  const base = { user: { ...user, email_verified: false, user_metadata: { fax: '1' } }, version: '"v7"' }
  const saved = await client.updateMetadata({ company: 'Acme', fax: null }, { base })
  expect(saved).toEqual({ user: { ...user, email_verified: false }, version: '"v8"' })
  await client.clearMetadata()
  expect(sent.map(({ url, init }) => [init.method, url, init.body])).toEqual([
    ['PATCH', '/account/me', '{"user_metadata":{"company":"Acme","fax":null}}'],
    ['PATCH', '/account/me', '{"user_metadata":{}}'],
  ])
  expect(new Headers(sent[0]?.init.headers).get('if-match')).toBe('"v7"')
})

test.each([
  [{ 'a.b': 1 }, 'invalid_field_name'],
  [{ a: { $b: 1 } }, 'invalid_field_name'],
  [JSON.parse('{"__proto__":1}'), 'invalid_field_name'],
  [{ user_id: 1 }, 'reserved_field_name'],
  [{ plan: 'gold' }, 'denied_field_name'],
  [{ a: '\ud800' }, 'invalid_value'],
  [{ a: '\0' }, 'invalid_value'],
  [{ a: 'x'.repeat(11_000) }, 'metadata_too_large'],
])('%j is refused before anything is sent', async (update, code) => {
  const { client, sent } = clientOf(() => json({ user }))
  expect(await codeOf(client.updateMetadata(update))).toBe(code)
  expect(sent).toEqual([])
})

test('a late answer is a timeout, an aborted call is aborted', async () => {
  const never = (_url: string, { signal }: RequestInit) =>
    new Promise<Response>((_resolve, reject) => {
      if (signal?.aborted) reject(signal.reason)
      signal?.addEventListener('abort', () => reject(signal.reason))
    })
  expect(await codeOf(clientOf(never, 5).client.getProfile())).toBe('timeout')
  const controller = new AbortController()
  const call = clientOf(never).client.getProfile({ signal: controller.signal })
  controller.abort()
  expect(await codeOf(call)).toBe('aborted')
})

test('a password is in the body and nowhere in the error', async () => {
  const { client } = clientOf(() => json({ code: 'invalid_credentials' }, { status: 401 }))
  const error: unknown = await client
    .logIn({ identifier: 'a@example.org', password: 'hunter22' })
    .catch((reason) => reason)
  expect(isLatchkeyError(error) && error.code).toBe('invalid_credentials')
  expect(`${String(error)}${JSON.stringify(error)}`).not.toContain('hunter22')
})
