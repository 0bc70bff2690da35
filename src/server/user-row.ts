// An account's row in the database, and the account it stands for.
import { isJsonObject, type JsonObject } from '../contract/json.ts'
import { ROOT_ATTRIBUTES } from '../contract/profile.ts'
import type { UsersTable } from './database.ts'
import { attributesOf } from './root-attributes.ts'
import type { User } from './users.ts'

export const COLUMNS = [
  'id',
  'email',
  'email_verified',
  'username',
  'password_hash',
  'user_metadata',
  'app_metadata',
  'version',
  'created_at',
  'updated_at',
  ...ROOT_ATTRIBUTES,
] as const

export type UserRow = Pick<UsersTable, (typeof COLUMNS)[number]>

export function userOf(row: UserRow): User {
  return {
    id: row.id,
    email: row.email,
    email_verified: row.email_verified === 1,
    password_hash: row.password_hash,
    username: row.username,
    attributes: attributesOf(row),
    user_metadata: objectOf(row.user_metadata),
    app_metadata: objectOf(row.app_metadata),
    version: row.version,
    created_at: row.created_at,
    updated_at: row.updated_at,
  }
}

function objectOf(text: string): JsonObject {
  const value: unknown = JSON.parse(text)
  return isJsonObject(value) ? value : {}
}
