// A request that may send a mail to an address, whoever has it: nothing in the answer tells whether anybody does.
import { asIssues } from '../contract/issues.ts'
import { emailIssue } from '../fields/credentials.ts'
import type { AccountContext } from './account-context.ts'
import type { AccountMail } from './account-mail.ts'
import { invalid } from './problems.ts'
import { bodyOf, unknownKeysOf } from './requests.ts'

/** Answers 202 and does the work beside it, where the time it takes is not seen either. */
export async function mailRequest(
  request: Request,
  mail: AccountMail,
  { limits }: Pick<AccountContext, 'limits'>,
  work: (email: string) => Promise<void>,
): Promise<Response> {
  const body = await bodyOf(request)
  if (body instanceof Response) return body
  const { email } = body.value
  const issue = emailIssue(email)
  const issues = asIssues([...unknownKeysOf(body.value, ['email']), ...(issue ? [issue] : [])])
  if (issues) return invalid(issues)
  const attempt = await limits.attempt('mail', request, String(email))
  if (attempt.refusal) return attempt.refusal
  mail.beside(() => work(String(email)))
  return new Response(null, { status: 202 })
}
