// From the HTML of a page to field definitions, which checkFields then holds to its rules.
import { isSetting, SETTINGS, type Setting } from './fields/settings.ts'

/** What a page's HTML says about fields: a list, or an object with settings of the whole definition. */
export interface FieldsInPage {
  readonly fields: unknown
  readonly policy: Readonly<Record<string, unknown>>
}

/** Attributes that any element may carry. */
const GLOBAL = /^(id|class|style|hidden|slot|lang|dir|title|data-.*)$/

/** Settings by their spelling in HTML, which knows no capitals: `visiblewhen` or `visible-when`. */
const SETTING_OF = new Map<string, Setting>(
  Object.keys(SETTINGS)
    .filter(isSetting)
    .flatMap((key) => [
      [key.toLowerCase(), key],
      [key.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`), key],
    ]),
)

/**
 * Reads the fields that stand inside of an element: `<latch-field>` elements, or a `<script type="application/json">` with a list of
 * definitions or `{ fields, denyList, reservedNames, secrets, rules }`. Throws TypeError for a script that is no JSON.
 */
export function fieldsIn(children: readonly Element[]): FieldsInPage {
  const script = children.find((child) => child.matches('script'))
  const elements = fieldElements(children)
  if (!script) return { fields: elements, policy: {} }
  const written = jsonOf(script.textContent ?? '', '<script type="application/json">')
  if (typeof written !== 'object' || written === null || Array.isArray(written))
    return { fields: Array.isArray(written) ? [...written, ...elements] : written, policy: {} }
  const { fields = [], $schema: _, ...policy } = Object.fromEntries(Object.entries(written))
  return { fields: Array.isArray(fields) ? [...fields, ...elements] : fields, policy }
}

function fieldElements(children: readonly Element[]): readonly unknown[] {
  return children.filter((child) => child.matches('latch-field')).map(fieldOfElement)
}

/**
 * Reads the attributes of one field, the `<option>` and `<optgroup>` children of a choice, and the fields inside a group
 * or a list. A flag is true when present, false when written as `="false"`; lists are words, conditions are JSON.
 */
export function fieldOfElement(element: Element): Readonly<Record<string, unknown>> {
  const settings: (readonly [string, unknown])[] = []
  const type = element.getAttribute('type')
  for (const { name, value } of element.attributes) {
    if (GLOBAL.test(name)) continue
    const key = SETTING_OF.get(name)
    settings.push([key ?? name, key ? settingOf(key, value, type) : value])
  }
  const options = [...element.children].flatMap(optionOf)
  if (options.length > 0) settings.push(['options', options])
  const inner = fieldElements([...element.children])
  if (type === 'list' && inner.length > 0) settings.push(['item', inner[0]])
  else if (inner.length > 0) settings.push(['fields', inner])
  return Object.fromEntries(settings)
}

function optionOf(element: Element): readonly unknown[] {
  if (element instanceof HTMLOptionElement) {
    const { value, label, disabled } = element
    const description = element.dataset.description
    return [{ value, label, ...(disabled && { disabled }), ...(description !== undefined && { description }) }]
  }
  if (!(element instanceof HTMLOptGroupElement)) return []
  return [{ label: element.label, options: [...element.children].flatMap(optionOf) }]
}

/** The value of an attribute as the kind of its setting takes it; what does not fit is handed on, for the check to name it. */
function settingOf(key: Setting, value: string, type: string | null): unknown {
  switch (SETTINGS[key]) {
    case 'flag':
      return value !== 'false'
    case 'count':
    case 'number':
      return numberOf(value)
    case 'bound':
      return type === 'number' || type === 'range' ? numberOf(value) : value
    case 'words':
      return value.trim().startsWith('[') ? jsonOf(value, key) : value.split(/\s+/).filter(Boolean)
    case 'condition':
    case 'object':
    case 'fields':
    case 'options':
      return jsonOf(value, key)
    case 'json':
      return looseOf(key, value, type)
    default:
      return value
  }
}

/** A setting that takes what the field holds: JSON where that is no text, and where it looks like a list or an object. */
function looseOf(key: Setting, value: string, type: string | null): unknown {
  if (/^\s*[[{]/.test(value) || key === 'optionsWhen') return jsonOf(value, key)
  if (type === 'checkbox' || type === 'switch') return value !== 'false'
  return type === 'number' || type === 'range' ? numberOf(value) : value
}

function numberOf(value: string): number | string {
  return value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value
}

function jsonOf(text: string, place: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'it cannot be read'
    throw new TypeError(`<latch-key> ${place}: must be JSON; ${reason}`)
  }
}
