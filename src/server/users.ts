// Accounts in the database: made once, read, and changed by compare-and-swap on their version.
import { randomUUID } from 'node:crypto'
import type { JsonObject } from '../contract/json.ts'
import { type Profile, ROOT_ATTRIBUTES, type RootAttribute } from '../contract/profile.ts'
import type { AccountDatabase } from './database.ts'
import { presentAttributes, type RootAttributes } from './root-attributes.ts'
import { COLUMNS, type UserRow, userOf } from './user-row.ts'
import { usernameKeyOf } from './usernames.ts'
import { isTaken } from './violations.ts'

/** The part of an account that its person may set. */
export interface OwnValues {
  /** As it was typed; null where there is none. */
  readonly username: string | null
  readonly attributes: RootAttributes
  readonly user_metadata: JsonObject
}

/** Everything about an account that can be set. */
export interface AccountValues extends OwnValues {
  readonly email_verified: boolean
  /** The application's values about the person. */
  readonly app_metadata: JsonObject
}

/** An account as the server reads it; the hash never leaves this folder. */
export interface User extends AccountValues {
  readonly id: string
  readonly email: string
  readonly password_hash: string
  readonly version: number
  readonly created_at: string
  readonly updated_at: string
}

export interface UserPage {
  readonly users: readonly User[]
  /** How many there are on all pages. */
  readonly total: number
}

export interface Users {
  /** The new account, or null when its e-mail address or its user name is taken. */
  create(email: string, passwordHash: string, values: AccountValues): Promise<User | null>
  byEmail(email: string): Promise<User | null>
  byUsername(username: string): Promise<User | null>
  byId(id: string): Promise<User | null>
  /** Accounts in the order they were made, from the one at `offset`. */
  list(offset: number, limit: number): Promise<UserPage>
  /**
   * Stores values if the account still has the version they were computed from; null when it has moved on.
   * Rejects with UsernameTakenError when another account has the user name.
   */
  swap(user: User, values: AccountValues): Promise<User | null>
  /** Deletes an account with its sessions; false when there is none. */
  remove(id: string): Promise<boolean>
}

export class UsernameTakenError extends Error {
  override readonly name = 'UsernameTakenError'
}

export function createUsers(database: AccountDatabase, now: () => number): Users {
  const select = () => database.selectFrom('users').select(COLUMNS)
  const found = (row: UserRow | undefined) => (row ? userOf(row) : null)
  const columnsOf = ({ username, attributes, user_metadata, email_verified, app_metadata }: AccountValues) => ({
    username,
    username_key: username === null ? null : usernameKeyOf(username),
    ...attributes,
    email_verified: email_verified ? 1 : 0,
    user_metadata: JSON.stringify(user_metadata),
    app_metadata: JSON.stringify(app_metadata),
  })
  return {
    async create(email, passwordHash, values) {
      const time = new Date(now()).toISOString()
      const row = await database
        .insertInto('users')
        .values({
          id: randomUUID(),
          email,
          email_key: email.toLowerCase(),
          password_hash: passwordHash,
          version: 1,
          created_at: time,
          updated_at: time,
          ...columnsOf(values),
        })
        // Address and name are unique, which decides between two who sign up at once: the second writes nothing.
        .onConflict((conflict) => conflict.doNothing())
        .returning(COLUMNS)
        .executeTakeFirst()
      return found(row)
    },
    byEmail: async (email) => found(await select().where('email_key', '=', email.toLowerCase()).executeTakeFirst()),
    byUsername: async (username) =>
      found(await select().where('username_key', '=', usernameKeyOf(username)).executeTakeFirst()),
    byId: async (id) => found(await select().where('id', '=', id).executeTakeFirst()),
    async list(offset, limit) {
      const rows = await select().orderBy('created_at').orderBy('id').offset(offset).limit(limit).execute()
      const { total } = await database
        .selectFrom('users')
        .select(({ fn }) => fn.countAll<number | string>().as('total'))
        .executeTakeFirstOrThrow()
      return { users: rows.map(userOf), total: Number(total) }
    },
    async swap(user, values) {
      const changed = database
        .updateTable('users')
        .set({ ...columnsOf(values), version: user.version + 1, updated_at: new Date(now()).toISOString() })
        .where('id', '=', user.id)
        .where('version', '=', user.version)
        .returning(COLUMNS)
      try {
        return found(await changed.executeTakeFirst())
      } catch (error) {
        throw isTaken(error) ? new UsernameTakenError('another account has this user name') : error
      }
    },
    async remove(id) {
      const row = await database.deleteFrom('users').where('id', '=', id).returning('id').executeTakeFirst()
      return row !== undefined
    },
  }
}

/** What a person may see of their account; `denied` attributes are never shown, also where an older setting stored them. */
export function profileOf(user: User, denied: readonly RootAttribute[]): Profile {
  const { id, email, email_verified, username, created_at, updated_at, user_metadata } = user
  const attributes = { ...user.attributes }
  for (const name of ROOT_ATTRIBUTES) if (denied.includes(name)) attributes[name] = null
  const given = { ...(username !== null && { username }), ...presentAttributes(attributes) }
  return { id, email, email_verified, ...given, created_at, updated_at, user_metadata }
}

/** The profile's entity tag. */
export function etagOf(user: User): string {
  return `"v${user.version}"`
}
