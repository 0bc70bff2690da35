// A person as Auth0's clients know them: the user of the Management API, and the claims about them.
import type { JsonObject } from '../contract/json.ts'
import { ROOT_ATTRIBUTES } from '../contract/profile.ts'
import type { AccountContext } from './account-context.ts'
import type { Auth0Context } from './auth0-context.ts'
import { profileOf, type User } from './users.ts'

const PREFIX = 'auth0|'

/** The id that Auth0's clients know a person by. */
export function subjectOf({ id }: Pick<User, 'id'>): string {
  return PREFIX + id
}

/** The account's own id, or null for a name that is none of ours. No id has NUL, which PostgreSQL takes in no text. */
export function idOf(subject: string): string | null {
  return subject.startsWith(PREFIX) && !subject.includes('\0') ? subject.slice(PREFIX.length) : null
}

/** What Auth0 knows of everyone: there nobody is without a name and a nickname. */
function attributesOf(user: User, { deniedAttributes }: AccountContext) {
  const profile = profileOf(user, deniedAttributes)
  const { email, name = email, nickname = email.replace(/@.*$/, '') } = profile
  const given = ROOT_ATTRIBUTES.flatMap((attribute) => {
    const value = profile[attribute]
    return value === undefined ? [] : [[attribute, value] as const]
  })
  return { ...Object.fromEntries(given), email, name, nickname }
}

/** A user of the Management API; `user_metadata` is absent when empty, as there. */
export function managedUserOf(user: User, { accounts, settings }: Auth0Context, withAppMetadata: boolean): JsonObject {
  const { email_verified, username, created_at, updated_at, user_metadata, app_metadata } = user
  return {
    ...attributesOf(user, accounts),
    email_verified,
    ...(username !== null && { username }),
    created_at,
    updated_at,
    user_id: subjectOf(user),
    identities: [{ connection: settings.connection, provider: 'auth0', user_id: user.id, isSocial: false }],
    ...(Object.keys(user_metadata).length > 0 && { user_metadata }),
    ...(withAppMetadata && Object.keys(app_metadata).length > 0 && { app_metadata }),
  }
}

/** The claims that scopes open (OpenID Connect Core 1.0, 5.4). */
export function claimsOf(user: User, scopes: readonly string[], { accounts }: Auth0Context): JsonObject {
  const { email, ...others } = attributesOf(user, accounts)
  const { phone_number, ...profile }: JsonObject = others
  return {
    sub: subjectOf(user),
    ...(scopes.includes('profile') && { ...profile, updated_at: user.updated_at }),
    ...(scopes.includes('email') && { email, email_verified: user.email_verified }),
    ...(scopes.includes('phone') && phone_number !== undefined && { phone_number }),
  }
}
