// The guard and the form say the same, and no accepted patch makes a profile worse, for random definitions and values.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/contract/json.ts'
import { encode } from '../../src/fields/codec.ts'
import { holds, type ReadValue } from '../../src/fields/condition.ts'
import type { Field, Fields, FieldValue } from '../../src/fields/field.ts'
import { guard } from '../../src/fields/guard.ts'
import { mergeMetadata, withValue } from '../../src/fields/merge.ts'
import { conditionReader, heldValue, valueAt } from '../../src/fields/stored.ts'
import { formIssues, profileIssues } from './form-rules.ts'
import { forms } from './random-definitions.ts'
import { heldIn, metadataFor } from './random-values.ts'

/** No shrinking: a definition is made in so many steps that it would take minutes. */
const runs = (numRuns: number) => ({ numRuns, endOnFailure: true })

/** What a sign-up form sends: nothing of what it hides or, unless told to, of what it shows read-only. */
function sent({ fields }: Fields, held: ReadonlyMap<string, FieldValue>, withLocked = false): JsonObject {
  const read = conditionReader(fields, (field) => held.get(field.name) ?? null)
  return fields.reduce<JsonObject>((metadata, field) => {
    const value = encode(field, visiblePart(field, held.get(field.name) ?? null, read, withLocked))
    return value === undefined ? metadata : withValue(metadata, field.path, value)
  }, {})
}

function visiblePart(field: Field, held: FieldValue, read: ReadValue, withLocked: boolean): FieldValue {
  const locked = !withLocked && field.readOnlyWhen !== null && holds(field.readOnlyWhen, read)
  if (!holds(field.visibleWhen, read) || locked) return null
  const { item } = field
  if (item && Array.isArray(held)) return held.map((entry) => visiblePart(item, entry, read, withLocked))
  if (field.type !== 'group' || !isJsonObject(held)) return held
  const inner = conditionReader(field.fields, (child) => held[child.name] ?? null, read)
  return Object.fromEntries(
    field.fields.map((child) => [child.name, visiblePart(child, held[child.name] ?? null, inner, withLocked)]),
  )
}

test('the guard accepts a sign-up exactly where the rules of the form do', () => {
  fc.assert(
    fc.property(forms(), fc.gen(), (fields, generate) => {
      for (let run = 0; run < 20; run++) {
        const patch = sent(
          fields,
          generate(() => heldIn(fields)),
        )
        const held = new Map(fields.fields.map((field) => [field.name, heldValue(field, { user_metadata: patch })]))
        // A form in which what is hidden or read-only holds nothing: that is not sent.
        const settled = [sent(fields, held), sent(fields, held, true)].map((metadata) => JSON.stringify(metadata))
        if (settled.some((text) => text !== JSON.stringify(patch))) continue
        const result = guard(fields, { patch, stored: null })
        const found = result.ok ? [] : result.issues.map(({ code, pointer }) => `${code} ${pointer}`)
        expect(found.length === 0, `${JSON.stringify(patch)}: ${found}`).toBe(formIssues(fields, held).length === 0)
      }
    }),
    runs(200),
  )
})

test('no accepted patch leaves a profile breaking a rule that it did not break before', () => {
  fc.assert(
    fc.property(forms(), fc.gen(), (fields, generate) => {
      for (let run = 0; run < 20; run++) {
        const stored = generate(() => metadataFor(fields))
        const wanted = generate(() => metadataFor(fields))
        const names = generate(() => fc.subarray([...new Set([...Object.keys(stored), ...Object.keys(wanted)])]))
        const patch = Object.fromEntries(names.map((name) => [name, wanted[name] ?? null]))
        const result = guard(fields, { patch, stored, unknownKeys: 'allow' })
        if (!result.ok || !result.patch) continue
        const saved = names.length === 0 ? {} : mergeMetadata(stored, result.patch)
        const before = profileIssues(fields, stored, 'everywhere')
        const broken = profileIssues(fields, saved).filter(
          (issue) => !before.some((earlier) => isAround(earlier, issue)),
        )
        expect(
          broken.filter((issue) => !isOfKeptItem(issue, stored, saved)),
          JSON.stringify({ stored, patch }),
        ).toEqual([])
      }
    }),
    runs(200),
  )
})

/** Whether a rule is the same, or was broken by what stood where its field should be. */
function isAround(earlier: string, issue: string): boolean {
  const [place = '', pointer = ''] = [earlier, issue].map((text) => text.split(' ')[1])
  return earlier === issue || (earlier.startsWith('invalid_type ') && pointer.startsWith(`${place}/`))
}

/** An item that was stored already may stand in another place of its list. */
function isOfKeptItem(issue: string, stored: JsonObject, saved: JsonObject): boolean {
  const [, pointer = ''] = issue.split(' ')
  const path = pointer.split('/').slice(2)
  return path.some((index, depth) => {
    const [old, now] = [stored, saved].map((metadata) => listAt(metadata, path.slice(0, depth)))
    const item = JSON.stringify(now?.[Number(index)])
    return old?.some((entry) => JSON.stringify(entry) === item) ?? false
  })
}

/** A list, also one that is stored as text. */
function listAt(metadata: JsonObject, path: readonly string[]): JsonValue[] {
  const value = valueAt(metadata, path)
  const list = typeof value === 'string' && value.startsWith('[') ? JSON.parse(value) : value
  return Array.isArray(list) ? list : []
}
