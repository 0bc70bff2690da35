// The calls of GoTrue: fetched by `supabase` with the first of them, as no form needs them before.
import * as z from 'zod/mini'
import { noContentSchema, type Request, request } from '../client/request.ts'
import type { CallContext, Credentials, ProfilePatch, SignInAnswer, SignUpInput, Tokens } from '../contract/backend.ts'
import type { VersionedProfile } from '../contract/profile.ts'
import { explain } from './supabase-errors.ts'
import { dataOf, profileFrom, userSchema } from './supabase-profile.ts'
import type { SupabaseProject } from './supabase-project.ts'

const sessionSchema = z.object({
  access_token: z.string().check(z.minLength(1)),
  expires_in: z.optional(z.number()),
  refresh_token: z.optional(z.string()),
  user: userSchema,
})

type SupabaseRequest = Omit<Request, 'url' | 'credentials' | 'headers' | 'explain'> & { readonly path: string }

function ask<Data>(
  { base, key }: SupabaseProject,
  context: CallContext,
  { path, ...call }: SupabaseRequest,
  schema: z.ZodMiniType<Data>,
) {
  // GoTrue allows a page neither an idempotency key nor cookies (its CORS answers name `*`).
  const bare = { ...context, idempotencyKey: null }
  const headers = { apikey: key, 'x-supabase-api-version': '2024-01-01' }
  return request(bare, { ...call, url: base + path, credentials: 'omit', headers, explain }, schema)
}

/** What no word of a refusal says: without a token, a 401 is about the key. */
const REFUSED = { 401: 'forbidden' } as const

/** A sign-up is also refused by functions of the project's own, which have no codes. */
const SIGN_UP_REFUSED = { ...REFUSED, 400: 'signup_rejected', 403: 'signup_rejected', 422: 'signup_rejected' } as const

/** A call of nobody's. */
function askAsNobody<Data>(
  project: SupabaseProject,
  context: CallContext,
  call: SupabaseRequest,
  schema: z.ZodMiniType<Data>,
) {
  return ask(project, { ...context, token: null }, { meanings: REFUSED, ...call }, schema)
}

export async function signUp(
  project: SupabaseProject,
  { email, password, username: _none, remember: _here, logIn = true, user_metadata = {}, ...root }: SignUpInput,
  context: CallContext,
): Promise<SignInAnswer> {
  // A new account's nulls would be stored.
  const given = Object.entries(dataOf({ user_metadata, root })).filter(([, value]) => value !== null)
  const { emailRedirectTo } = project
  const query = emailRedirectTo === null ? '' : `?redirect_to=${encodeURIComponent(emailRedirectTo)}`
  const body = { email, password, data: Object.fromEntries(given) }
  const call = { method: 'POST', path: `/signup${query}`, body, meanings: SIGN_UP_REFUSED } as const
  const { data: answer } = await askAsNobody(project, context, call, z.union([sessionSchema, userSchema]))
  if (!('access_token' in answer)) {
    // Whether the account is new is not said: for an address that has one, GoTrue makes up a person.
    const asked = profileFrom({ id: '', email, user_metadata: body.data })
    return { ...asked, tokens: null, needsVerification: true }
  }
  const profile = profileFrom(answer.user)
  if (logIn) return { ...profile, tokens: tokensFrom(answer, context) }
  // GoTrue signs in whether asked to or not. What stays open where this fails is a session that nobody has the key to.
  await logOut(project, { ...context, token: answer.access_token }).catch(() => {})
  return { ...profile, tokens: null }
}

export async function logIn(
  project: SupabaseProject,
  { identifier, password }: Credentials,
  context: CallContext,
): Promise<SignInAnswer> {
  const call = { method: 'POST', path: '/token?grant_type=password', body: { email: identifier, password } } as const
  const { data } = await askAsNobody(project, context, call, sessionSchema)
  return { ...profileFrom(data.user), tokens: tokensFrom(data, context) }
}

/** New tokens for a refresh token, which is then as good as used. */
export async function refresh(project: SupabaseProject, refreshToken: string, context: CallContext): Promise<Tokens> {
  const body = { refresh_token: refreshToken }
  const call = { method: 'POST', path: '/token?grant_type=refresh_token', body } as const
  const { data } = await askAsNobody(project, context, call, sessionSchema)
  return tokensFrom(data, context)
}

/** Ends this session alone; those of other devices go on. */
export async function logOut(project: SupabaseProject, context: CallContext): Promise<void> {
  if (context.token === null) return
  await ask(project, context, { method: 'POST', path: '/logout?scope=local', body: {} }, noContentSchema)
}

export async function getSession(project: SupabaseProject, context: CallContext): Promise<VersionedProfile | null> {
  return context.token === null ? null : getProfile(project, context)
}

export async function getProfile(project: SupabaseProject, context: CallContext): Promise<VersionedProfile> {
  const { data } = await ask(project, context, { method: 'GET', path: '/user' }, userSchema)
  return profileFrom(data)
}

export async function patchProfile(
  project: SupabaseProject,
  patch: ProfilePatch,
  context: CallContext,
): Promise<VersionedProfile> {
  const { data } = await ask(
    project,
    context,
    { method: 'PUT', path: '/user', body: { data: dataOf(patch) } },
    userSchema,
  )
  return profileFrom(data)
}

function tokensFrom(session: z.infer<typeof sessionSchema>, { now }: CallContext): Tokens {
  const { access_token, expires_in, refresh_token } = session
  return {
    accessToken: access_token,
    refreshToken: refresh_token ?? null,
    // By the clock of this computer, which need not be the server's.
    expiresAt: expires_in === undefined ? null : now() + expires_in * 1000,
  }
}
