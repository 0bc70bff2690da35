// Calls in the name of whoever is signed in, whatever proves it.
import type { CallContext, Tokens } from '../contract/backend.ts'

export type Send<Result> = (context: CallContext) => Promise<Result>

export interface SessionCalls {
  /** Keeps what a sign-up or log-in brought, in place of what was there. */
  readonly begin: (tokens: Tokens, remember?: boolean) => void
  /** Makes a call with the token there is; refused, it is made once more with a newer one of the same session, never more. */
  readonly carry: <Result>(context: CallContext, send: Send<Result>) => Promise<Result>
  /** The same for the question who is signed in: null is an answer to it, also when the session is over. */
  readonly ask: <Result>(context: CallContext, send: Send<Result | null>) => Promise<Result | null>
  /** Forgets the tokens at once, and makes the call that ends their session on the server. */
  readonly end: (context: CallContext, send: Send<void>) => Promise<void>
}

/** The browser carries the session by itself. */
export const cookieSession: SessionCalls = {
  begin() {},
  carry: (context, send) => send(context),
  ask: (context, send) => send(context),
  end: (context, send) => send(context),
}
