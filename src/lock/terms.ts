// Lock's texts, and the box for its terms, which becomes a consent that can be proven.
import { type NamePolicy, rootNameProblem } from '../contract/names.ts'
import type { ConsentDefinition } from '../fields/definition.ts'
import { type Given, isObject } from './given.ts'
import { type MarkupLink, plainText } from './markup.ts'
import { type AddNote, described } from './note.ts'

const DEFAULT_LABEL = 'I agree to the terms of service and privacy policy.'
const NAMES = ['terms', 'accepted_terms', 'terms_of_service']

/** The consent to the terms, under a name no other field has; null where Lock asked for none. */
export function termsOf(
  given: Given,
  names: readonly string[],
  policy: NamePolicy,
  add: AddNote,
): ConsentDefinition | null {
  const must = given.get('mustAcceptTerms')
  if (must !== undefined && typeof must !== 'boolean')
    add('mustAcceptTerms', `Lock ignored it, because it is ${described(must)}; it is left out here too.`)
  if (must !== true) return null
  const name = NAMES.find((free) => !names.includes(free) && rootNameProblem(free, policy) === null)
  if (name === undefined) {
    add(
      'mustAcceptTerms',
      `The consent is left out, as ${NAMES.join(', ')} are all taken; write a field of type 'consent'.`,
    )
    return null
  }
  const { text, links } = plainText(termsIn(given) ?? '')
  const link = links.find(({ href }) => isAddress(href))
  const others = links.filter((other) => other !== link).map(({ href }) => described(href))
  const lost =
    others.length > 0 ? ` Of its links ${others.join(', ')} ${others.length > 1 ? 'are' : 'is'} left out.` : ''
  add(
    'mustAcceptTerms',
    `Lock stored nothing of it; here "${name}" stores what was agreed to, when and in which words. Give the terms a new version whenever they change: it is asked again then.${lost}`,
  )
  const label = text === '' ? DEFAULT_LABEL : text
  return { name, type: 'consent', label, required: true, screens: ['signUp'], version: '1', ...(link && linkTo(link)) }
}

function linkTo({ label, href }: MarkupLink): Pick<ConsentDefinition, 'link'> {
  return { link: { label: label === '' ? href : label, href } }
}

/** What a link of a consent may lead to: http(s) or a path. */
function isAddress(href: string): boolean {
  return /^(https?:\/\/|\.{0,2}\/(?!\/)|#)/i.test(href)
}

function termsIn(given: Given): string | null {
  const dictionary = given.get('languageDictionary')
  if (!isObject(dictionary) || !('signUpTerms' in dictionary)) return null
  return typeof dictionary.signUpTerms === 'string' ? dictionary.signUpTerms : null
}

/** Says which texts were replaced, and where texts go here. */
export function noteTexts(given: Given, add: AddNote): void {
  const dictionary = given.get('languageDictionary')
  if (dictionary === undefined) return
  if (!isObject(dictionary)) {
    add('languageDictionary', `It has to be an object of texts, and is ${described(dictionary)}; it is left out.`)
    return
  }
  const used = given.get('mustAcceptTerms') === true ? termsIn(given) : null
  const keys = Object.keys(dictionary).filter((key) => used === null || key !== 'signUpTerms')
  if (keys.length === 0) return
  add(
    'languageDictionary',
    `Lock replaced these texts: ${keys.join(', ')}. Here the widget has texts of its own, without markup; give yours as messages to createLatchkey.`,
  )
}
