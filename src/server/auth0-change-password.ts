// A forgotten password at the Auth0-compatible door.
import { emailIssue } from '../fields/credentials.ts'
import type { Auth0Context } from './auth0-context.ts'
import { connectionFault, tooManyRequests } from './auth0-errors.ts'
import { bodyOf } from './auth0-requests.ts'
import { requestRefusal } from './auth0-sign-up.ts'
import { sendReset } from './recovery-calls.ts'

/**
 * POST /dbconnections/change_password: the same text whatever the address, and a mail to whoever has an account with it.
 * Where the account server sends no mail, nothing else happens.
 */
export async function changePassword(request: Request, context: Auth0Context): Promise<Response> {
  const read = await bodyOf(request)
  if (!read.ok) return connectionFault(read.detail)
  const refusal = requestRefusal(read.body, context)
  if (refusal) return refusal
  const { email } = read.body
  if (typeof email !== 'string' || emailIssue(email)) return connectionFault('email is required')
  const { limits, mail, tokens, users } = context.accounts
  if (mail) {
    const { refusal: tooMany } = await limits.attempt('mail', request, email)
    if (tooMany) return tooManyRequests(Number(tooMany.headers.get('retry-after')))
    mail.beside(async () => {
      const user = await users.byEmail(email)
      if (user) await sendReset(user, mail, tokens)
    })
  }
  return new Response("We've just sent you an email to reset your password.", {
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  })
}
