// One call: given up when the caller says so, or when it takes too long.
import type { CallContext } from '../contract/backend.ts'
import { LatchkeyError } from '../contract/errors.ts'
import type { ClientEnvironment } from './client-environment.ts'
import { reading } from './reading.ts'

export interface CallOptions {
  /** Aborts the call; it then rejects with `aborted`. */
  readonly signal?: AbortSignal | undefined
}

export interface Caller {
  call<Result>(
    options: CallOptions,
    send: (context: CallContext) => Promise<Result>,
    idempotencyKey?: string | null,
  ): Promise<Result>
  /** What reads is sent again where that can help. */
  readAgain<Result>(context: CallContext, send: (context: CallContext) => Promise<Result>): Promise<Result>
}

export function createCaller(environment: ClientEnvironment, timeout: number): Caller {
  /** Waits, unless the call is given up meanwhile. */
  function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const cancel = environment.startTimer(resolve, milliseconds)
      signal.addEventListener('abort', () => {
        cancel()
        resolve()
      })
    })
  }

  return {
    async call({ signal }, send, idempotencyKey = null) {
      const controller = new AbortController()
      const cancel = environment.startTimer(
        () => controller.abort(new LatchkeyError('timeout', `no answer within ${timeout} ms`)),
        timeout,
      )
      const forward = () => controller.abort()
      signal?.addEventListener('abort', forward)
      try {
        if (signal?.aborted) throw new LatchkeyError('aborted', 'the call was aborted before it was sent')
        const { fetch, now } = environment
        return await send({ fetch, now, signal: controller.signal, token: null, idempotencyKey })
      } finally {
        cancel()
        signal?.removeEventListener('abort', forward)
      }
    },
    readAgain: (context, send) =>
      reading(
        () => send(context),
        (milliseconds) => pause(milliseconds, context.signal),
      ),
  }
}
