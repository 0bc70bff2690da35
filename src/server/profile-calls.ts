// The calls about one's own profile: reading it, and changing root attributes and user_metadata in one save.
import { setTimeout } from 'node:timers/promises'
import { asIssues } from '../contract/issues.ts'
import type { JsonObject } from '../contract/json.ts'
import { ROOT_ATTRIBUTES } from '../contract/profile.ts'
import { type AccountContext, personOf, profileAnswer, unauthenticated } from './account-context.ts'
import { ownValuesAfter } from './own-values.ts'
import { invalid, problem } from './problems.ts'
import { bodyOf, unknownKeysOf } from './requests.ts'
import { etagOf, type OwnValues } from './users.ts'

/** How often a save is tried when other processes are faster; the pauses between add up to under a second. */
const SWAP_TRIES = 50

/** Longest pause before the next try, in milliseconds. */
const MAX_PAUSE = 16

const OWN_KEYS: readonly string[] = [...ROOT_ATTRIBUTES, 'user_metadata']

export async function readProfile(request: Request, context: AccountContext): Promise<Response> {
  const user = await personOf(request, context)
  if (!user) return unauthenticated()
  const known = request.headers.get('if-none-match')
  if (known !== null && names(known.replaceAll('W/', ''), etagOf(user))) {
    return new Response(null, { status: 304, headers: { etag: etagOf(user) } })
  }
  return profileAnswer(user)
}

/**
 * PATCH: replaces the root attributes it names, merges `user_metadata` at the root, where `{}` clears it.
 * All or nothing, by compare-and-swap on the version.
 */
export async function updateProfile(request: Request, context: AccountContext): Promise<Response> {
  const person = await personOf(request, context)
  if (!person) return unauthenticated()
  const body = await bodyOf(request)
  if (body instanceof Response) return body
  const issues = asIssues([
    ...unknownKeysOf(body, OWN_KEYS),
    ...(OWN_KEYS.some((key) => Object.hasOwn(body, key))
      ? []
      : [{ code: 'required', pointer: '/user_metadata' } as const]),
  ])
  if (issues) return invalid(issues)
  return context.saves(person.id, () => saved(person.id, body, request.headers.get('if-match'), context))
}

async function saved(
  id: string,
  body: JsonObject,
  condition: string | null,
  context: AccountContext,
): Promise<Response> {
  for (let attempt = 0; attempt < SWAP_TRIES; attempt += 1) {
    const user = await context.users.byId(id)
    if (!user) return unauthenticated()
    if (condition !== null && !names(condition, etagOf(user))) return conflict()
    const asked = await ownValuesAfter(body, user, context)
    if (!asked.ok) return invalid(asked.issues)
    if (textOf(asked.values) === textOf(user)) return profileAnswer(user)
    const swapped = await context.users.swapProfile(user, asked.values)
    if (swapped) return profileAnswer(swapped)
    // Two servers that try again in step could let the same one win each time; uneven pauses, ever longer, end that.
    await setTimeout(Math.random() * Math.min(2 ** attempt, MAX_PAUSE))
  }
  return conflict()
}

/** Values as one text, to tell whether a save would change anything. */
function textOf({ attributes, user_metadata }: OwnValues): string {
  return JSON.stringify([attributes, user_metadata])
}

function conflict(): Response {
  return problem('version_conflict', 'The profile has changed since this version; read it and try again.')
}

/** Whether a condition is `*` or lists the entity tag (RFC 9110, 13.1.1); a weak tag equals no strong one. */
function names(condition: string, etag: string): boolean {
  return condition.trim() === '*' || (condition.match(/(?:W\/)?"[^"]*"/g)?.includes(etag) ?? false)
}
