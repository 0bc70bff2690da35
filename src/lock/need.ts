// Whether a value of an additional field is needed, and what of the site's own validator.
import type { Verdict } from '../fields/definition.ts'
import { isPromise, type LockValidator, lockValidator, verdictOf } from './adapters.ts'
import type { LockField } from './labels.ts'
import { described } from './note.ts'

export interface Need {
  /** Left out where no value is needed, as that is the default. */
  readonly required?: true
  readonly messages?: { readonly required: string }
  readonly validate?: (value: string | boolean) => Verdict | Promise<Verdict>
}

/**
 * Lock needs every field that has no validator of its own; with one, the validator decides when it is asked about an
 * empty value. `unasked` is the answer without a validator.
 */
export function needOf(field: LockField, unasked: boolean): Need {
  const { given, add } = field
  const need: Need = validatorsNeed(field) ?? (unasked ? { required: true } : {})
  const required = given.get('required')
  if (required === undefined) return need
  if (typeof required !== 'boolean') {
    add('required', `It has to be true or false, and is ${described(required)}; it is left out.`)
    return need
  }
  const was = need.required ? 'asked for a value anyway' : 'took an empty value anyway'
  add('required', `Lock ignored it and ${was}; here it counts: the field is ${required ? 'required' : 'optional'}.`)
  const { messages, validate } = need
  return { ...(required && { required, ...(messages && { messages }) }), ...(validate && { validate }) }
}

function validatorsNeed({ type, given, add }: LockField): Need | null {
  const validator = given.get('validator')
  if (validator === undefined) return null
  if (type === 'select') {
    add('validator', 'Lock asked no validator about a select, as every option is right; it is left out here too.')
    return null
  }
  if (!isValidator(validator)) {
    add('validator', `Lock ignored it, because it is ${described(validator)} and no function; it is left out here too.`)
    return null
  }
  const validate = lockValidator(validator)
  const empty = type === 'checkbox' ? 'false' : ''
  try {
    const answer = validator(empty)
    if (isPromise(answer)) {
      answer.then(undefined, () => undefined)
      const doubt = 'An empty value is not asked about: the field is optional; write required: true if it is not.'
      add('validator', `Lock took a promise for a refusal, every time; here it is awaited. ${doubt}`)
      return { validate }
    }
    const verdict = verdictOf(answer)
    if (verdict === true) return { validate }
    return { required: true, ...(typeof verdict === 'string' && { messages: { required: verdict } }), validate }
  } catch (error) {
    const reason = error instanceof Error ? ` (${error.message})` : ''
    const doubt = 'The field is required; write required: false if it is not.'
    add(
      'validator',
      `It throws when asked about ${described(empty)}${reason}. Lock broke down at that; here it is a refusal. ${doubt}`,
    )
    return { required: true, validate }
  }
}

function isValidator(value: unknown): value is LockValidator {
  return typeof value === 'function'
}
