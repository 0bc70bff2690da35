// The user name of an account: who sets it, and when there has to be one.
import type { Issue } from '../contract/issues.ts'
import type { JsonObject } from '../contract/json.ts'
import { usernameIssue } from '../fields/credentials.ts'
import type { Actor } from './own-values.ts'

/** One account for each name, whatever case it is typed in. */
export function usernameKeyOf(username: string): string {
  return username.toLowerCase()
}

/**
 * The name after a request, and what is wrong with it. A person gives it once, with the sign-up; management may set it at
 * any time, and remove it with null. `stored` is null on creation; where there are no names, nobody does either.
 */
export function usernameAfter(
  { username }: JsonObject,
  stored: { readonly username: string | null } | null,
  actor: Actor,
  usernames: boolean,
): { readonly username: string | null; readonly issues: readonly Issue[] } {
  const before = stored?.username ?? null
  const isSignUp = actor === 'self' && stored === null
  const mayName = usernames && (isSignUp || (actor === 'management' && username !== undefined))
  if (!mayName) return { username: before, issues: [] }
  if (!isSignUp && (username === null || username === '')) return { username: null, issues: [] }
  const issue = usernameIssue(username)
  return { username: typeof username === 'string' ? username : null, issues: issue ? [issue] : [] }
}
