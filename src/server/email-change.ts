// Another e-mail address for an account: confirmed at the new one, and told to the old one.
import type { AccountContext } from './account-context.ts'
import type { AccountMail } from './account-mail.ts'
import { badToken, taken } from './problems.ts'

/** The second half: the mail at the new address was answered. */
export async function confirmChange(
  token: string,
  mail: AccountMail,
  { confirmations }: Pick<AccountContext, 'confirmations'>,
): Promise<Response> {
  const changed = await confirmations.change(token)
  if (changed === null) return badToken()
  if (changed === 'user_exists') return taken(changed)
  mail.send('emailChanged', changed.before)
  return new Response(null, { status: 204 })
}
