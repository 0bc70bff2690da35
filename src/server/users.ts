// Accounts in the database: made once, read, and changed by compare-and-swap on their version.
import { randomUUID } from 'node:crypto'
import type { JsonObject } from '../contract/json.ts'
import { isJsonObject } from '../contract/json.ts'
import { type Profile, ROOT_ATTRIBUTES } from '../contract/profile.ts'
import type { AccountDatabase } from './database.ts'
import { attributesOf, presentAttributes, type RootAttributes } from './root-attributes.ts'

/** The part of an account that its person may set. */
export interface OwnValues {
  readonly attributes: RootAttributes
  readonly user_metadata: JsonObject
}

/** An account as the server reads it; the hash never leaves this folder. */
export interface User extends OwnValues {
  readonly id: string
  readonly email: string
  readonly email_verified: boolean
  readonly password_hash: string
  readonly version: number
  readonly created_at: string
  readonly updated_at: string
}

const COLUMNS = [
  'id',
  'email',
  'email_verified',
  'password_hash',
  'user_metadata',
  'version',
  'created_at',
  'updated_at',
  ...ROOT_ATTRIBUTES,
] as const

export interface Users {
  /** The new account, or null when its e-mail address is taken. */
  create(email: string, passwordHash: string, values: OwnValues): Promise<User | null>
  byEmail(email: string): Promise<User | null>
  byId(id: string): Promise<User | null>
  /** Stores values if the account still has the version they were computed from; null when it has moved on. */
  swapProfile(user: User, values: OwnValues): Promise<User | null>
}

export function createUsers(database: AccountDatabase, now: () => number): Users {
  const select = () => database.selectFrom('users').select(COLUMNS)
  const found = (row: Row | undefined) => (row ? userOf(row) : null)
  return {
    async create(email, passwordHash, { attributes, user_metadata }) {
      const time = new Date(now()).toISOString()
      const row = await database
        .insertInto('users')
        .values({
          id: randomUUID(),
          email,
          email_key: email.toLowerCase(),
          email_verified: 0,
          password_hash: passwordHash,
          user_metadata: JSON.stringify(user_metadata),
          app_metadata: '{}',
          version: 1,
          created_at: time,
          updated_at: time,
          ...attributes,
        })
        // The unique address decides between two who sign up at once: the second writes nothing.
        .onConflict((conflict) => conflict.column('email_key').doNothing())
        .returning(COLUMNS)
        .executeTakeFirst()
      return found(row)
    },
    byEmail: async (email) => found(await select().where('email_key', '=', email.toLowerCase()).executeTakeFirst()),
    byId: async (id) => found(await select().where('id', '=', id).executeTakeFirst()),
    async swapProfile(user, { attributes, user_metadata }) {
      const row = await database
        .updateTable('users')
        .set({
          ...attributes,
          user_metadata: JSON.stringify(user_metadata),
          version: user.version + 1,
          updated_at: new Date(now()).toISOString(),
        })
        .where('id', '=', user.id)
        .where('version', '=', user.version)
        .returning(COLUMNS)
        .executeTakeFirst()
      return found(row)
    },
  }
}

/** What a person may see of their account. */
export function profileOf(user: User): Profile {
  const { id, email, email_verified, attributes, created_at, updated_at, user_metadata } = user
  return { id, email, email_verified, ...presentAttributes(attributes), created_at, updated_at, user_metadata }
}

/** The profile's entity tag. */
export function etagOf(user: User): string {
  return `"v${user.version}"`
}

interface Row extends RootAttributes {
  readonly id: string
  readonly email: string
  readonly email_verified: number
  readonly password_hash: string
  readonly user_metadata: string
  readonly version: number
  readonly created_at: string
  readonly updated_at: string
}

function userOf(row: Row): User {
  const metadata: unknown = JSON.parse(row.user_metadata)
  return {
    id: row.id,
    email: row.email,
    email_verified: row.email_verified === 1,
    password_hash: row.password_hash,
    attributes: attributesOf(row),
    user_metadata: isJsonObject(metadata) ? metadata : {},
    version: row.version,
    created_at: row.created_at,
    updated_at: row.updated_at,
  }
}
