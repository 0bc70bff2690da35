// The rules for names of fields: one list for the definition, the client and the server.
import type { Code } from './codes.ts'
import { codePoints, MAX_NAME_LENGTH } from './limits.ts'

/**
 * Names that Auth0 keeps for itself at the root of `app_metadata` (Auth0 docs, metadata field names and data types).
 * Refused at the root of `user_metadata` too, so that a definition can move between backends; can be switched off.
 */
export const RESERVED_NAMES: readonly string[] = [
  '__tenant',
  '_id',
  'blocked',
  'clientID',
  'created_at',
  'email_verified',
  'email',
  'globalClientID',
  'global_client_id',
  'identities',
  'lastIP',
  'lastLogin',
  'loginsCount',
  'metadata',
  'multifactor_last_modified',
  'multifactor',
  'updated_at',
  'user_id',
]

/** Names that reach an object's prototype (CWE-1321): refused at every depth, whatever the settings. */
export const PROTOTYPE_NAMES: readonly string[] = ['__proto__', 'constructor', 'prototype']

/** Names of the controls that Latchkey's own screens have; an additional field cannot take one. */
export const STANDARD_FIELDS: readonly string[] = ['email', 'username', 'identifier', 'password']

/**
 * Standard profile attributes a person may have beside their metadata (Auth0 user profile structure);
 * a field with `storage: 'root'` is named after one.
 */
export const ROOT_ATTRIBUTES = ['name', 'given_name', 'family_name', 'nickname', 'picture', 'phone_number'] as const
export type RootAttribute = (typeof ROOT_ATTRIBUTES)[number]

export interface NamePolicy {
  /**
   * Whether the 18 names Auth0 reserves are refused at the root.
   * @default true
   */
  readonly reservedNames?: boolean
  /**
   * Names of the site's own that no form and no self-service write may touch.
   * @default []
   */
  readonly denyList?: readonly string[]
}

export interface NameProblem {
  readonly code: Code
  /** The broken rule and the fix, in English, for developers. */
  readonly rule: string
}

/** Which rule a name breaks at any depth, -1 for none. Source of `.` and `$`: Auth0 docs, metadata field names. */
function brokenRule(name: string): number {
  if (name === '') return 0
  if (PROTOTYPE_NAMES.includes(name)) return 1
  if (name.includes('.')) return 2
  if (name.includes('$')) return 3
  if (!name.isWellFormed() || name.includes('\0')) return 4
  return codePoints(name) > MAX_NAME_LENGTH ? 5 : -1
}

/** Those rules and their fixes, apart so that what only asks for codes does not carry them. */
const RULES: readonly string[] = [
  'field names cannot be empty; give it a name such as "company"',
  'field names cannot be "__proto__", "constructor" or "prototype"; choose another name',
  'field names cannot contain "."; nest the value or use "_"',
  'field names cannot contain "$"; leave it out or use "_"',
  'field names must be well-formed Unicode without NUL; remove the broken character',
  `field names can have at most ${MAX_NAME_LENGTH} characters; shorten it`,
]

/** The code for a name that breaks a rule at any depth, or null. */
export function nestedNameCode(name: string): Code | null {
  return brokenRule(name) < 0 ? null : 'invalid_field_name'
}

/** The code for a name that breaks a rule at the root of `user_metadata`, or null. */
export function rootNameCode(name: string, { reservedNames = true, denyList = [] }: NamePolicy = {}): Code | null {
  const code = nestedNameCode(name)
  if (code) return code
  if (reservedNames && RESERVED_NAMES.includes(name)) return 'reserved_field_name'
  return denyList.includes(name) ? 'denied_field_name' : null
}

/** The rule a name breaks at any depth, or null. */
export function nestedNameProblem(name: string): NameProblem | null {
  const rule = RULES[brokenRule(name)]
  return rule === undefined ? null : { code: 'invalid_field_name', rule }
}

/** The rule a name breaks at the root of `user_metadata`, or null. */
export function rootNameProblem(name: string, policy: NamePolicy = {}): NameProblem | null {
  const code = rootNameCode(name, policy)
  if (code === 'reserved_field_name')
    return { code, rule: `"${name}" is a reserved name; choose another, or set reservedNames: false` }
  if (code === 'denied_field_name')
    return { code, rule: `"${name}" is on the deny list; remove the field or take the name off denyList` }
  return nestedNameProblem(name)
}
