// Idempotency-Key: a write that is sent again is carried out once, and answered as it was (draft-ietf-httpapi-idempotency-key-header-07).
import { createHmac } from 'node:crypto'
import { type Code, isCode } from '../contract/codes.ts'
import type { AccountDatabase } from './database.ts'
import { problem } from './problems.ts'
import type { Body } from './requests.ts'
import { createUsers, type Users } from './users.ts'

/** How long an outcome is kept, in milliseconds: longer than anyone tries the same form again. */
const KEPT = 24 * 60 * 60 * 1000

/** 1 to 200 visible ASCII characters, taken as they are. */
const KEY = /^[\x21-\x7e]{1,200}$/

/** What a write came to: enough to answer the same again, and no more. */
export interface Outcome {
  readonly status: number
  /** The code of a refusal, or null. */
  readonly code: Code | null
  readonly userId: string | null
}

/** Carries out a write. With a key, it and the record of its outcome are stored together or not at all; null keeps no record. */
export type Write = <Result>(
  work: (users: Users) => Promise<Result>,
  outcomeOf: (result: Result) => Outcome | null,
) => Promise<Result>

export interface Idempotency {
  /**
   * Answers with `first`, or with `again` when the request's key has an outcome already. A key is one for its `scope`,
   * the call and whose it is. Refusals that stored nothing are not kept, so that the same body can be tried again.
   */
  once(
    request: Request,
    scope: string,
    body: Body,
    first: (write: Write) => Promise<Response>,
    again: (outcome: Outcome) => Promise<Response>,
  ): Promise<Response>
}

interface Claim {
  readonly key_hash: string
  readonly body_hash: string
}

/** Another server has carried out a request with the same key meanwhile: what this one wrote is taken back. */
class KeyTakenError extends Error {
  override readonly name = 'KeyTakenError'
}

export function createIdempotency(database: AccountDatabase, secret: Buffer, now: () => number): Idempotency {
  const running = new Map<string, string>()
  const users = createUsers(database, now)
  const unrecorded: Write = (work) => work(users)

  function claimOf(key: string, scope: string, { bytes }: Body): Claim {
    const hash = (...parts: readonly string[]) => createHmac('sha256', secret).update(JSON.stringify(parts)).digest()
    // A body holds a password. Its hash hangs on the key too, which is not stored: whoever reads only the database
    // cannot try passwords against it, quicker than against the password's own slow hash.
    const body_hash = createHmac('sha256', hash('body', key)).update(new Uint8Array(bytes)).digest('hex')
    return { key_hash: hash('key', scope, key).toString('hex'), body_hash }
  }

  async function find({ key_hash }: Claim) {
    const time = new Date(now()).toISOString()
    await database.deleteFrom('idempotency_keys').where('expires_at', '<=', time).execute()
    return database
      .selectFrom('idempotency_keys')
      .select(['body_hash', 'status', 'code', 'user_id'])
      .where('key_hash', '=', key_hash)
      .executeTakeFirst()
  }

  const recorded =
    (claim: Claim): Write =>
    (work, outcomeOf) =>
      database.transaction().execute(async (transaction) => {
        const result = await work(createUsers(transaction, now))
        const outcome = outcomeOf(result)
        if (!outcome) return result
        const { status, code, userId } = outcome
        const expires_at = new Date(now() + KEPT).toISOString()
        const stored = await transaction
          .insertInto('idempotency_keys')
          .values({ ...claim, status, code, user_id: userId, expires_at })
          .onConflict((conflict) => conflict.column('key_hash').doNothing())
          .returning('key_hash')
          .executeTakeFirst()
        if (!stored) throw new KeyTakenError('the key has an outcome already')
        return result
      })

  return {
    async once(request, scope, body, first, again) {
      const key = request.headers.get('idempotency-key')
      if (key === null) return first(unrecorded)
      if (!KEY.test(key)) {
        return problem('invalid_request', 'An Idempotency-Key has 1 to 200 visible ASCII characters.')
      }
      const claim = claimOf(key, scope, body)
      const other = running.get(claim.key_hash)
      if (other !== undefined) return other === claim.body_hash ? inProgress() : reused()
      running.set(claim.key_hash, claim.body_hash)

      const earlier = async () => {
        const found = await find(claim)
        if (!found) return null
        if (found.body_hash !== claim.body_hash) return reused()
        return again({ status: found.status, code: isCode(found.code) ? found.code : null, userId: found.user_id })
      }
      try {
        return (await earlier()) ?? (await first(recorded(claim)))
      } catch (error) {
        if (!(error instanceof KeyTakenError)) throw error
        return (await earlier()) ?? inProgress()
      } finally {
        running.delete(claim.key_hash)
      }
    },
  }
}

function inProgress(): Response {
  const detail = 'A request with this Idempotency-Key is still running; ask again in a second.'
  return problem('request_in_progress', detail, null, { 'retry-after': '1' })
}

function reused(): Response {
  return problem('idempotency_key_reused', 'This Idempotency-Key came with another body; use a new key.')
}
