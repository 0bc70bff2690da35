// What a sign-up form starts with: values of the definition, of the page's address, and those a function finds in time.
import type { Environment } from '../client/environment.ts'
import { reportUncaught } from '../client/uncaught.ts'
import { decode, emptyValue } from '../fields/codec.ts'
import { type Field, type FieldValue, functionsOf } from '../fields/field.ts'
import type { Control } from './control.ts'

/** Fills a control that has no value yet; a function's answer comes in only while nothing was typed. */
export function prefill(field: Field, control: Control, environment: Environment, ended: AbortSignal): void {
  const given =
    fromAddress(field, control, environment.location) ?? (field.prefill === null ? null : decode(field, field.prefill))
  if (given !== null) {
    control.fill(given)
    return
  }
  for (const [index, part] of control.parts.value.entries()) {
    const child = field.type === 'group' ? field.fields[index] : undefined
    if (child) prefill(child, part, environment, ended)
  }
  const find = functionsOf(field).prefill
  if (find) void fromFunction(field, control, find, ended)
}

async function fromFunction(
  field: Field,
  control: Control,
  find: (context: { readonly signal: AbortSignal }) => unknown,
  ended: AbortSignal,
): Promise<void> {
  try {
    const found = await find({ signal: ended })
    const untouched = JSON.stringify(control.held()) === JSON.stringify(emptyValue(field))
    if (found === undefined || found === null || ended.aborted || !untouched) return
    control.fill(decode(field, JSON.parse(JSON.stringify(found))))
  } catch (error) {
    // The form works without it; the page still hears of the mistake.
    if (!ended.aborted) reportUncaught(error)
  }
}

/** A value from the page's address; anyone can write one, so a choice has to be one there is. */
function fromAddress(field: Field, control: Control, location: Environment['location']): FieldValue {
  const address = field.prefillFrom === null ? null : location()
  if (address === null || field.prefillFrom === null) return null
  const given = new URL(address).searchParams.getAll(field.prefillFrom)
  const [first] = given
  if (first === undefined) return null
  const options = control.choices.value.options
  const known = options === null || given.every((value) => options.some((option) => option.value === value))
  if (!known) return null
  return decode(field, field.type === 'multiselect' ? given : first)
}
