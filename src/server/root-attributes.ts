// The rules for the standard attributes beside user_metadata, whatever fields the site defines, and how a request changes them.
import { type Issue, pointerTo } from '../contract/issues.ts'
import type { JsonObject, JsonValue } from '../contract/json.ts'
import { codePoints } from '../contract/limits.ts'
import { ROOT_ATTRIBUTES, type RootAttribute } from '../contract/profile.ts'

/** Every root attribute as it is stored; null where the person gave none. */
export type RootAttributes = Readonly<Record<RootAttribute, string | null>>

/** What an account has before anything is given. */
export const NO_ATTRIBUTES: RootAttributes = {
  name: null,
  given_name: null,
  family_name: null,
  nickname: null,
  picture: null,
  phone_number: null,
}

/** Longest values, in code points. Source for the names: Auth0 docs, user profile structure; the others are ours. */
const MAX_LENGTHS: Readonly<Record<RootAttribute, number>> = {
  name: 300,
  given_name: 150,
  family_name: 150,
  nickname: 300,
  picture: 2048,
  phone_number: 30,
}

/** The root attributes that a body names; an empty text is no value and removes the attribute as null does. */
export function givenAttributes(body: JsonObject): JsonObject {
  const given = ROOT_ATTRIBUTES.flatMap((name): [string, JsonValue][] => {
    const value = body[name]
    return value === undefined ? [] : [[name, value === '' ? null : value]]
  })
  return Object.fromEntries(given)
}

/** Every rule that given root attributes break. */
export function attributeIssues(given: JsonObject): readonly Issue[] {
  return ROOT_ATTRIBUTES.flatMap((name): readonly Issue[] => {
    const value = given[name]
    if (value === undefined || value === null) return []
    const pointer = pointerTo(name)
    if (typeof value !== 'string') return [{ code: 'invalid_type', pointer }]
    if (!value.isWellFormed() || value.includes('\0')) return [{ code: 'invalid_value', pointer }]
    const max = MAX_LENGTHS[name]
    if (codePoints(value) > max) return [{ code: 'value_too_long', pointer, params: { max } }]
    return name === 'picture' && !isWebAddress(value) ? [{ code: 'invalid_value', pointer }] : []
  })
}

/** The root attributes after a change: what is named is replaced or removed, the rest stays. */
export function attributesAfter(stored: RootAttributes, change: JsonObject): RootAttributes {
  const after = { ...stored }
  for (const name of ROOT_ATTRIBUTES) {
    const value = change[name]
    if (value !== undefined) after[name] = typeof value === 'string' ? value : null
  }
  return after
}

/** Picks the root attributes out of a row. */
export function attributesOf(row: RootAttributes): RootAttributes {
  const attributes = { ...NO_ATTRIBUTES }
  for (const name of ROOT_ATTRIBUTES) attributes[name] = row[name]
  return attributes
}

/** The root attributes that have a value. */
export function presentAttributes(attributes: RootAttributes): { [Name in RootAttribute]?: string } {
  const present: { [Name in RootAttribute]?: string } = {}
  for (const name of ROOT_ATTRIBUTES) {
    const value = attributes[name]
    if (value !== null) present[name] = value
  }
  return present
}

/** A page may put a picture's address into an `src` or `href`: nothing but http and https gets there from here. */
function isWebAddress(text: string): boolean {
  // The URL parser drops white space and adds missing slashes; an address that needs that is none.
  return /^https?:\/\/\S+$/i.test(text) && URL.canParse(text)
}
