// Every field of a definition with what was stored and what would be, one by one down into groups.
import { pointerTo } from '../contract/issues.ts'
import { isJsonObject, type JsonValue } from '../contract/json.ts'
import { own } from './codec.ts'
import { holds, type ReadValue } from './condition.ts'
import type { FieldScreen } from './definition.ts'
import type { Field, FieldValue } from './field.ts'
import { conditionReader, heldValue, pointerOf, rawValue, type Stored, valueAt } from './stored.ts'

export interface Leaf {
  readonly field: Field
  readonly pointer: string
  /** Keys from the root of the field's storage. */
  readonly path: readonly string[]
  readonly before: JsonValue | undefined
  readonly after: JsonValue | undefined
  readonly visible: boolean
  readonly required: boolean
  readonly wasRequired: boolean
  readonly readOnly: boolean
  /** Whether a field may not be changed on any of the screens. */
  readonly closed: (field: Field) => boolean
  /** Whether the person is asked for it on one of the screens. */
  readonly offered: boolean
  /** Whether a value goes with the save while the field is hidden. */
  readonly clears: boolean
  /** Reads the values that would be stored, from where the field stands. */
  readonly read: ReadValue
  /** Reads the stored ones. */
  readonly readBefore: ReadValue
}

export interface Sight {
  readonly before: Stored
  readonly after: Stored
  /** The screens on which the person could make this change. */
  readonly screens: readonly FieldScreen[]
}

/** The values at both times for the conditions of some fields. */
interface Readers {
  readonly before: ReadValue
  readonly after: ReadValue
}

export function leavesOf(fields: readonly Field[], { before, after, screens }: Sight): readonly Leaf[] {
  const readers: Readers = {
    before: conditionReader(fields, (field) => heldValue(field, before)),
    after: conditionReader(fields, (field) => heldValue(field, after)),
  }
  return fields.flatMap((field) => {
    const place: Place = {
      pointer: pointerOf(field),
      path: field.path,
      visible: true,
      wasVisible: true,
      readOnly: false,
      wasReadOnly: false,
      offered: true,
      clears: false,
    }
    // Before, a value may still be under an earlier name; afterwards only the new one counts as given.
    const given = field.storage === 'root' ? rawValue(field, after) : valueAt(after.user_metadata, field.path)
    return below(field, rawValue(field, before), given ?? rawValue(field, after), place, readers, screens)
  })
}

interface Place {
  readonly pointer: string
  readonly path: readonly string[]
  readonly visible: boolean
  readonly wasVisible: boolean
  readonly readOnly: boolean
  readonly wasReadOnly: boolean
  readonly offered: boolean
  readonly clears: boolean
}

function below(
  field: Field,
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  place: Place,
  readers: Readers,
  screens: readonly FieldScreen[],
): readonly Leaf[] {
  const { pointer, path } = place
  const shown = holds(field.visibleWhen, readers.after)
  const visible = place.visible && shown
  const wasVisible = place.wasVisible && holds(field.visibleWhen, readers.before)
  const needed = (read: ReadValue) => field.required || (field.requiredWhen !== null && holds(field.requiredWhen, read))
  const closed = ({ access }: Field) => screens.every((screen) => access[screen] !== 'edit')
  const locked = (read: ReadValue) => closed(field) || (field.readOnlyWhen !== null && holds(field.readOnlyWhen, read))
  const readOnly = place.readOnly || locked(readers.after)
  const wasReadOnly = place.wasReadOnly || locked(readers.before)
  const offered = place.offered && screens.some((screen) => field.screens.includes(screen))
  const clears = place.clears || (!shown && field.onHide === 'clear')
  const leaf: Leaf = {
    field,
    pointer,
    path,
    before,
    after,
    visible,
    required: visible && !readOnly && needed(readers.after),
    wasRequired: wasVisible && !wasReadOnly && needed(readers.before),
    readOnly,
    closed,
    offered,
    clears,
    read: readers.after,
    readBefore: readers.before,
  }
  // A group whose value is no object is looked at whole, and refused as such.
  if (field.type !== 'group' || (after !== undefined && !isJsonObject(after))) return [leaf]
  const [old, next] = [isJsonObject(before) ? before : {}, isJsonObject(after) ? after : {}]
  const inside: Readers = {
    before: conditionReader(field.fields, (child) => heldIn(child, old), readers.before),
    after: conditionReader(field.fields, (child) => heldIn(child, next), readers.after),
  }
  return field.fields.flatMap((child) => {
    const inner: Place = {
      pointer: pointer + pointerTo(child.name),
      path: [...path, child.name],
      visible,
      wasVisible,
      readOnly,
      wasReadOnly,
      offered,
      clears,
    }
    return below(child, own(old, child.name), own(next, child.name), inner, inside, screens)
  })
}

function heldIn(child: Field, object: Stored['user_metadata']): FieldValue {
  return heldValue(child, { user_metadata: object })
}
