// The memory backend that imitates better-auth does what the real one does, and both do what was wished for.
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { betterAuth } from '../../src/backends/better-auth.ts'
import { memory } from '../../src/backends/memory.ts'
import { memoryProfiles } from '../../src/backends/memory-profiles.ts'
import { createClient } from '../../src/client/client.ts'
import { systemEnvironment } from '../../src/client/environment.ts'
import type { Intent, Intents } from '../../src/contract/intents.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/contract/json.ts'
import { type Model, modelAfter, someIntents, storedBy } from '../client/profile-model.ts'
import { startBetterAuth } from './better-auth-server.ts'
import { browserAt, contextOf } from './cookie-browser.ts'

const COLUMNS = {
  company: 'string',
  team_size: 'string',
  newsletter: 'boolean',
  address: 'json',
  tags: 'json',
} as const
const email = 'ana@example.org'
const password = 'correct horse'
const capabilities = memoryProfiles.betterAuth

const server = await startBetterAuth({ columns: COLUMNS })
afterAll(server.close)
const browser = browserAt(server.origin)
const environment = { ...systemEnvironment(), fetch: browser.fetch }
const backend = betterAuth('/api/auth', { columns: COLUMNS })
const real = createClient({ backend, environment })
await real.signUp({ email, password })

/** A value of the kind that the column takes. */
function fitting(key: string, value: JsonValue): JsonValue {
  if (key === 'newsletter') return Boolean(value)
  if (key === 'company' || key === 'team_size') return typeof value === 'string' ? value : JSON.stringify(value)
  return typeof value === 'object' ? value : [value]
}

/** Inside a column that is no json there is nothing to set. */
function fittingIntent(intent: Intent): Intent {
  if (intent.target === 'root' || intent.action === 'unset' || intent.action === 'clear') return intent
  const { target } = intent
  if (intent.action === 'set') return { ...intent, value: fitting(intent.key, intent.value) }
  const [key = ''] = intent.path
  if (key === 'address' || key === 'tags') return intent
  if (intent.action === 'unsetIn') return { target, action: 'unset', key }
  return { target, action: 'set', key, value: fitting(key, intent.value) }
}

const fittingModel = ({ root, user_metadata }: Model): Model => ({
  root,
  user_metadata: Object.fromEntries(Object.entries(user_metadata).map(([key, value]) => [key, fitting(key, value)])),
})

/** Puts a profile into the row of the account, as another program would. */
function place({ root, user_metadata }: Model): void {
  const columns = Object.keys(COLUMNS).map((key) => {
    const value = user_metadata[key]
    if (typeof value === 'boolean') return Number(value)
    return typeof value === 'object' ? JSON.stringify(value) : (value ?? null)
  })
  const [name = '', image = null] = [root.name, root.picture]
  server.write(
    `UPDATE user SET ${Object.keys(COLUMNS)
      .map((key) => `${key} = ?`)
      .join(', ')}, name = ?, image = ? WHERE email = ?`,
    ...columns,
    String(name),
    image === null ? null : String(image),
    email,
  )
}

/** What the imitated server was sent, in the words of the real one. */
function inItsWords(body: JsonObject | null): JsonObject {
  const { user_metadata = {}, name, picture } = body ?? {}
  return {
    ...(isJsonObject(user_metadata) && user_metadata),
    ...(name !== undefined && { name: name ?? '' }),
    ...(picture !== undefined && { image: picture }),
  }
}

const cases = fc.tuple(
  storedBy(capabilities).map(fittingModel),
  someIntents.map((intents): Intents => intents.map(fittingIntent)),
  fc.boolean(),
)

test('the same intents end the same, with the same updates', async () => {
  let updates = 0
  await fc.assert(
    fc.asyncProperty(cases, async ([stored, intents, withBase]) => {
      place(stored)
      const imitated = memory({ imitate: 'betterAuth', accounts: [{ email, password, ...stored }], signedIn: email })
      const copy = createClient({ backend: imitated })
      const sentBefore = browser.sent.length
      const bases = withBase ? ([await real.getProfile(), await copy.getProfile()] as const) : null

      const saved = await real.save(intents, { base: bases?.[0] ?? null })
      const same = await copy.save(intents, { base: bases?.[1] ?? null })
      const wanted = modelAfter(stored, intents)
      expect(saved?.user.user_metadata).toEqual(same?.user.user_metadata)

      const { name, picture, user_metadata } = (await real.getProfile()).user
      const root = { ...(name !== undefined && { name }), ...(picture !== undefined && { picture }) }
      expect({ root, user_metadata }).toEqual(wanted)
      const account = imitated.account(email)
      expect({ root: account?.root, user_metadata: account?.user_metadata }).toEqual(wanted)

      const sent = browser.sent
        .slice(sentBefore)
        .flatMap(({ path, body }) => (path.endsWith('/update-user') ? [body] : []))
      const asked = imitated.requests.flatMap(({ call, body }) => (call === 'patchProfile' ? [inItsWords(body)] : []))
      expect(sent).toEqual(asked)
      updates += sent.length
    }),
    { numRuns: 60, seed: 7 },
  )
  expect(updates).toBeGreaterThan(30)
}, 60_000)

test('an empty update is refused by both, and nothing changes', async () => {
  place({ root: {}, user_metadata: { company: 'Acme' } })
  const imitated = memory({
    imitate: 'betterAuth',
    accounts: [{ email, password, user_metadata: { company: 'Acme' } }],
    signedIn: email,
  })
  const patch = { user_metadata: {}, version: null }
  const context = contextOf(browser)
  for (const one of [backend, imitated]) {
    await expect(one.patchProfile(patch, context)).rejects.toMatchObject({ code: 'invalid_request', status: 400 })
    expect((await one.getProfile(context)).user.user_metadata).toEqual({ company: 'Acme' })
  }
})
