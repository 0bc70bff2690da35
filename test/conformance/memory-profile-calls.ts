// The memory server's calls about a profile: reading it, and the update with its merge and its version.
import { setImmediate } from 'node:timers/promises'
import { isJsonObject, type JsonObject } from '../../src/contract/json.ts'
import { type Context, etagOf, personOf, problem, profileAnswer, refused, unauthenticated } from './memory-answers.ts'
import { inherit, merged, metadataIssues, unknownKeys } from './memory-rules.ts'
import type { Account } from './memory-store.ts'

export function readProfile(request: Request, context: Context): Response {
  const account = personOf(request, context)
  return account ? profileAnswer(account, context) : unauthenticated(context)
}

export async function updateProfile(body: JsonObject, request: Request, context: Context): Promise<Response> {
  const { has } = context
  const person = personOf(request, context)
  if (!person) return unauthenticated(context)
  const account = addressee(body, person, context)
  if (!account) return problem('not_found', 404)
  const { user_metadata: given } = body
  inherit(given, context)
  if (given === null && has('null clears')) return stored(account, {}, context)
  const condition = request.headers.get('if-match')
  const matches = condition === null || conditionHolds(condition, account, context)
  if (!matches && !has('a stale version is refused after it was stored')) return problem('version_conflict', 412)
  const foreign = foreignKeys(body, context)
  const issues = [...foreign, ...metadataIssues(given, context), ...unknownKeys(given, context)]
  if (issues.length > 0) {
    if (foreign.length === 0 && has('good keys are stored before bad ones are refused'))
      keepGood(account, given, context)
    return refused(issues)
  }
  if (body.email_verified === true) account.email_verified = true
  const patch = isJsonObject(given) ? given : {}
  const missing = Object.entries(patch).some(([name, value]) => value === null && !(name in account.user_metadata))
  if (missing && has('null for a missing key is 404')) return problem('not_found', 404)
  const before = account.user_metadata
  if (has('an update reads first and writes later')) await setImmediate()
  const answer = stored(account, merged(before, patch, context), context)
  return matches ? answer : problem('version_conflict', 412)
}

/** Whose profile is meant: the person's own, whatever the body or the path says. */
function addressee({ id }: JsonObject, person: Account, { has, store, pathId }: Context): Account | undefined {
  const named = has('an id in the body is followed') ? (id ?? pathId) : pathId
  return named === undefined ? person : store.accounts.find((account) => account.id === named)
}

function conditionHolds(condition: string, account: Account, context: Context): boolean {
  if (context.has('If-Match is ignored')) return true
  if (condition === '*') return !context.has('If-Match * is refused')
  return condition === etagOf(account, context)
}

function stored(account: Account, user_metadata: JsonObject, context: Context): Response {
  if (JSON.stringify(account.user_metadata) !== JSON.stringify(user_metadata)) {
    account.user_metadata = user_metadata
    account.version += 1
    if (!context.has('a crash loses the last save')) context.store.commit()
  }
  return profileAnswer(account, context)
}

function foreignKeys(body: JsonObject, { has }: Context) {
  return Object.keys(body)
    .filter((key) => key !== 'user_metadata')
    .filter((key) => !(key === 'email_verified' && has('email_verified can be set')))
    .filter((key) => !(key === 'id' && has('an id in the body is followed')))
    .filter(() => !has('unknown attributes are ignored'))
    .map((key) => ({ code: 'unknown_field', pointer: `/${key}` }) as const)
}

function keepGood(account: Account, given: unknown, context: Context): void {
  const entries = isJsonObject(given) ? Object.entries(given) : []
  const good = entries.filter(([name, value]) => metadataIssues({ [name]: value }, context).length === 0)
  stored(account, { ...account.user_metadata, ...Object.fromEntries(good) }, context)
}
