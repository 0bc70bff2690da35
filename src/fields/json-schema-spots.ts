// Every field of a definition with its place in the stored object, and with what its need and its choices depend on.
import type { Condition } from './condition.ts'
import type { Field } from './field.ts'
import { conditionSchema, type Frame } from './json-schema-conditions.ts'
import { ALWAYS, allOf, anyOf, NEVER, not, type Said, type Scope, type Step } from './json-schema-logic.ts'

export interface Spot {
  readonly field: Field
  /** The fields a condition can name from here. */
  readonly frames: readonly Frame[]
  /** Steps to the value, from the object it is in and from every one around that. */
  readonly ways: readonly [Way, ...Way[]]
  /** Conditions of the field and of what it is in, up to the scope. */
  readonly shown: readonly Clause[]
  readonly locked: readonly Clause[]
  /** Whether a sign-up form asks for it. */
  readonly offered: boolean
  readonly closed: boolean
}

export interface Way {
  readonly scope: Scope
  readonly steps: readonly Step[]
}

interface Clause {
  readonly condition: Condition
  readonly frames: readonly Frame[]
}

export function outermostSpots(fields: readonly Field[]): readonly Spot[] {
  const frames: readonly Frame[] = [{ fields, scope: 'metadata', steps: [] }]
  return fields
    .filter(({ storage }) => storage !== 'root')
    .map((field) => ({
      field,
      frames,
      ways: [{ scope: 'metadata', steps: field.path }],
      shown: clause(field.visibleWhen, frames),
      locked: clause(field.readOnlyWhen, frames),
      offered: field.screens.includes('signUp'),
      closed: field.access.signUp !== 'edit',
    }))
}

/** The fields of a group, or of an item that is one. */
export function spotsInside(spot: Spot): readonly Spot[] {
  const { field, ways } = spot
  const [{ scope, steps }] = ways
  const keys = steps.flatMap((step) => step ?? [])
  const frames: readonly Frame[] = [{ fields: field.fields, scope, steps: keys }, ...spot.frames]
  return field.fields.map((child) => {
    const [first, ...rest] = ways
    const down = (way: Way): Way => ({ ...way, steps: [...way.steps, child.name] })
    // An item is filled in wherever its list is.
    const inItem = rest.length > 0
    return {
      field: child,
      frames,
      ways: [down(first), ...rest.map(down)],
      shown: [...spot.shown, ...clause(child.visibleWhen, frames)],
      locked: [...spot.locked, ...clause(child.readOnlyWhen, frames)],
      offered: inItem || (spot.offered && child.screens.includes('signUp')),
      closed: !inItem && (spot.closed || child.access.signUp !== 'edit'),
    }
  })
}

/** The item of a list: its object is a scope of its own, where the list's conditions say nothing. */
export function spotOfItem({ frames, ways }: Spot, item: Field): Spot {
  const [first, ...rest] = ways
  const into = (way: Way): Way => ({ ...way, steps: [...way.steps, null] })
  const outer: readonly [Way, ...Way[]] = [into(first), ...rest.map(into)]
  return {
    field: item,
    frames,
    ways: item.type === 'group' ? [{ scope: item, steps: [] }, ...outer] : outer,
    shown: [],
    locked: [],
    offered: true,
    closed: false,
  }
}

export function isShown({ shown }: Spot): Said {
  return allOf(shown.map(({ condition, frames }) => conditionSchema(condition, frames)))
}

/** When a value is needed. */
export function needOf(spot: Spot): Said {
  const { field, frames, locked, closed } = spot
  if (closed || (!field.required && field.requiredWhen === null)) return NEVER
  const asked = field.required ? ALWAYS : conditionSchema(field.requiredWhen, frames)
  const isLocked = anyOf(locked.map(({ condition, frames: around }) => conditionSchema(condition, around)))
  return allOf([isShown(spot), not(isLocked), asked])
}

function clause(condition: Condition | null, frames: readonly Frame[]): readonly Clause[] {
  return condition === null ? [] : [{ condition, frames }]
}
