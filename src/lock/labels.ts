// The texts of an additional field: Lock knew a placeholder only, which vanishes as one types.
import type { Given } from './given.ts'
import { plainText } from './markup.ts'
import { type AddNote, described } from './note.ts'

/** One field as it was given, and where to put what is to be said about it. */
export interface LockField {
  readonly name: string
  readonly type: 'text' | 'select' | 'checkbox'
  readonly given: Given
  readonly add: AddNote
}

export interface Labels {
  readonly label: string
  readonly hint?: string
}

/** A text that is given and not blank; anything else given is noted. */
export function textIn({ given, add }: Pick<LockField, 'given' | 'add'>, key: string): string | null {
  const value = given.get(key)
  if (value === undefined) return null
  if (typeof value === 'string' && value.trim() !== '') return value
  add(key, `It has to be a text with something in it, and is ${described(value)}; it is left out.`)
  return null
}

/** The placeholder becomes the label, or the hint where there is a better label; without any text the name does. */
export function labelsOf(field: LockField): Labels {
  const { name, add } = field
  const written = textIn(field, 'label')
  const spoken = textIn(field, 'ariaLabel')
  const hint = textIn(field, 'hint')
  const placeholder = placeholderOf(field)
  const label = written ?? spoken ?? placeholder ?? labelFrom(name)
  const other = placeholder === null || placeholder.trim() === label.trim() ? null : placeholder
  if (written !== null) add('label', 'Lock ignored it; here it is the label of the control.')
  if (spoken !== null) {
    const use = written === null ? 'it is the label' : '"label" counts, and this is left out'
    add('ariaLabel', `Lock dropped it, so that screen readers heard the name "${name}"; here ${use}.`)
  }
  if (hint !== null) add('hint', 'Lock ignored it; here it stands under the label.')
  if (other !== null && hint === null)
    add('placeholder', 'Lock showed it in the empty control; here it is the hint under the label.')
  if (other !== null && hint !== null)
    add(
      'placeholder',
      `Lock showed it in the empty control; here label and hint say it, and ${described(other)} is left out.`,
    )
  if (written === null && spoken === null && placeholder === null) {
    const made = `here its label is made from the name: ${described(label)}. Write a better one.`
    add('placeholder', `Lock ignored a field without one; ${made}`)
  }
  const under = hint ?? other
  return { label, ...(under !== null && { hint: under }) }
}

function placeholderOf(field: LockField): string | null {
  const placeholder = textIn(field, 'placeholder')
  const markup = textIn(field, 'placeholderHTML')
  if (markup === null) return placeholder
  const { text, links } = plainText(markup)
  const targets = links.map(({ href }) => described(href)).join(', ')
  const lost =
    targets && ` Its link to ${targets} is lost: name the address in the hint, or link to it beside the form.`
  if (field.type !== 'checkbox' && placeholder !== null) {
    field.add('placeholderHTML', `Lock knew it for a checkbox only; here "placeholder" counts.${lost}`)
    return placeholder
  }
  field.add('placeholderHTML', `Lock drew it as HTML; here every text is plain, so its tags are dropped.${lost}`)
  return text === '' ? placeholder : text
}

/** A label for a name: `given_name` and `givenName` become `Given name`. */
function labelFrom(name: string): string {
  const apart = name.replace(/([a-z\d])([A-Z])/g, '$1 $2').replace(/[_\s-]+/g, ' ')
  const words = apart.trim().toLowerCase()
  if (words !== '') return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
  return name.trim() === '' ? 'Value' : name
}
