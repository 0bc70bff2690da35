// The memory server's calls that make an account, begin and end a session, and get a forgotten password back.
import { randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { isJsonObject, type JsonObject } from '../../src/contract/json.ts'
import { type Context, problem, profileAnswer, refused, signedIn, tokenOf, unauthenticated } from './memory-answers.ts'
import { inherit, metadataIssues, signUpIssues, unknownKeys } from './memory-rules.ts'
import { end, next } from './memory-tokens.ts'

/** Wrong log-ins of one address from one place before the limit. */
const MAX_GUESSES = 10

export async function signUp(body: JsonObject, _request: Request, context: Context): Promise<Response> {
  const { has, store, discreet } = context
  const { email, password, user_metadata = {} } = body
  if (typeof email !== 'string' || typeof password !== 'string') return problem('invalid_request', 400)
  if (password.length < 8 && !has('weak passwords are taken')) {
    const errors = [{ code: 'password_weak', pointer: '/password' } as const]
    return problem('password_weak', 422, has('weak passwords are refused without a place') ? [] : errors)
  }
  inherit(user_metadata, context)
  const metadata = isJsonObject(user_metadata) ? user_metadata : {}
  const issues = [
    ...usernameIssues(body, context),
    ...metadataIssues(user_metadata, context),
    ...unknownKeys(metadata, context),
    ...signUpIssues(metadata, context),
  ]
  if (issues.length > 0) return refused(issues)
  const taken = store.byEmail(email, has('addresses differ by case'))
  const username = typeof body.username === 'string' ? body.username : null
  const isNameTaken = username !== null && store.byUsername(username, has('user names differ by case')) !== undefined
  if (has('sign-up looks first and writes later')) await setImmediate()
  if (taken) {
    if (!discreet) return problem('user_exists', 409, [{ code: 'user_exists', pointer: '/email' }])
    return waiting(has('a taken address is told under protection') ? { known: true } : {})
  }
  if (isNameTaken) return problem('username_taken', 409, [{ code: 'username_taken', pointer: '/username' }])
  const kept = Object.fromEntries(Object.entries(metadata).filter(([, value]) => value !== null))
  const account = store.add(email, username, password, kept)
  if (discreet) {
    store.mails.set(email, randomUUID())
    return waiting({})
  }
  const status = has('sign-up answers 200') ? 200 : 201
  const answer = signedIn(account, context, status, body.session, { status: 'created' })
  if (!has('sign-up leaves the metadata out')) return answer
  const short = profileAnswer({ ...account, user_metadata: {} }, context, 201)
  for (const cookie of answer.headers.getSetCookie()) short.headers.append('set-cookie', cookie)
  return short
}

function usernameIssues({ username }: JsonObject, { usernames }: Context) {
  if (usernames === (username !== undefined)) return []
  return [{ code: usernames ? 'required' : 'unknown_field', pointer: '/username' } as const]
}

function byName(identifier: string, { has, store, usernames }: Context) {
  return usernames && !has('a user name is no identifier') ? store.byUsername(identifier, false) : undefined
}

function waiting(extra: JsonObject): Response {
  return Response.json({ status: 'needs_verification', ...extra }, { status: 202 })
}

export function logIn(body: JsonObject, _request: Request, context: Context): Response {
  const { has, store, discreet, from } = context
  const { identifier, password, session } = body
  if (typeof identifier !== 'string' || typeof password !== 'string') return problem('invalid_request', 400)
  if (session !== undefined && context.session !== 'both')
    return refused([{ code: 'invalid_value', pointer: '/session' }])
  const place = `${has('the limit is on the account') ? '' : from} ${identifier}`
  const guesses = store.guesses.get(place) ?? 0
  if (guesses >= MAX_GUESSES && !has('guesses have no limit')) {
    return problem('rate_limited', 429, [], has('a limit has no Retry-After') ? {} : { 'retry-after': '60' })
  }
  const account = store.byEmail(identifier, has('addresses differ by case')) ?? byName(identifier, context)
  if (!account && has('an unknown address is told')) return problem('not_found', 401)
  if (!account || account.password !== password || (discreet && !account.email_verified)) {
    store.guesses.set(place, guesses + 1)
    return problem('invalid_credentials', has('a wrong password is 403') && account ? 403 : 401)
  }
  return signedIn(account, context, 200, session)
}

export function logOut(_body: JsonObject, request: Request, context: Context): Response {
  const token = tokenOf(request, context)
  if (token !== null && !context.has('sessions outlive log-out')) {
    context.store.sessions.delete(token)
    end(token, context)
  }
  const headers = { 'set-cookie': 'sid=; Max-Age=0; Path=/' }
  const byCookie = context.session !== 'bearer' && !request.headers.has('authorization')
  return new Response(null, { status: 204, ...(byCookie && { headers }) })
}

export function refreshSession({ refresh_token }: JsonObject, _request: Request, context: Context): Response {
  if (context.session !== 'both') return problem('not_found', 404)
  const session = typeof refresh_token === 'string' ? next(refresh_token, context) : null
  return session ? Response.json({ session }) : unauthenticated(context)
}

export function forgotPassword({ email }: JsonObject, _request: Request, { has, store }: Context): Response {
  const known = typeof email === 'string' && store.byEmail(email) !== undefined
  if (known) store.mails.set(email, randomUUID())
  else if (has('an unknown address is told when a password is forgotten')) return problem('not_found', 404)
  return new Response(null, { status: 202 })
}

export function resetPassword(body: JsonObject, _request: Request, { has, store }: Context): Response {
  const { token, password } = body
  const email = [...store.mails].find(([, sent]) => sent === token)?.[0]
  const account = email === undefined ? undefined : store.byEmail(email)
  if (!account || email === undefined || typeof password !== 'string') return problem('invalid_request', 422)
  if (!has('a token works twice')) store.mails.delete(email)
  account.password = password
  store.commit()
  if (!has('a reset keeps sessions'))
    for (const [session, id] of store.sessions) if (id === account.id) store.sessions.delete(session)
  return new Response(null, { status: 204 })
}

export function verifyEmail({ token }: JsonObject, _request: Request, { store }: Context): Response {
  const email = [...store.mails].find(([, sent]) => sent === token)?.[0]
  const account = email === undefined ? undefined : store.byEmail(email)
  if (!account) return problem('invalid_request', 422)
  account.email_verified = true
  store.commit()
  return new Response(null, { status: 204 })
}
