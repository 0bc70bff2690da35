// What is sent to better-auth, and whether it was taken: it drops what it does not know without a word.
import type { RootAttributes } from '../contract/backend.ts'
import { LatchkeyError } from '../contract/errors.ts'
import { asIssues, type Issue, pointerTo } from '../contract/issues.ts'
import type { JsonObject, JsonValue } from '../contract/json.ts'
import { columnProblem, takenBy } from './better-auth-columns.ts'
import type { BetterAuthSettings } from './better-auth-options.ts'
import type { User } from './better-auth-profile.ts'

/** The metadata as columns. Throws LatchkeyError for what the server would drop or store as something else. */
export function columnsOf({ columns }: BetterAuthSettings, metadata: JsonObject): JsonObject {
  const found = Object.entries(metadata).flatMap(([name, value]): readonly { issue: Issue; why: string }[] => {
    const type = columns.get(name)
    const pointer = pointerTo('user_metadata', name)
    if (!type)
      return [{ issue: { code: 'unknown_field', pointer }, why: 'there is no such column; add it to `columns`' }]
    const code = value === null ? null : columnProblem(type, value)
    return code ? [{ issue: { code, pointer }, why: `a ${type} column takes ${takenBy(type)}` }] : []
  })
  refuse(found)
  return metadata
}

/** Standard attributes by their names there. Throws LatchkeyError for those that there are none of. */
export function attributesOf({ capabilities }: BetterAuthSettings, root: RootAttributes | JsonObject): JsonObject {
  const given = new Map<string, JsonValue>(Object.entries(root))
  const lost = [...given.keys()].filter((name) => !capabilities.rootAttributes.some((known) => known === name))
  refuse(
    lost.map((name) => {
      const issue: Issue = { code: 'unknown_field', pointer: pointerTo(name) }
      return { issue, why: 'better-auth has no such attribute; make it a column' }
    }),
  )
  const [name, picture] = [given.get('name'), given.get('picture')]
  // A name cannot be taken away there; the empty text is shown as none.
  return { ...(name !== undefined && { name: name ?? '' }), ...(picture !== undefined && { image: picture }) }
}

function refuse(found: readonly { readonly issue: Issue; readonly why: string }[]): void {
  const issues = asIssues(found.map(({ issue }) => issue))
  if (issues)
    throw new LatchkeyError(issues[0].code, `${issues[0].pointer}: ${found[0]?.why}; nothing was sent`, { issues })
}

/** Throws LatchkeyError where the server took a column that it does not have: it says nothing and drops the value. */
export function checkStored({ columns }: BetterAuthSettings, sent: JsonObject, user: User): void {
  const kept = Object.entries(sent).filter(([name, value]) => columns.has(name) && value !== null)
  const lost = kept.map(([name]) => name).filter((name) => !Object.hasOwn(user, name))
  const issues = asIssues(
    lost.map((name): Issue => ({ code: 'unknown_field', pointer: pointerTo('user_metadata', name) })),
  )
  if (issues) {
    const fix = 'the server has no such column, or does not show it; add it to user.additionalFields'
    throw new LatchkeyError('unknown_field', `${issues[0].pointer}: ${fix}`, { issues })
  }
}
