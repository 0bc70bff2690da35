// Saves an account by compare-and-swap on its version, so that no other writer's change is lost.
import { setTimeout } from 'node:timers/promises'
import type { Issues } from '../contract/issues.ts'
import type { AccountContext } from './account-context.ts'
import type { Write } from './idempotency.ts'
import { invalid, problem, taken } from './problems.ts'
import { type AccountValues, etagOf, type User, UsernameTakenError } from './users.ts'

/** How often a save is tried when other processes are faster; the pauses between add up to under a second. */
const SWAP_TRIES = 50

/** Longest pause before the next try, in milliseconds. */
const MAX_PAUSE = 16

export type ValuesResult =
  | { readonly ok: true; readonly values: AccountValues }
  | { readonly ok: false; readonly issues: Issues }

/**
 * The account after a save, the refusal, or null when there is no such account. `condition` is the request's If-Match;
 * `after` computes what to store from what is stored, anew for each try.
 */
export function save(
  id: string,
  condition: string | null,
  after: (user: User) => Promise<ValuesResult>,
  write: Write,
  { users, saves }: Pick<AccountContext, 'users' | 'saves'>,
): Promise<User | Response | null> {
  return saves(id, async () => {
    for (let attempt = 0; attempt < SWAP_TRIES; attempt += 1) {
      const user = await users.byId(id)
      if (!user) return null
      if (condition !== null && !names(condition, etagOf(user))) return conflict()
      const asked = await after(user)
      if (!asked.ok) return invalid(asked.issues)
      const isSame = textOf(asked.values) === textOf(user)
      const saved = await write(
        async (together) => (isSame ? user : together.swap(user, asked.values)),
        (result) => result && { status: 200, code: null, userId: null },
      ).catch(refusedName)
      if (saved) return saved
      // Two servers that try again in step could let the same one win each time; uneven pauses, ever longer, end that.
      await setTimeout(Math.random() * Math.min(2 ** attempt, MAX_PAUSE))
    }
    return conflict()
  })
}

/** What is carried out together with a save is taken back with it. */
function refusedName(error: unknown): Response {
  if (error instanceof UsernameTakenError) return taken('username_taken')
  throw error
}

/** Values as one text, to tell whether a save would change anything. */
function textOf({ username, attributes, user_metadata, email_verified, app_metadata }: AccountValues): string {
  return JSON.stringify([username, attributes, user_metadata, email_verified, app_metadata])
}

function conflict(): Response {
  return problem('version_conflict', 'The profile has changed since this version; read it and try again.')
}

/** Whether a condition is `*` or lists the entity tag (RFC 9110, 13.1.1); a weak tag equals no strong one. */
export function names(condition: string, etag: string): boolean {
  return condition.trim() === '*' || (condition.match(/(?:W\/)?"[^"]*"/g)?.includes(etag) ?? false)
}
