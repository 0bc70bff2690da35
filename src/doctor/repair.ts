// Mends a copy of a definition at the place a refusal speaks of, so that the next refusal comes to light.

import { FIELD_TYPES } from '../fields/field.ts'
import { isSetting, SETTINGS, settingsOf } from '../fields/settings.ts'
import { isRecord } from '../fields/wrong.ts'
import { changedAt, type Key, type Refusal, valueAt, type Written } from './place.ts'
import { KNOWN_NAME, SOUND_CONDITION, standInText, withoutName, withoutTwins } from './stand-in.ts'
import { closest } from './suggest.ts'

/** A place inside of a definition: the field it belongs to, the setting, and the keys inside of the setting. */
interface Spot {
  readonly definition: readonly Key[]
  readonly isItem: boolean
  readonly setting: string | null
  readonly inner: readonly Key[]
}

/** `number` is another one for every repair: stand-ins have to differ. */
export function repaired(written: Written, refusal: Refusal, number: number): Written {
  const { keys, given } = refusal
  const change = (at: readonly Key[], to: (value: unknown) => unknown) => {
    const changed = changedAt(written, at, to)
    return isRecord(changed) ? { fields: changed.fields, rules: changed.rules } : written
  }
  if (keys[0] === 'rules') {
    if (keys.length === 1) return { ...written, rules: [] }
    const rule = { field: KNOWN_NAME, refuseWhen: SOUND_CONDITION, message: '…' }
    if (keys.length === 2) return change(keys, () => rule)
    if (keys[2] === 'field') return change(keys, () => KNOWN_NAME)
    return change(keys.slice(0, 3), (condition) => soundCondition(condition, keys.slice(3), refusal))
  }
  const { definition, isItem, setting, inner } = spotOf(keys)
  if (setting === null) return change(definition, () => standInField(isItem, number))
  const at = [...definition, setting]
  // What does nothing where it stands only has to go.
  if (/has no such setting|^is nothing /.test(refusal.rule)) return change(at, () => undefined)
  if (setting === 'type') return change(definition, withOtherType)
  if (setting === 'optionsWhen' && inner[1] !== 'when') {
    const rest = typeof inner[0] === 'number' ? [...at, inner[0]] : at
    return change(rest, () => {
      const choice = { when: SOUND_CONDITION, options: [standInText(number)] }
      return rest === at ? [choice] : choice
    })
  }
  const to = isSetting(setting) ? setting : null
  if (to !== null && SETTINGS[to] === 'condition') return change(at, (value) => soundCondition(value, inner, refusal))
  if (setting === 'optionsWhen')
    return change([...at, ...inner.slice(0, 2)], (value) => soundCondition(value, inner.slice(2), refusal))
  return change(at, (value) => soundValue(setting, value, inner, given, valueAt(written, definition), number))
}

/** A whole definition that nothing is wrong with. */
export function standInField(isItem: boolean, number: number): Readonly<Record<string, unknown>> {
  const text = standInText(number)
  return isItem ? { label: text } : { name: text, label: text }
}

/** The outermost definition a refusal is about, for a repair that did not help. */
export function outermostOf({ keys }: Refusal): readonly Key[] | null {
  return typeof keys[1] === 'number' ? keys.slice(0, 2) : null
}

export function spotOf(keys: readonly Key[]): Spot {
  let definition = keys.slice(0, 2)
  let isItem = false
  let rest = keys.slice(2)
  for (;;) {
    const [first, second] = rest
    if (first === 'item' && rest.length > 1) {
      isItem = true
      definition = [...definition, 'item']
      rest = rest.slice(1)
    } else if (first === 'fields' && typeof second === 'number') {
      isItem = false
      definition = [...definition, 'fields', second]
      rest = rest.slice(2)
    } else {
      return { definition, isItem, setting: first === undefined ? null : String(first), inner: rest.slice(1) }
    }
  }
}

/** The type that was meant; else a text without what only other types know, for nobody meant it for a text. */
function withOtherType(definition: unknown): unknown {
  if (!isRecord(definition)) return definition
  const meant = typeof definition.type === 'string' ? closest(definition.type, FIELD_TYPES) : null
  if (meant !== null) return { ...definition, type: meant }
  const known = settingsOf('text')
  return Object.fromEntries(
    Object.entries(definition).filter(([key]) => key !== 'type' && (known.includes(key) || !isSetting(key))),
  )
}

function soundValue(
  setting: string,
  value: unknown,
  inner: readonly Key[],
  given: unknown,
  definition: unknown,
  number: number,
): unknown {
  const text = standInText(number)
  const [first] = inner
  switch (setting) {
    case 'name':
    case 'label':
    case 'version':
    case 'control':
      return text
    case 'value':
      // Only a hidden field has to have one.
      return isRecord(definition) && definition.type === 'hidden' ? text : undefined
    case 'options':
      if (inner.length > 0) return changedAt(value, inner, () => text)
      return given === undefined ? [text] : withoutTwins(value, number)
    case 'item':
      return standInField(true, number)
    case 'fields':
      return [standInField(false, number)]
    case 'messages':
      return first === undefined ? undefined : changedAt(value, [first], () => undefined)
    case 'oneOf':
      return typeof first === 'number' ? changedAt(value, [first], () => text) : undefined
    case 'screens':
    case 'origins': {
      const rest = Array.isArray(value) ? value.filter((word) => word !== given) : []
      return rest.length > 0 ? rest : undefined
    }
    case 'access': {
      const entries = Object.entries(isRecord(value) ? value : {})
      const rest = entries.filter(([screen, access]) => screen !== given && access !== given)
      return rest.length > 0 && rest.length < entries.length ? Object.fromEntries(rest) : undefined
    }
    default:
      return undefined
  }
}

/** What takes the place of a part of a condition, by the rule it breaks; of any other a sound condition does. */
const SOUND_PARTS: readonly (readonly [rule: RegExp, part: unknown])[] = [
  [/^must be a list of conditions/, [SOUND_CONDITION]],
  [/^must be a list/, []],
  [/^is no regular expression/, ''],
  [/^(cannot be compared|says nothing|must be true or false|must be a value)/, true],
]

function soundCondition(condition: unknown, inner: readonly Key[], { given, rule }: Refusal): unknown {
  if (/^no field has/.test(rule)) return withoutName(condition, String(given))
  if (/^is no comparison/.test(rule)) {
    return changedAt(condition, inner.slice(0, -1), (test) => {
      const rest = changedAt(test, inner.slice(-1), () => undefined)
      return isRecord(rest) && Object.keys(rest).length > 0 ? rest : true
    })
  }
  const part = SOUND_PARTS.find(([broken]) => broken.test(rule))
  return changedAt(condition, inner, () => (part ? part[1] : SOUND_CONDITION))
}
