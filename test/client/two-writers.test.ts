// Two people at one profile, in every order their requests can take: nobody's value is overwritten by someone who did not know it.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type MemoryBackend, memory } from '../../src/backends/memory.ts'
import type { MemoryProfile } from '../../src/backends/memory-profiles.ts'
import { createClient } from '../../src/client/client.ts'
import { documentOf } from '../../src/client/plan.ts'
import type { Backend } from '../../src/contract/backend.ts'
import { isLatchkeyError, type LatchkeyError } from '../../src/contract/errors.ts'
import type { Intents } from '../../src/contract/intents.ts'
import { pointerTo } from '../../src/contract/issues.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/contract/json.ts'
import { same } from '../../src/fields/stored.ts'
import { RUNS, SOAK_TIMEOUT } from '../soak.ts'
import { modelAfter, someIntents } from './profile-model.ts'

const email = 'ana@example.org'
const start: JsonObject = { company: 'Acme', address: { x: 1, y: { z: 2 } }, tags: ['a'], old: true }

const open = (imitate: MemoryProfile) =>
  memory({ imitate, accounts: [{ email, password: 'correct horse', user_metadata: start }], signedIn: email })

/** Every value by its place; an empty object is one. */
function leaves(value: JsonValue, path: readonly string[] = []): ReadonlyMap<string, JsonValue> {
  if (!isJsonObject(value) || Object.keys(value).length === 0) return new Map([[pointerTo(...path), value]])
  return new Map(Object.entries(value).flatMap(([key, inner]) => [...leaves(inner, [...path, key])]))
}

function stored(backend: MemoryBackend): JsonObject {
  const { root = {}, user_metadata = {} } = backend.account(email) ?? {}
  return { ...root, user_metadata }
}

/** What a request that was carried out made of the profile. */
interface Write {
  readonly before: JsonObject
  readonly after: JsonObject
}

/** A backend whose requests leave, and whose answers come back, when the scheduler says so. */
function scheduled(backend: MemoryBackend, scheduler: fc.Scheduler, writes: Write[]): Backend {
  const turn = () => scheduler.schedule(Promise.resolve())
  return {
    ...backend,
    async getProfile(context) {
      await turn()
      return scheduler.schedule(backend.getProfile(context))
    },
    async patchProfile(patch, context) {
      await turn()
      const [before, version] = [stored(backend), backend.account(email)?.version]
      const answer = backend.patchProfile(patch, context)
      if (backend.account(email)?.version !== version) writes.push({ before, after: stored(backend) })
      return scheduler.schedule(answer)
    },
  }
}

/** Edits one after the other, each over what was read before; `check` sees how each of them went. */
async function edit(
  backend: MemoryBackend,
  scheduler: fc.Scheduler,
  edits: readonly Intents[],
  check: (base: JsonObject, intents: Intents, writes: readonly Write[], error: LatchkeyError | null) => void,
): Promise<void> {
  for (const intents of edits) {
    const writes: Write[] = []
    const client = createClient({ backend: scheduled(backend, scheduler, writes) })
    const base = await client.getProfile()
    const error: unknown = await client.save(intents, { base }).then(
      () => null,
      (reason: unknown) => reason,
    )
    if (error !== null && !isLatchkeyError(error)) throw error
    check(documentOf(base.user), intents, writes, error)
  }
}

test.each<MemoryProfile>(['latchkey', 'replacing', 'deepVersioned'])(
  '%s: with versions nothing is overwritten unseen',
  async (imitate) => {
    const edits = fc.array(someIntents, { minLength: 1, maxLength: 3 })
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), edits, edits, async (scheduler, mine, theirs) => {
        const backend = open(imitate)
        const check = (base: JsonObject, intents: Intents, writes: readonly Write[], error: LatchkeyError | null) => {
          const known = leaves(base)
          for (const { before, after } of writes) {
            const left = leaves(after)
            for (const [place, value] of leaves(before)) {
              // A parent that was empty may get something in it; that takes nothing away.
              if (isJsonObject(value) || same(left.get(place), value)) continue
              expect([place, known.get(place)]).toEqual([place, value])
            }
          }
          if (error?.code === 'version_conflict') {
            expect(error.conflicts.length).toBeGreaterThan(0)
            for (const { pointer, base: was, mine: wished, theirs: now } of error.conflicts) {
              expect([pointer, same(was, now), same(wished, now)]).toEqual([pointer, false, false])
            }
            expect(error.issues?.map(({ pointer }) => pointer)).toEqual(error.conflicts.map(({ pointer }) => pointer))
          }
          // Where nobody else wrote meanwhile, an edit ends as the model says.
          const [write] = writes
          if (!error && writes.length === 1 && write && same(write.before, base)) {
            const { user_metadata, ...root } = base
            const model = modelAfter({ root, user_metadata: isJsonObject(user_metadata) ? user_metadata : {} }, intents)
            expect(write.after).toEqual({ ...model.root, user_metadata: model.user_metadata })
          }
        }
        const both = Promise.all([
          edit(backend, scheduler, mine, check),
          edit(backend.browser(email), scheduler, theirs, check),
        ])
        await scheduler.waitFor(both)
      }),
      RUNS,
    )
  },
  SOAK_TIMEOUT,
)

test.each<MemoryProfile>(['latchkey', 'auth0', 'betterAuth', 'clerk', 'unversioned', 'replacing', 'deepVersioned'])(
  '%s: edits of different keys are all kept',
  async (imitate) => {
    const set = (key: string) => (value: number) =>
      ({ target: 'user_metadata', action: 'setIn', path: [key, 'x'], value }) as const
    const edits = (key: string) => fc.array(fc.nat(9).map(set(key)), { minLength: 1, maxLength: 3 })
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), edits('address'), edits('company'), async (scheduler, mine, theirs) => {
        const backend = open(imitate)
        const check = (_base: JsonObject, _intents: Intents, _writes: readonly Write[], error: LatchkeyError | null) =>
          expect(error).toBe(null)
        const list = (intents: typeof mine) => intents.map((intent) => [intent])
        const both = Promise.all([
          edit(backend, scheduler, list(mine), check),
          edit(backend.browser(email), scheduler, list(theirs), check),
        ])
        await scheduler.waitFor(both)
        const { address, company } = backend.account(email)?.user_metadata ?? {}
        expect(address).toEqual({ x: mine.at(-1)?.value, y: { z: 2 } })
        expect(company).toEqual({ x: theirs.at(-1)?.value })
      }),
      RUNS,
    )
  },
  SOAK_TIMEOUT,
)
