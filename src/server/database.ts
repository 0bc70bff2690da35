// The database behind the account server: its tables as types, and which kind an address asks for.
import { randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'
import { openPostgresql } from './postgresql.ts'
import type { RootAttributes } from './root-attributes.ts'
import { openSqlite } from './sqlite.ts'

/** The root attributes are columns of their own, null where the person gave none. */
export interface UsersTable extends RootAttributes {
  readonly id: string
  readonly email: string
  /** The address in lower case: one account for each, whatever case it is typed in. */
  readonly email_key: string
  readonly email_verified: number
  /** Null where there is none. */
  readonly username: string | null
  /** The name in lower case, as of the address. */
  readonly username_key: string | null
  readonly password_hash: string
  /** JSON as text, not as a database's own type, which would reorder keys and round numbers. */
  readonly user_metadata: string
  /** JSON as text. */
  readonly app_metadata: string
  /** Goes up by one with every change; the profile's ETag. */
  readonly version: number
  readonly created_at: string
  readonly updated_at: string
}

export interface SessionsTable {
  /** SHA-256 of the session's token in hexadecimal; the token itself is with the person only. */
  readonly token_hash: string
  readonly user_id: string
  readonly created_at: string
  readonly expires_at: string
}

/** Hashes are SHA-256 in hexadecimal; the tokens themselves are with the person only. */
export interface BearerSessionsTable {
  /** Hash of what all refresh tokens of the session begin with. */
  readonly id: string
  readonly user_id: string
  /** Hash of the refresh token that is good. */
  readonly refresh_hash: string
  /** Hash of its successor, from when it is handed out until it or its access token is used. */
  readonly next_hash: string | null
  /** What the successor is derived with, together with the token before it. */
  readonly next_salt: string | null
  readonly created_at: string
  readonly expires_at: string
}

export interface AccessTokensTable {
  readonly token_hash: string
  readonly session_id: string
  /** Hash of the refresh token it was handed out with. */
  readonly refresh_hash: string
  readonly expires_at: string
}

/** What a request with an `Idempotency-Key` came to; neither the key, nor the body, nor a token. */
export interface IdempotencyKeysTable {
  /** Keyed hash of the key and of what it is for. */
  readonly key_hash: string
  /** Keyed hash of the body. */
  readonly body_hash: string
  readonly status: number
  /** The code of a refusal. */
  readonly code: string | null
  readonly user_id: string | null
  readonly expires_at: string
}

export interface SecretsTable {
  readonly name: string
  /** 256 random bits in base64url, or a private key as a JSON Web Key. */
  readonly value: string
}

/** What a person was given at the Auth0-compatible door that is good for more than one request. */
export interface Auth0GrantsTable {
  /** The first half of the token, which finds it. */
  readonly id: string
  readonly kind: 'code' | 'ticket' | 'session' | 'refresh_token'
  /** SHA-256 of the second half in hexadecimal. */
  readonly secret_hash: string
  /** When it was used up. */
  readonly used_at: string | null
  /** One for everything that came of one log-in. */
  readonly login_id: string
  readonly user_id: string
  readonly client_id: string
  /** What it stands for, as JSON. */
  readonly details: string
  readonly expires_at: string
}

/** How often something was tried, under a keyed hash of who tried what. */
export interface RateLimitsTable {
  readonly key: string
  readonly points: number
  readonly expires_at: string
}

/** What a token in a mail is good for. */
export interface MailTokensTable {
  /** SHA-256 in hexadecimal; the token itself is in the mail only. */
  readonly token_hash: string
  readonly kind: 'signUp' | 'verify' | 'reset' | 'change'
  /** Null where there is no account yet. */
  readonly user_id: string | null
  /** Where the mail went, and the same in lower case. */
  readonly email: string
  readonly email_key: string
  /** What was asked for, as JSON. */
  readonly details: string
  readonly expires_at: string
}

export interface Tables {
  readonly users: UsersTable
  readonly sessions: SessionsTable
  readonly bearer_sessions: BearerSessionsTable
  readonly access_tokens: AccessTokensTable
  readonly idempotency_keys: IdempotencyKeysTable
  readonly secrets: SecretsTable
  readonly auth0_grants: Auth0GrantsTable
  readonly rate_limits: RateLimitsTable
  readonly mail_tokens: MailTokensTable
}

export type AccountDatabase = Kysely<Tables>

export interface OpenDatabase {
  readonly database: AccountDatabase
  readonly close: () => Promise<void>
}

/**
 * Opens the SQLite file of a `file:` address or the PostgreSQL database of a `postgres:` one, and brings its tables
 * up to date. `secret` is the same for all servers of the database. Throws TypeError for another kind of address.
 */
export async function openDatabase(databaseUrl: string): Promise<OpenDatabase & { readonly secret: Buffer }> {
  const opened = await openKind(databaseUrl)
  try {
    const secret = await sharedSecret(opened.database, 'idempotency', randomSecret)
    return { ...opened, secret: Buffer.from(secret, 'base64url') }
  } catch (error) {
    await opened.close()
    throw error
  }
}

async function openKind(databaseUrl: string): Promise<OpenDatabase> {
  const [scheme] = (typeof databaseUrl === 'string' && /^[\w+.-]*:/.exec(databaseUrl)) || [null]
  if (scheme === 'file:') return openSqlite(databaseUrl)
  if (scheme === 'postgres:' || scheme === 'postgresql:') return openPostgresql(databaseUrl)
  // Nothing after the scheme is repeated: an address holds a password.
  throw new TypeError(
    `databaseUrl ${scheme === null ? 'without a scheme' : `"${scheme}…"`}: must be a file or PostgreSQL address; write "file:data/latchkey.db" or "postgres://user:password@host/database"`,
  )
}

/** A secret that all servers of a database share, made by the first that asks for it. */
export async function sharedSecret(
  database: AccountDatabase,
  name: string,
  make: () => string | Promise<string>,
): Promise<string> {
  const find = () => database.selectFrom('secrets').select('value').where('name', '=', name)
  const found = await find().executeTakeFirst()
  if (found) return found.value
  await database
    .insertInto('secrets')
    .values({ name, value: await make() })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute()
  return (await find().executeTakeFirstOrThrow()).value
}

export function randomSecret(): string {
  return randomBytes(32).toString('base64url')
}
