// Sign-ups that wait for their mail to be answered: no account yet, so that nobody can take one in somebody else's name.
import { isJsonObject, type JsonObject } from '../contract/json.ts'
import type { AccountContext } from './account-context.ts'
import type { AccountMail } from './account-mail.ts'
import type { Write } from './idempotency.ts'
import { MAIL_TOKEN_HOURS } from './mail-tokens.ts'
import { taken } from './problems.ts'
import { attributesAfter, NO_ATTRIBUTES } from './root-attributes.ts'
import type { OwnValues, User } from './users.ts'

/** What a sign-up asked for. */
interface WaitingSignUp {
  readonly passwordHash: string
  readonly values: OwnValues
}

/**
 * Keeps a sign-up until its mail is answered, in place of an earlier one with the same address. The same work and the
 * same answer where there is an account: its owner is told, and what was kept leads nowhere, as nobody gets its token.
 */
export async function awaitVerification(
  email: string,
  password: string,
  values: OwnValues,
  write: Write,
  mail: AccountMail,
  { passwords, tokens, users }: AccountContext,
): Promise<Response> {
  const { username } = values
  if (username !== null && (await users.byUsername(username))) return taken('username_taken')
  const waiting: WaitingSignUp = { passwordHash: await passwords.hash(password), values }
  const user = await users.byEmail(email)
  await tokens.endWaiting('signUp', email)
  const token = await tokens.make({ kind: 'signUp', userId: null, email, details: JSON.stringify(waiting) })
  if (user?.email_verified) mail.send('signUpAgain', user.email)
  else if (token !== null) mail.send('verify', email, { screen: 'verifyEmail', token, hours: MAIL_TOKEN_HOURS.signUp })
  return write(
    async () => needsVerification(),
    () => ({ status: 202, code: null, userId: null }),
  )
}

export function needsVerification(): Response {
  return Response.json({ status: 'needs_verification' }, { status: 202 })
}

/** What a sign-up asked for that was kept as JSON. */
export function waitingSignUp(details: string): WaitingSignUp {
  const { passwordHash, values }: JsonObject = objectIn(JSON.parse(details))
  const { username = null, attributes, user_metadata } = objectIn(values)
  return {
    passwordHash: String(passwordHash),
    values: {
      username: typeof username === 'string' ? username : null,
      attributes: attributesAfter(NO_ATTRIBUTES, objectIn(attributes)),
      user_metadata: objectIn(user_metadata),
    },
  }
}

function objectIn(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {}
}

/**
 * Whether this is the password of somebody whose address is not verified and has to be. A password of a sign-up that waits
 * is looked at for everyone, also beside an account: who has one cannot be found out by signing up in their name.
 */
export async function isUnverified(
  user: User | null,
  isRight: boolean,
  identifier: string,
  password: string,
  { passwords, tokens, verification }: AccountContext,
): Promise<boolean> {
  if (verification !== 'required') return false
  const waiting = await tokens.waiting('signUp', identifier)
  const isWaiting = await passwords.verify(waiting && waitingSignUp(waiting.details).passwordHash, password)
  return isRight ? user !== null && !user.email_verified : isWaiting
}
