// Sign-up with Auth0: an account is made once, also where the answer was lost, and then logged in to.
import type { CallContext, SignInAnswer, SignUpInput } from '../contract/backend.ts'
import type { Code } from '../contract/codes.ts'
import { isLatchkeyError, type LatchkeyError } from '../contract/errors.ts'
import { type Profile, profileOf } from '../contract/profile.ts'
import { logIn } from './auth0-calls.ts'
import { explainAuth0 } from './auth0-errors.ts'
import { type Auth0Server, ask, remember } from './auth0-server.ts'
import { signUpAnswerSchema } from './auth0-shapes.ts'

/** What a form of the site's own cannot ask, and the log-in page can. */
const FOR_THE_PAGE: readonly Code[] = ['mfa_required', 'captcha_required']

/** Makes an account, and logs in to it where a form can. */
export async function signUp(server: Auth0Server, input: SignUpInput, context: CallContext): Promise<SignInAnswer> {
  const { email, username, password, logIn: logsIn = true } = input
  const { account, doubt } = await madeOnce(server, input, context)
  if (doubt && (!logsIn || server.redirectOnly)) throw doubt
  const signedOut = { user: account ?? asked(input), version: null, tokens: null }
  if (!logsIn) return signedOut
  if (server.redirectOnly) return { ...signedOut, needsRedirect: true }
  try {
    return await logIn(server, { identifier: username ?? email, password }, context)
  } catch (error) {
    if (!isLatchkeyError(error)) throw error
    if (doubt && error.code === 'invalid_credentials') throw doubt
    // Nobody knows how it would have ended: the next try goes on from here.
    if (error.status === null || error.status >= 500) throw error
    if (error.code === 'email_unverified') return { ...signedOut, needsVerification: true }
    if (server.redirectOnly !== null && FOR_THE_PAGE.includes(error.code)) return { ...signedOut, needsRedirect: true }
    return { ...signedOut, refused: error }
  }
}

/**
 * The account of this attempt, made now or by the try before. Auth0 knows no idempotency keys: where the answer of that
 * one was lost, an account that is there by now may be this very one. Then there is a doubt, and the password decides.
 */
async function madeOnce(
  server: Auth0Server,
  input: SignUpInput,
  context: CallContext,
): Promise<{ readonly account: Profile | null; readonly doubt: LatchkeyError | null }> {
  const { signUps } = server.memory
  const key = context.idempotencyKey ?? ''
  const before = signUps.get(key)
  if (before) return { account: before, doubt: null }
  try {
    const account = await make(server, input, context)
    remember(signUps, key, account)
    return { account, doubt: null }
  } catch (error) {
    if (!isLatchkeyError(error)) throw error
    const { code, status } = error
    if (before === null && (code === 'user_exists' || code === 'signup_rejected'))
      return { account: null, doubt: error }
    if (status === null || status >= 500) remember(signUps, key, null)
    throw error
  }
}

async function make(server: Auth0Server, input: SignUpInput, context: CallContext): Promise<Profile> {
  const { base, clientId, connection } = server
  const { logIn: _logIn, remember: _remember, ...account } = input
  const { data } = await ask(
    context,
    {
      ...{ method: 'POST', url: `${base}/dbconnections/signup`, meanings: { 401: 'forbidden' } },
      body: { client_id: clientId, connection, ...account },
      explain: explainAuth0('signUp'),
    },
    signUpAnswerSchema,
  )
  return profileOf(data)
}

/** What was asked for, where nobody has seen the account itself. */
function asked({
  password: _password,
  logIn: _logIn,
  remember: _remember,
  user_metadata = {},
  ...root
}: SignUpInput): Profile {
  return { id: '', email_verified: false, ...root, user_metadata }
}
