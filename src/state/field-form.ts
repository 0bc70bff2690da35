// The site's fields as the controls of one screen: what they share, what they start from, and what they would send.
import { batch, computed, effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals'
import { type Environment, systemEnvironment } from '../client/environment.ts'
import type { Capabilities } from '../contract/capabilities.ts'
import type { Intent } from '../contract/intents.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../contract/json.ts'
import type { Profile } from '../contract/profile.ts'
import { encode } from '../fields/codec.ts'
import type { ReadValue } from '../fields/condition.ts'
import type { FieldScreen } from '../fields/definition.ts'
import { diff } from '../fields/diff.ts'
import { type Field, type Fields, type FieldValue, fieldsOn, isOn } from '../fields/field.ts'
import { withValue } from '../fields/merge.ts'
import { conditionReader, heldValue, type Stored, storedIn } from '../fields/stored.ts'
import { storedAsText } from '../fields/stored-as-text.ts'
import { type Control, everyIn } from './control.ts'
import { fieldControl, readControl } from './field-control.ts'
import { createFieldSave, type FieldSave } from './field-save.ts'
import { withFixed } from './fixed-fields.ts'
import type { FormScope } from './form-scope.ts'
import { prefill } from './prefill.ts'

export interface FieldFormOptions {
  readonly fields: Fields
  readonly screen: FieldScreen
  /** The signed-in person's profile, which the controls follow; null for a form that makes an account. */
  readonly profile: ReadonlySignal<Profile | null> | null
  /** Values to start from, by field name. */
  readonly draft: ReadonlyMap<string, FieldValue>
  /** Undefined for the globals, which are read here so that the widget comes without the code for it. */
  readonly environment: Environment | undefined
  /** Resolves once nothing on the page is pressed. */
  readonly pressEnded: () => Promise<void>
  /** What the backend takes: fields are stored as texts where its sign-up takes nothing else, and some can only be read. */
  readonly capabilities: Pick<Capabilities, 'signUpValues' | 'rootAttributes'>
  /** Aborts when the form is gone. */
  readonly ended: AbortSignal
}

export interface FieldForm {
  /** The controls by the step they belong to; null is the one that the form starts with. */
  readonly steps: readonly FieldStep[]
  /** What sign-up sends: metadata with its nesting, and attributes for the root. */
  readonly creation: () => { readonly user_metadata: JsonObject; readonly root: JsonObject }
  /** What a save has to do to the profile that the controls were last filled from. */
  readonly intents: () => readonly Intent[]
  readonly save: FieldSave
}

export interface FieldStep {
  readonly title: string | null
  readonly controls: readonly Control[]
}

export function createFieldForm(options: FieldFormOptions): FieldForm {
  const { screen, profile, draft, pressEnded, ended, environment = systemEnvironment() } = options
  const { capabilities } = options
  const taken = withFixed(options.fields, capabilities)
  const fields = capabilities.signUpValues.type === 'strings' ? storedAsText(taken) : taken
  /** What the controls were last filled from. */
  const stored: Signal<Stored | null> = signal(null)
  const here = fieldsOn(fields, screen)
  const shown = here.filter((field) => field.type !== 'hidden')
  const none: Stored = { user_metadata: {} }
  const readStored = conditionReader(fields.fields, (field) => heldValue(field, stored.value ?? none))
  // Conditions read by name, many of them for one key: a search through a long list would be felt.
  const fieldsByName = new Map(fields.fields.map((field) => [field.name, field]))
  const controlOf = (field: Field) => controlsByName.get(field.name)
  const read: ReadValue = (name) => {
    const field = fieldsByName.get(name)
    const control = field && controlOf(field)
    if (field && control) return readControl(field, control)
    // A hidden value is sent with the sign-up, so conditions may count on it.
    return field?.type === 'hidden' && !stored.value ? field.value : readStored(name)
  }
  const waiting: (() => void)[] = []
  let isMade = false
  const scope: FormScope = {
    screen,
    stored,
    read,
    readStored,
    values: valuesOf(shown, controlOf),
    rules: fields.policy.rules,
    secrets: fields.policy.secrets,
    pressEnded,
    pause: (milliseconds) => new Promise((resolve) => environment.startTimer(resolve, milliseconds)),
    whenMade(start) {
      if (isMade) start()
      else waiting.push(start)
    },
    ended,
  }
  const controls = shown.map((field) => fieldControl(field, scope))
  const leaves = controls.flatMap((control) => control.leaves)
  const leavesByControl = new Map(leaves.map((leaf) => [leaf.control, leaf]))
  const isOpen = (control: Control) => leavesByControl.get(control)?.isOpen() === true
  const controlsByName = new Map(controls.map((control) => [control.name, control]))
  isMade = true
  for (const start of waiting) start()

  /** What a field holds, as far as it may be sent; undefined leaves it alone. */
  function sent(field: Field): FieldValue | undefined {
    const control = controlOf(field)
    if (!control || isOpen(control)) return undefined
    if (!control.visible.value) return field.onHide === 'clear' ? cleared(field, control) : undefined
    return control.readOnly.value ? undefined : sendable(field, control)
  }

  /** Nothing, but for the parts of a group about which somebody else's change is open: they stay as they are stored. */
  function cleared(field: Field, control: Control): FieldValue {
    const parts = control.parts.value
    if (field.type !== 'group' || !parts.flatMap(everyIn).some(isOpen)) return null
    return Object.fromEntries(
      field.fields.flatMap((child, index) => {
        const part = parts[index]
        return part && !isOpen(part) ? [[child.name, cleared(child, part)]] : []
      }),
    )
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
      if (!part || isOpen(part)) return []
      if (part.readOnly.value || !isOn(child, screen)) return whole ? [[child.name, part.held()]] : []
      if (!part.visible.value) return child.onHide === 'clear' && !whole ? [[child.name, cleared(child, part)]] : []
      return [[child.name, sendable(child, part)]]
    })
  }

  function intents(): readonly Intent[] {
    const values = shown.flatMap((field): readonly [string, FieldValue][] => {
      const held = sent(field)
      return held === undefined ? [] : [[field.name, held]]
    })
    return diff(shown, stored.value ?? none, new Map(values))
  }

  const saving = createFieldSave({ controls, leaves, intents })

  for (const [index, control] of controls.entries()) {
    const field = shown[index]
    const drafted = draft.get(control.name)
    if (drafted !== undefined) control.fill(drafted)
    else if (field && !profile) prefill(field, control, environment, ended)
  }

  /** Shows what is stored now; what the person changed meanwhile stays theirs. */
  function follow(next: Stored): void {
    const isFirst = stored.peek() === null
    const earlier = leaves.map((leaf) => leaf.stored())
    batch(() => {
      stored.value = next
      if (isFirst) {
        for (const [index, field] of shown.entries())
          if (!draft.has(field.name)) controls[index]?.fill(heldValue(field, next))
      } else for (const [index, leaf] of leaves.entries()) leaf.meet(earlier[index] ?? null, saving.newsFor(leaf))
    })
  }

  const stop = effect(() => {
    const user = profile?.value
    if (user) untracked(() => follow(storedIn(user)))
  })
  ended.addEventListener('abort', stop)

  return {
    steps: stepsOf(screen, shown, controls),
    intents,
    save: saving.save,
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

/** Steps are for sign-up; a profile has everything on one page. */
function stepsOf(screen: FieldScreen, shown: readonly Field[], controls: readonly Control[]): readonly FieldStep[] {
  const titleOf = (index: number) => (screen === 'signUp' ? (shown[index]?.signUpStep ?? null) : null)
  const titles = new Set([null, ...shown.map((_, index) => titleOf(index))])
  return [...titles].map((title) => ({ title, controls: controls.filter((_, index) => titleOf(index) === title) }))
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
