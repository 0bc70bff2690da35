// The choices of a field, checked and completed: also those that a function of the site answers with.
import type { Option } from './field.ts'
import { fail, isRecord } from './wrong.ts'

/** Choices and groups of choices in one list. Throws TypeError with path and fix. */
export function wholeOptions(given: unknown, path: string): readonly Option[] {
  if (!Array.isArray(given) || given.length === 0) return fail(path, "cannot be empty; write options: ['…', '…']")
  const whole = given.flatMap((entry: unknown, index): readonly Option[] => {
    const at = `${path}[${index}]`
    if (!isRecord(entry) || !('options' in entry)) return [wholeOption(entry, at, null)]
    const { label, options } = entry
    if (typeof label !== 'string' || !Array.isArray(options) || options.length === 0)
      return fail(at, 'must be a heading with choices; write { label, options: […] }')
    return options.map((option: unknown, inner) => wholeOption(option, `${at}.options[${inner}]`, label))
  })
  const seen = new Set<string>()
  for (const { value } of whole) {
    if (seen.has(value)) fail(`${path} ${JSON.stringify(value)}`, 'stands there already; every value can be used once')
    seen.add(value)
  }
  return whole
}

function wholeOption(given: unknown, path: string, group: string | null): Option {
  const option = typeof given === 'string' ? { value: given, label: given } : given
  if (!isRecord(option) || typeof option.value !== 'string' || option.value === '' || typeof option.label !== 'string')
    return fail(path, 'must be a text or { value, label } with a value that is not empty')
  const { value, label, description, disabled } = option
  return {
    value,
    label,
    description: typeof description === 'string' ? description : null,
    disabled: disabled === true,
    group,
  }
}
