// A save that keeps everyone's edit: what somebody else changed meanwhile is never overwritten, and is said.
import type { Backend, ProfilePatch } from '../contract/backend.ts'
import { type Conflict, isLatchkeyError, LatchkeyError } from '../contract/errors.ts'
import { asIssues, pointerTo } from '../contract/issues.ts'
import type { NamePolicy } from '../contract/names.ts'
import type { VersionedProfile } from '../contract/profile.ts'
import { same, valueAt } from '../fields/stored.ts'
import { type Clash, threeWay } from '../fields/three-way.ts'
import { checkPlan, compile, needsStored } from './compile.ts'
import { documentOf, type Plan, wishesOver } from './plan.ts'

export interface SaveOptions {
  readonly backend: Pick<Backend, 'capabilities'>
  readonly policy: NamePolicy
  /** The profile that the edit was made over; null where nobody looked, and the last write wins for each key. */
  readonly base: VersionedProfile | null
  readonly read: () => Promise<VersionedProfile>
  readonly write: (patch: ProfilePatch) => Promise<VersionedProfile>
}

/** How often a save is brought to a newer profile before it gives up: each time, somebody else's save went through. */
const TRIES = 5

/**
 * Carries out a plan; null when it changes nothing. With versions every write is tied to the one it was made for;
 * without, the profile is read before and after, and a race that was lost is found and said.
 * What others changed as well is left alone, the rest is saved, and then `version_conflict` says which places those are.
 */
export async function saveConflictSafe(given: Plan, options: SaveOptions): Promise<VersionedProfile | null> {
  const { backend, policy, base, read, write } = options
  const { capabilities } = backend
  let plan = base ? withoutKnown(given, base) : given
  if (!plan.clears && plan.changes.length === 0) return null
  const edit = plan
  let clashes: readonly Clash[] = []
  let latest = base
  const bringTo = (theirs: VersionedProfile) => {
    latest = theirs
    if (base) ({ plan, clashes } = broughtTo(edit, base, theirs))
  }
  if (base ? base.version === null : needsStored(plan, capabilities)) {
    // What is refused already needs no look at the profile.
    if (base) compile(plan, { capabilities, policy, stored: documentOf(base.user) })
    else checkPlan(plan, { capabilities, policy, stored: null })
    bringTo(await read())
  }

  let saved: VersionedProfile | null = latest
  for (let tries = 1; ; tries += 1) {
    const changes = compile(plan, { capabilities, policy, stored: latest && documentOf(latest.user) })
    const version: string | null = latest?.version ?? null
    if (!changes) {
      saved = latest
      break
    }
    try {
      saved = await write({ ...changes, version })
      if (latest && version === null) clashes = [...clashes, ...lostRaces(plan, latest, saved, await read())]
      break
    } catch (error) {
      const isStale = version !== null && isLatchkeyError(error) && error.code === 'version_conflict'
      if (!isStale || tries === TRIES) throw error
      bringTo(await read())
    }
  }
  if (clashes.length > 0) throw conflictError(clashes)
  return saved
}

/** The plan without what is so already. */
function withoutKnown({ clears, changes }: Plan, { user }: VersionedProfile): Plan {
  if (clears) return { clears, changes }
  const known = documentOf(user)
  return { clears, changes: changes.filter(({ path, value }) => !same(valueAt(known, path), value)) }
}

/** What of an edit can still be done over a newer profile, and what cannot. */
function broughtTo(edit: Plan, base: VersionedProfile, theirs: VersionedProfile) {
  const [before, now] = [documentOf(base.user), documentOf(theirs.user)]
  const { rest, conflicts } = threeWay(before, wishesOver(edit, before, now), now)
  // Where nobody touched anything, clearing is still the one wish it was.
  const plan: Plan = edit.clears && conflicts.length === 0 ? edit : { clears: false, changes: rest }
  return { plan, clashes: conflicts }
}

/** What is other than this write left it: somebody wrote in the moment between. */
function lostRaces(plan: Plan, before: VersionedProfile, saved: VersionedProfile, after: VersionedProfile) {
  const [base, mine, theirs] = [before, saved, after].map(({ user }) => documentOf(user))
  if (!base || !mine || !theirs) return []
  return wishesOver(plan, base)
    .map(({ path }): Clash => {
      return { path, base: valueAt(base, path), mine: valueAt(mine, path), theirs: valueAt(theirs, path) }
    })
    .filter((clash) => !same(clash.mine, clash.theirs))
}

function conflictError(clashes: readonly Clash[]): LatchkeyError {
  const conflicts = clashes.map(({ path, ...values }): Conflict => ({ pointer: pointerTo(...path), ...values }))
  const issues = asIssues(conflicts.map(({ pointer }) => ({ code: 'version_conflict', pointer })))
  const places = conflicts.map(({ pointer }) => pointer).join(', ')
  return new LatchkeyError('version_conflict', `${places}: somebody else changed it meanwhile`, { issues, conflicts })
}
