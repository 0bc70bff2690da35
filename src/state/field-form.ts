// The site's fields as the controls of one screen: what they share, what they start from, and what they would send.
import { computed, type ReadonlySignal } from '@preact/signals'
import type { Environment } from '../client/environment.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../contract/json.ts'
import { encode } from '../fields/codec.ts'
import type { ReadValue } from '../fields/condition.ts'
import type { FieldScreen } from '../fields/definition.ts'
import { type Field, type Fields, type FieldValue, fieldNamed, fieldsOn } from '../fields/field.ts'
import { conditionReader, heldValue, type Stored, withValue } from '../fields/stored.ts'
import type { Control } from './control.ts'
import { type FormScope, fieldControl, readControl } from './field-control.ts'

export interface FieldFormOptions {
  readonly fields: Fields
  readonly screen: FieldScreen
  /** What is stored about the person; null on sign-up. */
  readonly stored: ReadonlySignal<Stored | null>
  readonly environment: Environment
  readonly ended: AbortSignal
}

export interface FieldForm {
  readonly controls: readonly Control[]
  /** The values to save, by field name; what is hidden is left out, or null where it is to be cleared. */
  readonly values: () => ReadonlyMap<string, FieldValue>
  /** What sign-up sends: metadata with its nesting, and attributes for the root. */
  readonly creation: () => { readonly user_metadata: JsonObject; readonly root: JsonObject }
}

export function createFieldForm({ fields, screen, stored, environment, ended }: FieldFormOptions): FieldForm {
  const here = fieldsOn(fields, screen)
  const shown = here.filter((field) => field.type !== 'hidden')
  const none: Stored = { user_metadata: {} }
  const readStored = conditionReader(fields.fields, (field) => heldValue(field, stored.value ?? none))
  const controlOf = (field: Field) => controls[shown.indexOf(field)]
  const read: ReadValue = (name) => {
    const field = fieldNamed(fields, name)
    const control = field && controlOf(field)
    if (field && control) return readControl(field, control)
    // A hidden value is sent with the sign-up, so conditions may count on it.
    return field?.type === 'hidden' && !stored.value ? field.value : readStored(name)
  }
  const scope: FormScope = {
    screen,
    stored,
    read,
    readStored,
    values: valuesOf(shown, controlOf),
    rules: fields.policy.rules,
    secrets: fields.policy.secrets,
    pause: (milliseconds) => new Promise((resolve) => environment.startTimer(resolve, milliseconds)),
    ended,
  }
  const controls = shown.map((field) => fieldControl(field, scope))

  /** What a field holds, as far as it may be sent; undefined leaves it alone. */
  function sent(field: Field): FieldValue | undefined {
    const control = controlOf(field)
    if (!control) return undefined
    if (!control.visible.value) return field.onHide === 'clear' ? null : undefined
    return control.readOnly.value ? undefined : sendable(field, control)
  }

  return {
    controls,
    values: () =>
      new Map(
        shown.flatMap((field): readonly [string, FieldValue][] => {
          const held = sent(field)
          return held === undefined ? [] : [[field.name, held]]
        }),
      ),
    creation() {
      let user_metadata: JsonObject = {}
      const root: [string, JsonValue][] = []
      for (const field of here) {
        const held = field.type === 'hidden' ? field.value : sent(field)
        const value = held === undefined || held === null ? undefined : encode(field, held)
        if (value === undefined) continue
        if (field.storage === 'root') root.push([field.name, value])
        else user_metadata = withValue(user_metadata, field.path, value)
      }
      return { user_metadata, root: Object.fromEntries(root) }
    },
  }
}

/** The whole value of a control without the parts that are hidden, or not to be changed. */
function sendable(field: Field, control: Control): FieldValue {
  const { item } = field
  if (field.type === 'group') return Object.fromEntries(sendableParts(field, control, false))
  if (field.type !== 'list' || item?.type !== 'group') return control.held()
  // An item travels whole: what is not the person's to change, and what no field knows, goes with it.
  return control.parts.value.map((part) => {
    const unknown = isJsonObject(part.value.value) ? part.value.value : {}
    return { ...unknown, ...Object.fromEntries(sendableParts(item, part, true)) }
  })
}

function sendableParts(group: Field, control: Control, whole: boolean): readonly (readonly [string, FieldValue])[] {
  return group.fields.flatMap((child, index): readonly (readonly [string, FieldValue])[] => {
    const part = control.parts.value[index]
    if (!part || (part.readOnly.value && !whole)) return []
    if (!part.visible.value) return child.onHide === 'clear' && !whole ? [[child.name, null]] : []
    return [[child.name, sendable(child, part)]]
  })
}

/** The form's values for the site's functions: each is read when it is asked for, so that a reader follows just what it reads. */
function valuesOf(shown: readonly Field[], controlOf: (field: Field) => Control | undefined): JsonObject {
  const values: JsonObject = {}
  for (const field of shown) {
    const value = computed(() => {
      const control = controlOf(field)
      return control?.visible.value ? encode(field, control.held()) : undefined
    })
    Object.defineProperty(values, field.name, { enumerable: true, get: () => value.value })
  }
  return values
}
