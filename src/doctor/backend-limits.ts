// What the chosen backend cannot take: Auth0's sign-up has limits of its own, a profile of every backend has a size.
import { MAX_METADATA_BYTES } from '../contract/limits.ts'
import type { Field } from '../fields/field.ts'
import { NOT_TEXT } from '../fields/whole-settings.ts'
import type { Finding } from './finding.ts'
import { longest } from './sizes.ts'
import { isStandIn } from './stand-in.ts'

/** Auth0's sign-up: so many keys of `user_metadata`, each a text of at most so many characters (Auth0 docs, custom sign-up). */
const AUTH0 = { fields: 10, characters: 500 } as const

/** Backends whose limits are known here; of any other only the size of a profile counts. */
export const BACKENDS: readonly string[] = ['rest', 'auth0', 'memory']

export function limitFindings(fields: readonly Field[], backend: string): readonly Finding[] {
  return [...(backend === 'auth0' ? signUpFindings(fields) : []), ...sizeFindings(fields)]
}

function signUpFindings(fields: readonly Field[]): readonly Finding[] {
  const carried = fields
    .map((field, index) => ({ field, at: `fields[${index}]` }))
    .filter(({ field }) => field.storage === 'user_metadata' && field.screens.includes('signUp'))
    .filter(({ field }) => field.access.signUp === 'edit')
    .sort((one, other) => one.field.order - other.field.order)
  const texts = carried.filter(({ field }) => !isNested(field) && field.stored !== 'json')
  const nested = carried.filter(({ field }) => isNested(field) && field.stored !== 'json')
  return [
    ...texts.slice(AUTH0.fields).map(({ field, at }, index) => ({
      level: 'warning' as const,
      path: at,
      given: nameOf(field),
      problem: `is field ${AUTH0.fields + index + 1} on the sign-up form, and Auth0's sign-up takes ${AUTH0.fields}; the value is saved right after the first log-in instead`,
      fix: "write screens: ['profile'] where it can wait",
    })),
    ...texts.flatMap(({ field, at }) => lengthFindings(field, at)),
    ...texts.filter(({ field }) => isStoredAsText(field)).map(({ field, at }) => textFinding(field, at)),
    ...nested.map(({ field, at }) => nestedFinding(field, at)),
  ]
}

function isBox({ type }: Field): boolean {
  return type === 'checkbox' || type === 'switch'
}

/** The name as a finding shows it; a stand-in for one that was refused is not the site's. */
function nameOf({ name }: Field): string | null {
  return isStandIn(name) ? null : JSON.stringify(name)
}

function isNested({ type, path }: Field): boolean {
  return type === 'group' || path.length > 1
}

function isStoredAsText({ type, stored, value }: Field): boolean {
  return stored === null && (type === 'hidden' ? typeof value !== 'string' : NOT_TEXT.includes(type))
}

function lengthFindings(field: Field, at: string): readonly Finding[] {
  const length = longest(field)
  if (length !== null && length <= AUTH0.characters) return []
  const can = length === null ? 'has no longest value' : `can have ${length} characters`
  return [
    {
      level: 'warning',
      path: at,
      given: nameOf(field),
      problem: `${can}, and Auth0's sign-up takes ${AUTH0.characters}; a longer one is saved right after the first log-in instead`,
      fix: shorter(field),
    },
  ]
}

function shorter({ type, item, oneOf }: Field): string {
  const elsewhere = "write screens: ['profile']"
  if (type === 'list') {
    const one = item && longest(item)
    const count = one === null ? 0 : Math.floor((AUTH0.characters - 2) / (one + 6))
    return count > 0 ? `write maxItems: ${count}` : `bound the item and write maxItems, or ${elsewhere}`
  }
  if (type === 'multiselect') return `write maxItems or shorter values, or ${elsewhere}`
  if (type === 'hidden' || type === 'select' || type === 'radio' || oneOf) return 'use shorter values'
  return ['custom', 'picture', 'consent'].includes(type) ? elsewhere : `write maxLength: ${AUTH0.characters}`
}

function textFinding(field: Field, at: string): Finding {
  return {
    level: 'note',
    path: at,
    given: nameOf(field),
    problem: `Auth0's sign-up takes texts only, so the ${field.type} is stored as one${isBox(field) ? ': "true" or "false"' : ''}`,
    fix: "write stored: 'json' to keep its type; it is then saved right after the first log-in",
  }
}

function nestedFinding(field: Field, at: string): Finding {
  return {
    level: 'note',
    path: at,
    given: nameOf(field),
    problem: "is nested, which Auth0's sign-up does not take; it is saved right after the first log-in",
    fix: "write screens: ['profile'] where it can wait, or leave it as it is",
  }
}

/** A save that passes the limit is refused as a whole, whatever the person changed. */
function sizeFindings(fields: readonly Field[]): readonly Finding[] {
  const stored = fields.filter(({ storage }) => storage === 'user_metadata')
  const sizes = stored.map((field) => ({ name: field.name, length: longest(field) }))
  const total = sizes.reduce((sum, { name, length }) => sum + name.length + (length ?? 0) + 6, 2)
  const finding = { path: 'fields', given: null }
  if (total > MAX_METADATA_BYTES) {
    const { name } = sizes.reduce((one, other) => ((other.length ?? 0) > (one.length ?? 0) ? other : one))
    return [
      {
        ...finding,
        level: 'warning',
        problem: `together their values can take ${total} bytes or more, and a profile has ${MAX_METADATA_BYTES}; a save beyond that is refused`,
        fix: `write lower bounds, first for ${JSON.stringify(name)}`,
      },
    ]
  }
  const unbounded = sizes.flatMap(({ name, length }) => (length === null && !isStandIn(name) ? [name] : []))
  if (unbounded.length === 0) return []
  return [
    {
      ...finding,
      level: 'note',
      problem: `nothing bounds ${unbounded.join(', ')}, and a save that brings the profile over ${MAX_METADATA_BYTES} bytes is refused`,
      fix: 'write maxLength or maxItems',
    },
  ]
}
