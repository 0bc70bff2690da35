// The calls of better-auth: fetched with the first of them, as no form needs them before.
import * as z from 'zod/mini'
import { noContentSchema } from '../client/request.ts'
import type { CallContext, Credentials, ProfilePatch, SignInAnswer, SignUpInput, Tokens } from '../contract/backend.ts'
import { isLatchkeyError, LatchkeyError } from '../contract/errors.ts'
import { asIssues } from '../contract/issues.ts'
import type { VersionedProfile } from '../contract/profile.ts'
import { attributesOf, checkStored, columnsOf } from './better-auth-body.ts'
import type { BetterAuthSettings } from './better-auth-options.ts'
import { type User, userSchema, versioned } from './better-auth-profile.ts'
import { ask } from './better-auth-request.ts'

/** Paths of better-auth, relative to its base path. */
const PATHS = {
  signUp: '/sign-up/email',
  logIn: '/sign-in/email',
  logInWithUsername: '/sign-in/username',
  logOut: '/sign-out',
  // A copy of the user that a cookie carries can be minutes old.
  session: '/get-session?disableCookieCache=true',
  profile: '/update-user',
} as const

const text = z.optional(z.nullable(z.string()))
const sessionSchema = z.nullable(z.object({ user: userSchema }))
const signedInSchema = z.object({ token: text, user: userSchema })
/** The `twoFactor` plugin answers a right password with a question. */
const logInSchema = z.union([z.object({ twoFactorRedirect: z.literal(true) }), signedInSchema])

export async function signUp(settings: BetterAuthSettings, input: SignUpInput, context: CallContext) {
  const { email, password, username, user_metadata = {}, logIn: signsIn = true, remember, ...root } = input
  const columns = columnsOf(settings, user_metadata)
  const body = {
    ...Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== null)),
    // It has to be there; the empty text is no name, and shown as none.
    name: '',
    ...attributesOf(settings, root),
    ...(username !== undefined && { username }),
    ...(remember !== undefined && { rememberMe: remember }),
    email,
    password,
  }
  const call = { method: 'POST', url: settings.base + PATHS.signUp, body, columns: Object.keys(columns) } as const
  // The server signs in whoever signs up; the page does not take that session where it was not asked for.
  const cookies = hasCookies(settings) && signsIn
  const { token, user } = await ask(context, { ...call, cookies, meanings: { 409: 'user_exists' } }, signedInSchema)
  checkStored(settings, body, user)
  const answer: SignInAnswer = { ...versioned(settings, user), tokens: signsIn ? tokensOf(settings, token) : null }
  if (token) return answer
  // Nobody is signed in, and nobody can tell this from the answer for an address that has an account already.
  if (settings.autoSignIn || settings.capabilities.verification === 'required')
    return { ...answer, needsVerification: true }
  return signsIn
    ? logInAfter(
        settings,
        { identifier: email, password, ...(remember !== undefined && { remember }) },
        context,
        answer,
      )
    : answer
}

/** The log-in with which a sign-up ends where the server does not do it; a wrong password is then somebody else's account. */
async function logInAfter(
  settings: BetterAuthSettings,
  credentials: Credentials,
  context: CallContext,
  answer: SignInAnswer,
): Promise<SignInAnswer> {
  try {
    return await logIn(settings, credentials, context)
  } catch (error) {
    if (!isLatchkeyError(error)) throw error
    if (error.code === 'email_unverified') return { ...answer, needsVerification: true }
    if (error.code !== 'invalid_credentials') throw error
    const issues = asIssues([{ code: 'user_exists', pointer: '/email' }])
    throw new LatchkeyError('user_exists', 'the account has another password', { issues, status: error.status })
  }
}

export async function logIn(
  settings: BetterAuthSettings,
  credentials: Credentials,
  context: CallContext,
): Promise<SignInAnswer> {
  const { identifier, password, remember } = credentials
  const hasUsername = settings.capabilities.usernames && !identifier.includes('@')
  const who = hasUsername ? { username: identifier } : { email: identifier }
  const answer = await ask(
    context,
    {
      method: 'POST',
      url: settings.base + (hasUsername ? PATHS.logInWithUsername : PATHS.logIn),
      body: { ...who, password, ...(remember !== undefined && { rememberMe: remember }) },
      cookies: hasCookies(settings),
      isLogIn: true,
      meanings: { 401: 'invalid_credentials' },
    },
    logInSchema,
  )
  if ('twoFactorRedirect' in answer)
    throw new LatchkeyError(
      'mfa_required',
      'the server asks for a second factor; send the person to its own log-in page',
    )
  return { ...versioned(settings, answer.user), tokens: tokensOf(settings, answer.token) }
}

export async function logOut(settings: BetterAuthSettings, context: CallContext): Promise<void> {
  const call = { method: 'POST', url: settings.base + PATHS.logOut, body: {}, cookies: hasCookies(settings) } as const
  await ask(context, call, noContentSchema)
}

export async function getSession(settings: BetterAuthSettings, context: CallContext): Promise<VersionedProfile | null> {
  const user = await currentUser(settings, context)
  return user && versioned(settings, user)
}

export async function getProfile(settings: BetterAuthSettings, context: CallContext): Promise<VersionedProfile> {
  return versioned(settings, await signedInUser(settings, context))
}

export async function patchProfile(
  settings: BetterAuthSettings,
  { user_metadata = {}, root = {} }: ProfilePatch,
  context: CallContext,
): Promise<VersionedProfile> {
  const columns = columnsOf(settings, user_metadata)
  const body = { ...columns, ...attributesOf(settings, root) }
  const call = { method: 'POST', url: settings.base + PATHS.profile, body, columns: Object.keys(columns) } as const
  await ask(context, { ...call, cookies: hasCookies(settings) }, noContentSchema)
  // The server answers that it was done and not what is stored.
  const user = await signedInUser(settings, context)
  checkStored(settings, body, user)
  // What was written a moment ago, also where somebody else has written since: whoever compares sees it.
  const written = Object.entries(body).filter(([name]) => !settings.rewritten.includes(name))
  return versioned(settings, { ...user, ...Object.fromEntries(written) })
}

const hasCookies = ({ capabilities }: BetterAuthSettings) => capabilities.session === 'cookie'

function tokensOf(settings: BetterAuthSettings, token: string | null | undefined): Tokens | null {
  // A session is prolonged by being used, and there is nothing to exchange.
  return token && !hasCookies(settings) ? { accessToken: token, refreshToken: null, expiresAt: null } : null
}

async function currentUser(settings: BetterAuthSettings, context: CallContext): Promise<User | null> {
  const url = settings.base + PATHS.session
  return (await ask(context, { method: 'GET', url, cookies: hasCookies(settings) }, sessionSchema))?.user ?? null
}

async function signedInUser(settings: BetterAuthSettings, context: CallContext): Promise<User> {
  const user = await currentUser(settings, context)
  if (!user) throw new LatchkeyError('unauthenticated', 'nobody is signed in')
  return user
}
