// Every kind of backend, imitated exactly, ends with what the intents say, or refuses, says why and leaves everything as it was.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type MemoryBackend, memory } from '../../src/backends/memory.ts'
import { memoryProfiles } from '../../src/backends/memory-profiles.ts'
import { createClient } from '../../src/client/client.ts'
import type { Capabilities } from '../../src/contract/capabilities.ts'
import { isLatchkeyError } from '../../src/contract/errors.ts'
import type { Intents } from '../../src/contract/intents.ts'
import { isJsonObject, type JsonValue } from '../../src/contract/json.ts'
import { jsonBytes } from '../../src/contract/limits.ts'
import { RUNS, SOAK_TIMEOUT } from '../soak.ts'
import { type Model, modelAfter, someIntents, storedBy } from './profile-model.ts'

const email = 'ana@example.org'

function storedIn(backend: MemoryBackend): Model {
  const { root = {}, user_metadata = {} } = backend.account(email) ?? {}
  return { root, user_metadata }
}

/** Whether a backend may have a reason to say no: the others have to do what they are asked. */
function mayRefuse({ merge, nullDeletes, emptyClears, rootAttributes }: Capabilities, intents: Intents): boolean {
  if (rootAttributes.length === 0 && intents.some(({ target }) => target === 'root')) return true
  if (merge === 'replace' && emptyClears !== 'clears') return true
  const takesAway = intents.some(({ action }) => action !== 'setIn') || merge === 'deep'
  if (merge !== 'replace' && !nullDeletes && takesAway) return true
  return merge === 'deep' && intents.some((intent) => 'value' in intent && hasNull(intent.value))
}

function hasNull(value: JsonValue): boolean {
  return value === null || (isJsonObject(value) && Object.values(value).some(hasNull))
}

async function holds(capabilities: Capabilities, stored: Model, intents: Intents, withBase: boolean): Promise<void> {
  const accounts = [{ email, password: 'correct horse', ...stored }]
  const backend = memory({ imitate: capabilities, accounts, signedIn: email })
  const client = createClient({ backend })
  const before = storedIn(backend)
  const base = withBase ? await client.getProfile() : null
  const preview = await client.preview(intents, { base })
  const readBefore = backend.requests.length
  expect(readBefore).toBe(withBase ? 1 : 0)

  const wanted = modelAfter(before, intents)
  try {
    const saved = await client.save(intents, { base })
    expect(storedIn(backend)).toEqual(wanted)
    if (saved) expect(saved.user.user_metadata).toEqual(wanted.user_metadata)
    expect(preview.refused).toEqual([])
    if (preview.bytes !== null) expect(preview.bytes).toBe(jsonBytes(wanted.user_metadata))
  } catch (error) {
    if (!isLatchkeyError(error)) throw error
    expect(error.issues?.length).toBeGreaterThan(0)
    expect(storedIn(backend)).toEqual(before)
    if (withBase) expect(preview.refused).toEqual(error.issues)
    if (!mayRefuse(capabilities, intents)) throw error
  }
  const sent = backend.requests.slice(readBefore)
  if (base?.version) expect(sent.length).toBeLessThanOrEqual(1)
  expect(sent.filter(({ call }) => call === 'patchProfile').length).toBeLessThanOrEqual(1)
  if (preview.refused.length === 0 && base?.version) expect(sent.length).toBe(preview.requests.length)
  // What would wipe everything is sent for a clear, or where nothing is meant to be left.
  for (const { body } of sent) {
    if (body && isJsonObject(body.user_metadata) && Object.keys(body.user_metadata).length === 0)
      expect(wanted.user_metadata).toEqual({})
  }
}

test.each(Object.entries(memoryProfiles))(
  '%s',
  async (_name, capabilities) => {
    const cases = fc.tuple(storedBy(capabilities), someIntents, fc.boolean())
    await fc.assert(
      fc.asyncProperty(cases, (given) => holds(capabilities, ...given)),
      RUNS,
    )
  },
  SOAK_TIMEOUT,
)

test(
  'any other mixture of what backends can do',
  async () => {
    const mixture = fc.record({
      merge: fc.constantFrom('root', 'deep', 'replace', 'columns'),
      nullDeletes: fc.boolean(),
      emptyClears: fc.constantFrom('clears', 'nothing', 'refused'),
      versions: fc.boolean(),
    })
    const cases = mixture.chain((mixed) => {
      const columns = mixed.merge === 'columns' ? memoryProfiles.betterAuth.columns : null
      const capabilities: Capabilities = { ...memoryProfiles.latchkey, ...mixed, columns }
      return fc.tuple(fc.constant(capabilities), storedBy(capabilities), someIntents, fc.boolean())
    })
    await fc.assert(
      fc.asyncProperty(cases, (given) => holds(...given)),
      RUNS,
    )
  },
  SOAK_TIMEOUT,
)
