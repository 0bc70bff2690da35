// From a <latch-field> of a page to a field definition, which checkFields then holds to its rules.
import type { Option } from './fields/definition.ts'

/** HTML's spelling of settings that are two words in a definition. */
const SETTINGS: Readonly<Record<string, string>> = { minlength: 'minLength', maxlength: 'maxLength' }
const NUMBERS: readonly string[] = ['minLength', 'maxLength']
const FLAGS: readonly string[] = ['required', 'trim']

/** Attributes that any element may carry. */
const GLOBAL = /^(id|class|style|hidden|slot|lang|dir|title|data-.*)$/

/**
 * Reads the attributes, and the `<option>` children of a select.
 * A flag is true when present, false when written as `="false"`; `screens` is a list of words.
 */
export function fieldOfElement(element: Element): Readonly<Record<string, unknown>> {
  const settings: [string, unknown][] = []
  for (const { name, value } of element.attributes) {
    if (GLOBAL.test(name)) continue
    const key = SETTINGS[name] ?? name
    settings.push([key, settingOf(key, value)])
  }
  const options = [...element.querySelectorAll('option')].map(
    (option): Option => ({ value: option.value, label: option.label }),
  )
  if (options.length > 0) settings.push(['options', options])
  return Object.fromEntries(settings)
}

function settingOf(key: string, value: string): unknown {
  if (FLAGS.includes(key)) return value !== 'false'
  if (NUMBERS.includes(key)) return /^\d+$/.test(value) ? Number(value) : value
  return key === 'screens' ? value.split(/\s+/).filter(Boolean) : value
}
