// The tokens of whoever is signed in, where a page holds them: sent with each call, and renewed by one call at a time.
import type { Backend, CallContext } from '../contract/backend.ts'
import { isLatchkeyError, LatchkeyError } from '../contract/errors.ts'
import type { ClientEnvironment } from './client-environment.ts'
import { oneAtATime } from './lock.ts'
import type { Send, SessionCalls } from './session-calls.ts'
import { checkedTokens, createTokenPlace, type Held, type TokenStorage } from './token-place.ts'

export interface TokenSessionOptions {
  readonly backend: Pick<Backend, 'id' | 'address' | 'refresh' | 'initialTokens'>
  readonly environment: ClientEnvironment
  readonly tokenStorage: TokenStorage
  /** Makes a call that no caller gives up: an answer that nobody waits for has new tokens all the same. */
  readonly call: <Result>(send: Send<Result>) => Promise<Result>
}

/** Milliseconds before its end from which a token is renewed rather than sent. */
const MARGIN = 30_000

export function createTokenSession({ backend, environment, tokenStorage, call }: TokenSessionOptions): SessionCalls {
  const { lock = oneAtATime } = environment
  const { read, write } = createTokenPlace(backend, environment, tokenStorage)

  const begin: SessionCalls['begin'] = (tokens, remember = true) =>
    write(checkedTokens({ ...tokens, remember, session: environment.randomId() }))

  /** What is held now of the same session, or null when it is over here. */
  function latest({ session }: Held): Held | null {
    const held = read()
    return held?.session === session ? held : null
  }

  const isLatest = (held: Held) => latest(held)?.accessToken === held.accessToken

  const inTurn = <Result>({ session }: Held, task: () => Promise<Result>) => lock(`latchkey ${session}`, task)

  async function exchanged(held: Held): Promise<Held> {
    const { refreshToken } = held
    const { refresh } = backend
    if (!refresh || refreshToken === null) throw over()
    const tokens = await call((context) => refresh(refreshToken, context))
    return checkedTokens({ ...held, ...tokens, refreshToken: tokens.refreshToken ?? refreshToken })
  }

  /** Newer tokens than these, from whichever call of whichever tab gets them first. */
  const renewed = (stale: Held) =>
    inTurn(stale, async () => {
      const held = latest(stale)
      if (held && isLatest(stale)) {
        try {
          const fresh = await exchanged(held)
          // Whoever signed in or out meanwhile has the last word.
          if (isLatest(held)) write(fresh)
        } catch (error) {
          if (!isUnauthenticated(error)) throw error
          if (isLatest(held)) write(null)
        }
      }
      const now = latest(stale)
      if (!now) throw over()
      return now
    })

  const isEnding = ({ refreshToken, expiresAt }: Held) =>
    expiresAt !== null && environment.now() > expiresAt - (refreshToken === null ? 0 : MARGIN)

  async function carryAs<Result>(
    held: Held | null,
    context: CallContext,
    send: Send<Result>,
    renew: (stale: Held) => Promise<Held>,
  ): Promise<Result> {
    const sendAs = (now: Held | null) => send({ ...context, token: now?.accessToken ?? null })
    const renewal = (stale: Held) => unlessGivenUp(renew(stale), context.signal)
    const first = held && isEnding(held) ? await renewal(held) : held
    try {
      return await sendAs(first)
    } catch (error) {
      if (!first || !isUnauthenticated(error)) throw error
      // Where its one renewal is spent, there may still be what another call got meanwhile.
      const second = first === held ? await renewal(first) : latest(first)
      if (!second || second.accessToken === first.accessToken) throw error
      return sendAs(second)
    }
  }

  const carry: SessionCalls['carry'] = (context, send) => carryAs(read(), context, send, renewed)

  const initial = read() ? null : backend.initialTokens?.()
  if (initial) begin(initial)
  return {
    begin,
    carry,
    async ask(context, send) {
      try {
        return await carry(context, async (given) => {
          const found = await send(given)
          // Where a token has ended, its session may not have.
          if (found === null && given.token !== null) throw over()
          return found
        })
      } catch (error) {
        if (isUnauthenticated(error)) return null
        throw error
      }
    },
    async end(context, send) {
      const held = read()
      write(null)
      try {
        let last = held
        const sendLast: Send<void> = (given) => send({ ...given, refreshToken: last?.refreshToken ?? null })
        await carryAs(held, context, sendLast, (stale) =>
          inTurn(stale, async () => {
            last = await exchanged(stale)
            return last
          }),
        )
      } catch (error) {
        // What is over already needs no end.
        if (!held || !isUnauthenticated(error)) throw error
      }
    },
  }
}

function isUnauthenticated(error: unknown): boolean {
  return isLatchkeyError(error) && error.code === 'unauthenticated'
}

/** As a server says it, so that a write counts as refused. */
function over(): LatchkeyError {
  return new LatchkeyError('unauthenticated', 'nobody is signed in any more', { status: 401 })
}

/** Waits for work that others wait for, too: giving up does not end it. */
function unlessGivenUp<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const giveUp = () => {
      const { reason } = signal
      reject(isLatchkeyError(reason) ? reason : new LatchkeyError('aborted', 'the call was aborted by the caller'))
    }
    work.then(resolve, reject)
    if (signal.aborted) giveUp()
    else signal.addEventListener('abort', giveUp)
  })
}
