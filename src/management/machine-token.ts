// The token a site's own server manages a tenant with: asked for with its secret, kept until shortly before its end.

import { explainAuth0 } from '../backends/auth0-errors.ts'
import { tokenAnswerSchema } from '../backends/auth0-shapes.ts'
import type { Caller } from '../client/call.ts'
import { request } from '../client/request.ts'
import type { CallContext } from '../contract/backend.ts'
import { isLatchkeyError, LatchkeyError } from '../contract/errors.ts'

export interface MachineToken {
  /** Makes a call with the token there is; refused, it is made once more with a new one. */
  carry<Result>(context: CallContext, send: (context: CallContext) => Promise<Result>): Promise<Result>
}

export interface MachineTokenOptions {
  readonly url: string
  readonly clientId: string
  readonly clientSecret: string
  readonly audience: string
  readonly call: Caller['call']
}

interface Held {
  readonly token: string
  /** Milliseconds since the epoch. */
  readonly until: number
}

/** Milliseconds before its end from which a token is not used; of a short one a tenth of its time. */
const MARGIN = 60_000

/** Seconds that a token lasts where the tenant does not say (Auth0's default for the Management API). */
const LIFETIME = 86_400

export function createMachineToken({ url, clientId, clientSecret, audience, call }: MachineTokenOptions): MachineToken {
  let held: Held | null = null
  let asking: Promise<Held> | null = null

  /** No caller gives it up: the others wait for the same one. */
  const fetchToken = () =>
    call({}, async (context): Promise<Held> => {
      const body = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret, audience }
      const explain = explainAuth0('machine')
      const { data } = await request(
        context,
        { method: 'POST', url, body, credentials: 'omit', explain },
        tokenAnswerSchema,
      )
      if (!/^bearer$/i.test(data.token_type))
        throw new LatchkeyError('bad_response', 'Auth0 gave a token of another type than "Bearer"', {
          retryable: false,
        })
      const lifetime = (data.expires_in ?? LIFETIME) * 1000
      return { token: data.access_token, until: context.now() + lifetime - Math.min(MARGIN, lifetime / 10) }
    })

  async function renewed(): Promise<Held> {
    asking ??= fetchToken().finally(() => {
      asking = null
    })
    held = await asking
    return held
  }

  return {
    async carry(context, send) {
      const first = held && context.now() < held.until ? held : await renewed()
      try {
        return await send({ ...context, token: first.token })
      } catch (error) {
        if (!isLatchkeyError(error) || error.code !== 'unauthenticated') throw error
        // It was ended before its time, such as by a new secret; what another call has got since is as good as new.
        const second = held && held !== first ? held : await renewed()
        return send({ ...context, token: second.token })
      }
    },
  }
}
