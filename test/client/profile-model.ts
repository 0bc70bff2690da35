// A plain model of what intents mean, and random profiles and intents to hold every backend to it.
import fc from 'fast-check'
import type { Capabilities } from '../../src/contract/capabilities.ts'
import type { Intent, Intents } from '../../src/contract/intents.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/contract/json.ts'

export interface Model {
  readonly root: JsonObject
  readonly user_metadata: JsonObject
}

/** What should be stored after intents: one after the other, over a copy. */
export function modelAfter(stored: Model, intents: Intents): Model {
  const root = structuredClone(stored.root)
  let metadata = structuredClone(stored.user_metadata)
  for (const [index, intent] of intents.entries()) {
    // What is said again later, about the same place or about all around it, is as if it had not been said.
    if (intents.slice(index + 1).some((later) => covers(later, intent))) continue
    if (intent.action === 'clear') {
      metadata = {}
      continue
    }
    const path = 'path' in intent ? intent.path : [intent.key]
    const value = 'value' in intent ? structuredClone(intent.value) : undefined
    const keys = [...path]
    const last = keys.pop() ?? ''
    let parent: JsonObject | null = intent.target === 'root' ? root : metadata
    for (const key of keys) {
      const inner: JsonValue | undefined = parent?.[key]
      if (isJsonObject(inner)) parent = inner
      else if (value === undefined || !parent) parent = null
      else {
        const made: JsonObject = {}
        parent[key] = made
        parent = made
      }
    }
    if (!parent) continue
    if (value === undefined || (value === null && intent.target === 'root')) delete parent[last]
    else parent[last] = value
  }
  return { root, user_metadata: metadata }
}

function covers(later: Intent, earlier: Intent): boolean {
  if (later.target !== earlier.target) return false
  if (later.action === 'clear' || earlier.action === 'clear') return later.action === 'clear'
  const [outer, inner] = [later, earlier].map((intent) => ('path' in intent ? intent.path : [intent.key]))
  return outer?.every((key, index) => inner?.[index] === key) ?? false
}

const rootKey = fc.constantFrom('company', 'address', 'tags', 'newsletter', 'team_size')
const innerKey = fc.constantFrom('x', 'y', 'z')
const leaf = fc.oneof(fc.constantFrom('', 'a', 'b'), fc.integer({ min: 0, max: 3 }), fc.boolean())

function someValue(depth: number, nulls: boolean): fc.Arbitrary<JsonValue> {
  const plain: fc.Arbitrary<JsonValue> = nulls ? fc.oneof({ weight: 9, arbitrary: leaf }, fc.constant(null)) : leaf
  if (depth === 0) return plain
  const inner = someValue(depth - 1, nulls)
  return fc.oneof(
    { weight: 2, arbitrary: plain },
    { weight: 3, arbitrary: fc.dictionary(innerKey, inner, { maxKeys: 3 }) },
    { weight: 1, arbitrary: fc.array(inner, { maxLength: 2 }) },
  )
}

/** A profile that the backend can have stored. */
export function storedBy({ merge, nullDeletes, columns, rootAttributes }: Capabilities): fc.Arbitrary<Model> {
  const key = columns
    ? fc.constantFrom(...columns)
    : fc.oneof({ weight: 5, arbitrary: rootKey }, fc.constantFrom('old', 'a.b'))
  return fc.record({
    root: fc.dictionary(fc.constantFrom('name', 'picture', ...rootAttributes), fc.constantFrom('Ana', 'Bo'), {
      maxKeys: 2,
    }),
    // Where null deletes it can be in no object, but in one of a list.
    user_metadata: fc
      .dictionary(key, someValue(2, merge !== 'deep' || !nullDeletes), { maxKeys: 4 })
      .map((metadata) => Object.fromEntries(Object.entries(metadata).filter(([, value]) => value !== null))),
  })
}

const path = fc.tuple(rootKey, fc.array(innerKey, { minLength: 1, maxLength: 2 })).map(([key, keys]) => [key, ...keys])
const attribute = fc.constantFrom('name', 'picture')

const intent: fc.Arbitrary<Intent> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      target: fc.constant('user_metadata' as const),
      action: fc.constant('set' as const),
      key: rootKey,
      value: someValue(2, true).filter((value) => value !== null),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      target: fc.constant('user_metadata' as const),
      action: fc.constant('unset' as const),
      key: fc.oneof(rootKey, fc.constantFrom('old', 'a.b')),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      target: fc.constant('user_metadata' as const),
      action: fc.constant('setIn' as const),
      path,
      value: someValue(1, true),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      target: fc.constant('user_metadata' as const),
      action: fc.constant('unsetIn' as const),
      path,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constant({ target: 'user_metadata', action: 'clear' } as const),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      target: fc.constant('root' as const),
      action: fc.constant('set' as const),
      key: attribute,
      value: fc.constantFrom('Ana', 'Cy'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      target: fc.constant('root' as const),
      action: fc.constant('unset' as const),
      key: attribute,
    }),
  },
)

export const someIntents: fc.Arbitrary<Intents> = fc.array(intent, { maxLength: 5 })
