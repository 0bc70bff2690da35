// The calls about one's own profile: reading it, and changing root attributes and user_metadata in one save.
import { asIssues } from '../contract/issues.ts'
import { ROOT_ATTRIBUTES } from '../contract/profile.ts'
import { type AccountContext, personOf, profileAnswer, unauthenticated } from './account-context.ts'
import { ownValuesAfter } from './own-values.ts'
import { invalid } from './problems.ts'
import { bodyOf, needsOneOf, unknownKeysOf } from './requests.ts'
import { names, save } from './save.ts'
import { etagOf, type User } from './users.ts'

const OWN_KEYS: readonly string[] = [...ROOT_ATTRIBUTES, 'user_metadata']

export async function readProfile(request: Request, context: AccountContext): Promise<Response> {
  const user = await personOf(request, context)
  if (!user) return unauthenticated(request, context)
  const known = request.headers.get('if-none-match')
  if (known !== null && names(known.replaceAll('W/', ''), etagOf(user))) {
    return new Response(null, { status: 304, headers: { etag: etagOf(user) } })
  }
  return profileAnswer(user, context)
}

/**
 * PATCH: replaces the root attributes it names, merges `user_metadata` at the root, where `{}` clears it.
 * All or nothing.
 */
export async function updateProfile(request: Request, context: AccountContext): Promise<Response> {
  const person = await personOf(request, context)
  if (!person) return unauthenticated(request, context)
  const body = await bodyOf(request)
  if (body instanceof Response) return body
  const { idempotency, users } = context
  return idempotency.once(
    request,
    `PATCH ${person.id}`,
    body,
    async (write) => {
      const issues = asIssues([...unknownKeysOf(body.value, OWN_KEYS), ...needsOneOf(body.value, OWN_KEYS)])
      if (issues) return invalid(issues)
      const after = async (user: User) => {
        const own = await ownValuesAfter(body.value, user, 'self', context)
        return own.ok ? ({ ok: true, values: { ...user, ...own.values } } as const) : own
      }
      const saved = await save(person.id, request.headers.get('if-match'), after, write, context)
      if (!saved) return unauthenticated(request, context)
      return saved instanceof Response ? saved : profileAnswer(saved, context)
    },
    async ({ status }) => {
      const user = await users.byId(person.id)
      return user ? profileAnswer(user, context, status) : unauthenticated(request, context)
    },
  )
}
