// The calls there are where the server sends mail.
import type { Hono } from 'hono'
import { OPTIONAL_PATHS } from '../contract/paths.ts'
import type { AccountContext } from './account-context.ts'
import type { AccountMail } from './account-mail.ts'
import { forgotPassword, resetPassword } from './recovery-calls.ts'
import { methodNotAllowed } from './requests.ts'
import { resendEmail, verifyEmail } from './verification-calls.ts'

const CALLS = [
  [OPTIONAL_PATHS.forgotPassword, forgotPassword],
  [OPTIONAL_PATHS.resetPassword, resetPassword],
  [OPTIONAL_PATHS.verifyEmail, verifyEmail],
  [OPTIONAL_PATHS.resendEmail, resendEmail],
] as const

export function mailCalls(app: Hono, mail: AccountMail, context: AccountContext): void {
  for (const [path, call] of CALLS) {
    app.post(path, ({ req }) => call(req.raw, mail, context))
    app.all(path, ({ req }) => methodNotAllowed(req.raw, 'POST'))
  }
}
