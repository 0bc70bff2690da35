// The calls to look through one's own sessions and end them, and to take one's own data along.
import { type AccountContext, personOf, profileBody, unauthenticated } from './account-context.ts'
import { problem } from './problems.ts'

export async function listSessions(request: Request, context: AccountContext): Promise<Response> {
  const user = await personOf(request, context)
  if (!user) return unauthenticated(request, context)
  const { cookie, sessionList } = context
  const current = await sessionList.current(request, cookie.name)
  return Response.json({ sessions: await sessionList.list(user.id, current) })
}

export async function endSession(request: Request, id: string, context: AccountContext): Promise<Response> {
  const user = await personOf(request, context)
  if (!user) return unauthenticated(request, context)
  if (!(await context.sessionList.end(user.id, id))) return problem('not_found', 'You have no session of this id.')
  return new Response(null, { status: 204 })
}

/** All but the one that asks. */
export async function endOtherSessions(request: Request, context: AccountContext): Promise<Response> {
  const user = await personOf(request, context)
  if (!user) return unauthenticated(request, context)
  const { cookie, sessionList } = context
  await sessionList.endOthers(user.id, await sessionList.current(request, cookie.name))
  return new Response(null, { status: 204 })
}

/** Everything the person may see that is kept about them, as a file. */
export async function exportAccount(request: Request, context: AccountContext): Promise<Response> {
  const user = await personOf(request, context)
  if (!user) return unauthenticated(request, context)
  const { cookie, sessionList } = context
  const sessions = await sessionList.list(user.id, await sessionList.current(request, cookie.name))
  const headers = { 'content-disposition': 'attachment; filename="account.json"' }
  return Response.json({ ...profileBody(user, context), sessions }, { headers })
}
