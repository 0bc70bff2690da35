// The values an additional field starts from or offers: prefill and options, as they stand or loaded by a function.
import { type LockLoader, type LockOption, type LockPrefill, lockOptions, lockPrefill, readOption } from './adapters.ts'
import { isObject } from './given.ts'
import type { LockField } from './labels.ts'
import { described } from './note.ts'

export type LockOptionList = readonly LockOption[]

/** The options of a select: whole entries, or the function that loads them; null where there is nothing to choose from. */
export function optionsOf({ given, add }: LockField): LockOptionList | ReturnType<typeof lockOptions> | null {
  const options = given.get('options')
  if (isLoader(options)) {
    const here = 'here the control offers to try again, and entries without a value of their own are left out.'
    add('options', `Where it fails, Lock replaced the whole form with an error; ${here}`)
    return lockOptions(options)
  }
  if (!Array.isArray(options)) return null
  const seen = new Set<string>()
  const whole = options.flatMap((option: unknown, index): LockOptionList => {
    const at = `options[${index}]`
    const read = readOption(option)
    if (read === null) {
      const instead = 'Choosing nothing needs no option here; write required: false for that.'
      add(at, `Lock broke down at an option without a value; this one is left out. ${instead}`)
      return []
    }
    if (seen.has(read.value)) {
      add(at, `${described(read.value)} stands there already; this one is left out.`)
      return []
    }
    seen.add(read.value)
    for (const key of isObject(option) ? Object.keys(option) : [])
      if (key !== 'value' && key !== 'label') add(`${at}.${key}`, 'Lock read value and label only; it is left out.')
    if (!isWhole(option, read))
      add(at, `Lock broke down at it; here it is ${described(read.value)}, shown as ${described(read.label)}.`)
    return [read]
  })
  return whole.length > 0 ? whole : null
}

function isWhole(option: unknown, { value, label }: LockOption): boolean {
  return isObject(option) && 'value' in option && option.value === value && 'label' in option && option.label === label
}

/** What a text or a select starts from; an option that is not there counts as none, as in Lock. */
export function textPrefillOf(
  { given, add }: LockField,
  options: LockOptionList | null = null,
): { readonly prefill?: string | LockPrefill<string> } {
  const prefill = given.get('prefill')
  if (prefill === undefined) return {}
  if (isLoader(prefill)) return { prefill: lockPrefill(prefill) }
  if (prefill === '' || (typeof prefill !== 'string' && typeof prefill !== 'number' && typeof prefill !== 'boolean')) {
    add('prefill', `It has to be a text or a function, and is ${described(prefill)}; it is left out.`)
    return {}
  }
  const text = String(prefill)
  if (options !== null && !options.some(({ value }) => value === text)) {
    add('prefill', `No option has the value ${described(text)}; nothing is chosen beforehand, as in Lock.`)
    return {}
  }
  if (typeof prefill !== 'string') add('prefill', `Lock ignored ${text}, which is no text; here the text counts.`)
  return { prefill: text }
}

/** Whether a box is ticked beforehand. In Lock a box with no such setting had to be touched. */
export function boxPrefillOf({ given, add }: LockField): { readonly prefill?: boolean | LockPrefill<boolean> } {
  const prefill = given.get('prefill')
  if (prefill === undefined) return {}
  if (isLoader(prefill)) return { prefill: lockPrefill(prefill, 'checkbox') }
  if (prefill === 'true' || prefill === 'false') return { prefill: prefill === 'true' }
  if (typeof prefill === 'boolean') {
    add('prefill', `Lock ignored ${prefill}, which is no text, and the box had to be ticked; here it counts.`)
    return { prefill }
  }
  if (typeof prefill === 'string' && prefill !== '') {
    add('prefill', `It is neither "true" nor "false" but ${described(prefill)}; the box starts unticked, as in Lock.`)
    return { prefill: false }
  }
  add('prefill', `It has to be "true", "false" or a function, and is ${described(prefill)}; it is left out.`)
  return {}
}

function isLoader(value: unknown): value is LockLoader {
  return typeof value === 'function'
}
