// Sign-up and log-in: what is checked before, and what follows once somebody is signed in.
import type { Backend, Credentials, SignInAnswer, SignUpInput } from '../contract/backend.ts'
import { isLatchkeyError } from '../contract/errors.ts'
import type { Intents } from '../contract/intents.ts'
import { type Issue, pointerTo } from '../contract/issues.ts'
import type { JsonObject } from '../contract/json.ts'
import type { NamePolicy } from '../contract/names.ts'
import type { VersionedProfile } from '../contract/profile.ts'
import { emailIssue, passwordIssue, usernameIssue } from '../fields/credentials.ts'
import { attributeIssues, metadataIssues } from '../fields/metadata.ts'
import { type Attempts, isOutcomeOpen } from './attempts.ts'
import type { Caller, CallOptions } from './call.ts'
import type { Client, SignedIn } from './client.ts'
import type { ClientEnvironment } from './client-environment.ts'
import { attributesOf, creationIssues, intentsOf, jsonOf, refuse } from './input.ts'
import type { SessionCalls } from './session-calls.ts'

export interface SignInOptions {
  readonly backend: Backend
  readonly policy: NamePolicy
  readonly environment: ClientEnvironment
  readonly attempts: Attempts
  readonly call: Caller['call']
  readonly session: () => Promise<SessionCalls>
  readonly save: (intents: Intents, options: CallOptions) => Promise<VersionedProfile | null>
}

export interface SignIn extends Pick<Client, 'signUp' | 'logIn'> {
  /** Signs in whoever an answer is about, from wherever it came. */
  readonly take: (answer: SignInAnswer, options: CallOptions, remember?: boolean) => Promise<SignedIn>
}

export function createSignIn(options: SignInOptions): SignIn {
  const { backend, policy, environment, attempts, call, session, save } = options
  const overflow = backend.overflow?.(environment) ?? null

  /** Stores what this person's sign-up could not carry; a key that has a value by now keeps it. */
  async function signedIn({ user, version }: VersionedProfile, callOptions: CallOptions): Promise<SignedIn> {
    const { email, user_metadata } = user
    const kept = Object.entries(overflow?.kept(email) ?? {})
    const following = Object.fromEntries(kept.filter(([key]) => !Object.hasOwn(user_metadata, key)))
    try {
      const saved = await save(intentsOf(following), callOptions)
      overflow?.keep(email, {})
      return { ...(saved ?? { user, version }), pending: [] }
    } catch (error) {
      // The person is signed in whatever becomes of it; the result says what is missing.
      if (!isLatchkeyError(error)) throw error
      return { user, version, pending: pointersTo(following) }
    }
  }

  const take: SignIn['take'] = async (answer, callOptions, remember) => {
    if (answer.tokens) (await session()).begin(answer.tokens, remember)
    return signedIn(answer, callOptions)
  }

  function usernameProblem(username: unknown): Issue | null {
    if (backend.capabilities.usernames) return usernameIssue(username)
    return username === undefined ? null : { code: 'unsupported', pointer: '/username' }
  }

  return {
    async signUp({ email, password, username, user_metadata = {}, logIn = true, remember, ...rest }, callOptions = {}) {
      const metadata = jsonOf(user_metadata)
      const root = attributesOf(rest)
      refuse([
        emailIssue(email),
        usernameProblem(username),
        passwordIssue(password),
        ...metadataIssues(metadata, policy),
        ...attributeIssues(root),
        ...creationIssues(metadata, backend.capabilities),
      ])
      const { carried, following } = overflow?.split(metadata) ?? { carried: metadata, following: {} }
      const input: SignUpInput = {
        ...{ email, password, ...(username !== undefined && { username }), ...root },
        ...(Object.keys(carried).length > 0 && { user_metadata: carried }),
        ...(!logIn && { logIn }),
        ...(remember !== undefined && { remember }),
      }
      overflow?.keep(email, following)
      // There before the account is, so that its tokens have somewhere to go.
      await session()
      const send = (key: string) => call(callOptions, (context) => backend.signUp(input, context), key)
      const answer = await attempts.make(['signUp', input], send).catch((error) => {
        // The account is another's, or none: nothing of this may get into it.
        if (!isOutcomeOpen(error)) overflow?.keep(email, {})
        throw error
      })
      const { user, version, needsVerification, needsRedirect, refused } = answer
      if (refused) throw refused
      if (!logIn || needsVerification || needsRedirect) {
        const reasons = { ...(needsVerification && { needsVerification }), ...(needsRedirect && { needsRedirect }) }
        return { user, version, pending: pointersTo(following), ...reasons }
      }
      return take(answer, callOptions, remember)
    },
    async logIn({ identifier, password, remember }, callOptions = {}) {
      refuse([
        identifier ? null : { code: 'required', pointer: '/identifier' },
        password ? null : { code: 'required', pointer: '/password' },
      ])
      const credentials: Credentials = { identifier, password, ...(remember !== undefined && { remember }) }
      await session()
      return take(await call(callOptions, (context) => backend.logIn(credentials, context)), callOptions, remember)
    },
    take,
  }
}

function pointersTo(metadata: JsonObject): readonly string[] {
  return Object.keys(metadata).map((key) => pointerTo('user_metadata', key))
}
