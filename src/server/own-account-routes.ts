// Where the calls about one's own account are.
import type { Hono } from 'hono'
import { OPTIONAL_PATHS, PATHS } from '../contract/paths.ts'
import type { AccountContext } from './account-context.ts'
import { changeEmail, changePassword, deleteAccount } from './own-account-calls.ts'
import { endOtherSessions, endSession, exportAccount, listSessions } from './own-sessions-calls.ts'
import { methodNotAllowed } from './requests.ts'

export function ownAccountCalls(app: Hono, context: AccountContext): void {
  const { mail } = context
  const one = `${OPTIONAL_PATHS.sessions}/:id` as const
  app.delete(PATHS.profile, ({ req }) => deleteAccount(req.raw, context))
  app.post(OPTIONAL_PATHS.changePassword, ({ req }) => changePassword(req.raw, context))
  app.all(OPTIONAL_PATHS.changePassword, ({ req }) => methodNotAllowed(req.raw, 'POST'))
  if (mail) {
    app.post(OPTIONAL_PATHS.changeEmail, ({ req }) => changeEmail(req.raw, mail, context))
    app.all(OPTIONAL_PATHS.changeEmail, ({ req }) => methodNotAllowed(req.raw, 'POST'))
  }
  app.get(OPTIONAL_PATHS.sessions, ({ req }) => listSessions(req.raw, context))
  app.delete(OPTIONAL_PATHS.sessions, ({ req }) => endOtherSessions(req.raw, context))
  app.all(OPTIONAL_PATHS.sessions, ({ req }) => methodNotAllowed(req.raw, 'GET, HEAD, DELETE'))
  app.delete(one, ({ req }) => endSession(req.raw, req.param('id'), context))
  app.all(one, ({ req }) => methodNotAllowed(req.raw, 'DELETE'))
  app.get(OPTIONAL_PATHS.exportAccount, ({ req }) => exportAccount(req.raw, context))
  app.all(OPTIONAL_PATHS.exportAccount, ({ req }) => methodNotAllowed(req.raw, 'GET, HEAD'))
}
