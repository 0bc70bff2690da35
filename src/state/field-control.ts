// The control of one of the site's fields: the rules and conditions of its definition at work in a form.
import { batch, computed, effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals'
import { pointerTo } from '../contract/issues.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../contract/json.ts'
import { emptyValue, own } from '../fields/codec.ts'
import { holds, type ReadValue } from '../fields/condition.ts'
import { type Field, type FieldValue, isOn } from '../fields/field.ts'
import { conditionValue, heldValue, pointerOf, rawValue } from '../fields/stored.ts'
import { choicesOf } from './choices.ts'
import { createConflicts, type Leaf } from './conflicts.ts'
import { always, type Control, createCheck, never, noParts } from './control.ts'
import { createFieldRules } from './field-rules.ts'
import type { FormScope } from './form-scope.ts'

/** A control of a field, and the controls in it whose values are saved as one: itself, or the parts of a group. */
export interface FieldControl extends Control {
  readonly leaves: readonly Leaf[]
}

/** Where a control stands: in the form itself, in a group, or as an item of a list. */
interface Place {
  readonly name: string
  readonly title: () => string
  /** Whether there are others with the same label, in the items of a list. */
  readonly repeats: boolean
  readonly pointer: () => string
  readonly read: ReadValue
  readonly visible: ReadonlySignal<boolean>
  readonly readOnly: ReadonlySignal<boolean>
  /** What a save does with it where all around it is hidden: null removes it. */
  readonly hiddenWish: () => null | undefined
  /** What is stored for it as it is; undefined for nothing. */
  readonly raw: () => JsonValue | undefined
  /** What it would hold for what is stored. */
  readonly before: () => FieldValue
  /** True while the list it is an item of is as it was stored. */
  readonly kept: () => boolean
  /** Tells the lists around it that it holds something else. */
  readonly changed: () => void
}

/** A control of a field at the root of the form. */
export function fieldControl(field: Field, scope: FormScope): FieldControl {
  const stored = () => scope.stored.value ?? { user_metadata: {} }
  return control(field, scope, {
    name: field.name,
    title: () => field.label,
    repeats: false,
    pointer: () => pointerOf(field),
    read: scope.read,
    visible: always,
    readOnly: field.access[scope.screen] === 'read' ? always : never,
    hiddenWish: () => undefined,
    raw: () => rawValue(field, stored()),
    before: () => heldValue(field, stored()),
    kept: () => false,
    changed() {},
  })
}

function control(field: Field, scope: FormScope, place: Place): FieldControl {
  const { visibleWhen, requiredWhen, readOnlyWhen } = field
  const value: Signal<FieldValue> = signal(emptyValue(field))
  const visible = visibleWhen ? computed(() => place.visible.value && holds(visibleWhen, place.read)) : place.visible
  const readOnly = readOnlyWhen
    ? computed(() => place.readOnly.value || holds(readOnlyWhen, place.read))
    : place.readOnly
  const isRequired = () => field.required || (requiredWhen !== null && holds(requiredWhen, place.read))
  const required = computed(() => !readOnly.value && isRequired())
  const choices = choicesOf(field, place.read, scope)
  const hiddenWish = () => (!place.visible.value ? place.hiddenWish() : field.onHide === 'clear' ? null : undefined)
  const children = field.type === 'group' ? groupParts(field, scope, { ...place, visible, readOnly, hiddenWish }) : null
  const items: Signal<readonly Control[]> | null = field.type === 'list' ? signal([]) : null
  const parts: ReadonlySignal<readonly Control[]> = items ?? (children ? signal(children) : noParts)

  function held(): FieldValue {
    if (items) return items.value.map((item) => item.held())
    if (!children) return value.value
    const known = children.map((child, index) => [field.fields[index]?.name ?? '', child.held()] as const)
    return { ...unknownIn(field, value.value), ...Object.fromEntries(known) }
  }

  const fieldRules = createFieldRules({ field, scope, place, held, required, parts, choices })
  const rules = createCheck(value, {
    async check(signal) {
      if (readOnly.value) return null
      return leaf.isOpen() ? { code: 'version_conflict', pointer: place.pointer() } : fieldRules.issue(signal)
    },
    pause: fieldRules.isSlow ? scope.pause : null,
    pressEnded: scope.pressEnded,
  })
  const { conflict, leaf, typed } = createConflicts(rules.issue, {
    field,
    stored: place.before,
    wish() {
      if (readOnly.value || !isOn(field, scope.screen)) return undefined
      return visible.value ? held() : hiddenWish()
    },
    control: () => made,
  })

  /** Whatever is typed into it, or into an item of it. */
  function changed(): void {
    typed()
    rules.typed()
    place.changed()
  }

  if (requiredWhen || field.optionsWhen.length > 0) {
    scope.whenMade(() => {
      const stop = effect(() => {
        void [required.value, choices.state.value]
        untracked(rules.changed)
      })
      scope.ended.addEventListener('abort', stop)
    })
  }

  let serial = 0
  function makeItem(given: FieldValue): Control | null {
    if (!field.item || !items) return null
    serial += 1
    const { label } = field.item
    const item: Control = control(field.item, scope, {
      name: `${place.name}.${serial}`,
      title: () => `${label} ${items.value.indexOf(item) + 1}`,
      repeats: true,
      pointer: () => place.pointer() + pointerTo(String(items.value.indexOf(item))),
      read: place.read,
      visible,
      readOnly,
      hiddenWish: () => undefined,
      raw: () => undefined,
      before: () => null,
      kept: fieldRules.isKept,
      changed,
    })
    item.fill(given)
    return item
  }

  const made: FieldControl = {
    name: place.name,
    source: field,
    title: place.title,
    pointer: place.pointer,
    value,
    issue: rules.issue,
    conflict,
    leaves: children ? children.flatMap(({ leaves }) => leaves) : [leaf],
    checking: rules.checking,
    visible,
    required,
    readOnly,
    choices: choices.state,
    parts,
    held,
    fill(given) {
      batch(() => {
        value.value = children ? unknownIn(field, given) : given
        choices.trust(given)
        if (items) items.value = (Array.isArray(given) ? given : []).flatMap((entry) => makeItem(entry) ?? [])
        children?.forEach((child, index) => {
          const source = field.fields[index]
          if (source) child.fill((isJsonObject(given) ? own(given, source.name) : undefined) ?? emptyValue(source))
        })
      })
    },
    check: rules.check,
    input(next) {
      value.value = next
      changed()
    },
    leave: rules.leave,
    arrange(next) {
      if (!items) return
      items.value = next
      changed()
    },
    makeItem,
    search: choices.search,
    retry: choices.retry,
  }
  return made
}

/** The controls inside a group; their conditions look at each other first, then at the form. */
function groupParts(field: Field, scope: FormScope, place: Place): readonly FieldControl[] {
  const { visible, readOnly } = place
  const objectOf = (value: JsonValue | undefined): JsonObject => (isJsonObject(value) ? value : {})
  const read: ReadValue = (name) => {
    const index = field.fields.findIndex((child) => child.name === name)
    const [source, part] = [field.fields[index], parts[index]]
    if (!source || !part) return place.read(name)
    // What this screen does not show is as it is stored.
    return isOn(source, scope.screen) ? readControl(source, part) : conditionValue(source, before(source))
  }
  const before = (child: Field) => own(objectOf(place.before()), child.name) ?? emptyValue(child)
  const parts = field.fields.map((child) =>
    control(child, scope, {
      name: `${place.name}.${child.name}`,
      // Of several items that have the same fields it is said which one is meant.
      title: () => (place.repeats ? `${place.title()}, ${child.label}` : child.label),
      repeats: place.repeats,
      pointer: () => place.pointer() + pointerTo(child.name),
      read,
      visible: isOn(child, scope.screen) ? visible : never,
      readOnly: child.access[scope.screen] === 'read' ? always : readOnly,
      hiddenWish: place.hiddenWish,
      raw: () => own(objectOf(place.raw()), child.name),
      before: () => before(child),
      kept: place.kept,
      changed: place.changed,
    }),
  )
  return parts
}

/** The value of a control for a condition; none while it is hidden. */
export function readControl(field: Field, control: Control): JsonValue | undefined {
  return control.visible.value ? conditionValue(field, control.held()) : undefined
}

/** The keys of an object that a group does not know: they stay where they are. */
function unknownIn(group: Field, held: FieldValue): JsonObject {
  const entries = isJsonObject(held) ? Object.entries(held) : []
  return Object.fromEntries(entries.filter(([key]) => !group.fields.some(({ name }) => name === key)))
}
