// Functions written for Lock's additional fields, in the form a field definition takes them.
import type { Verdict } from '../fields/definition.ts'

/** What Lock hands to a function that loads something: the error, or null and the result. */
export type LockCallback = (error: unknown, result?: unknown) => void

/** A function that loads options or a prefill for Lock. */
export type LockLoader = (callback: LockCallback) => unknown

/** A validator for Lock: answers true or false, or `{ valid, hint }`. It is asked about a text, `'true'` or `'false'` for a box. */
export type LockValidator = (value: string) => unknown

export interface LockOption {
  readonly value: string
  readonly label: string
}

interface Context {
  readonly signal: AbortSignal
}

/** A field's `prefill` that takes its time; undefined leaves the control empty. */
export type LockPrefill<Value> = (context: Context) => Promise<Value | undefined>

/** Where an adapted function comes from: the adapter's name, the site's own function and what else the adapter was given. */
export interface Origin {
  readonly adapter: 'lockValidator' | 'lockOptions' | 'lockPrefill'
  readonly own: LockValidator | LockLoader
  readonly rest: readonly string[]
}

const origins = new WeakMap<object, Origin>()

/** Where a function of a definition comes from, if one of the adapters made it. */
export function originOf(adapted: object): Origin | null {
  return origins.get(adapted) ?? null
}

function remember<Adapted extends object>(adapted: Adapted, origin: Origin): Adapted {
  origins.set(adapted, origin)
  return adapted
}

/**
 * Lock's validator as a field's `validate`. A promise, which Lock took for a refusal, is awaited.
 *
 * @example
 * validate: lockValidator((address) => ({ valid: address.length >= 10, hint: 'At least 10 characters' }))
 */
export function lockValidator(validator: LockValidator): (value: string | boolean) => Verdict | Promise<Verdict> {
  const validate = (value: string | boolean) => {
    const answer = validator(String(value))
    return isPromise(answer) ? Promise.resolve(answer).then(verdictOf) : verdictOf(answer)
  }
  return remember(validate, { adapter: 'lockValidator', own: validator, rest: [] })
}

/** What an answer of Lock's validator means: true, the hint to show, or false where there is none. */
export function verdictOf(answer: unknown): Verdict {
  if (typeof answer !== 'object' || answer === null) return Boolean(answer)
  if ('valid' in answer && answer.valid) return true
  return 'hint' in answer && typeof answer.hint === 'string' && answer.hint !== '' ? answer.hint : false
}

/**
 * Lock's function for the options of a select, as a field's `options`. Entries without a value of their own are left out.
 *
 * @example
 * options: lockOptions((callback) => callback(null, [{ value: 'fr', label: 'France' }]))
 */
export function lockOptions(load: LockLoader): (context: Context) => Promise<readonly LockOption[]> {
  const options = async ({ signal }: Context): Promise<readonly LockOption[]> => {
    const result = await answered(load, signal)
    if (!Array.isArray(result))
      throw new TypeError("options: must be a list; write callback(null, [{ value: '…', label: '…' }])")
    const read = result.flatMap((option: unknown) => readOption(option) ?? [])
    return read.filter(({ value }, index) => read.findIndex((other) => other.value === value) === index)
  }
  return remember(options, { adapter: 'lockOptions', own: load, rest: [] })
}

/** One option with texts for value and label, or null where it has no value. */
export function readOption(option: unknown): LockOption | null {
  if (typeof option !== 'object' || option === null)
    return isWord(option) ? { value: String(option), label: String(option) } : null
  if (!('value' in option) || !isWord(option.value)) return null
  const value = String(option.value)
  return { value, label: 'label' in option && isWord(option.label) ? String(option.label) : value }
}

function isWord(value: unknown): value is string | number {
  return (typeof value === 'string' && value !== '') || (typeof value === 'number' && Number.isFinite(value))
}

/**
 * Lock's function for a prefill, as a field's `prefill`; with `'checkbox'` its text `'true'` ticks the box.
 * One that fails leaves the control empty, as in Lock, and the page hears of it.
 *
 * @example
 * prefill: lockPrefill((callback) => callback(null, 'street 123'))
 */
export function lockPrefill(load: LockLoader): LockPrefill<string>
export function lockPrefill(load: LockLoader, type: 'checkbox'): LockPrefill<boolean>
export function lockPrefill(load: LockLoader, type?: 'checkbox'): LockPrefill<string | boolean> {
  const prefill = async ({ signal }: Context): Promise<string | boolean | undefined> => {
    const result = await answered(load, signal)
    if (type === 'checkbox') return result === undefined ? undefined : result === true || result === 'true'
    return isWord(result) ? String(result) : undefined
  }
  return remember(prefill, { adapter: 'lockPrefill', own: load, rest: type ? [type] : [] })
}

/** Runs a function that answers by callback. Its promise, if it is asynchronous, matters only where it fails. */
function answered(load: LockLoader, signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    const answer = load((error, result) => (error ? reject(error) : resolve(result)))
    if (isPromise(answer)) answer.then(undefined, reject)
  })
}

export function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
}
