// Log-in on the account system's own page: what has to be kept in the tab until the browser is back, and what happens then.
import * as z from 'zod/mini'
import type { Backend, LogInRedirect, SignInAnswer } from '../contract/backend.ts'
import { LatchkeyError } from '../contract/errors.ts'
import { isJsonObject, type JsonObject } from '../contract/json.ts'
import type { Caller, CallOptions } from './call.ts'
import type { SignedIn } from './client.ts'
import type { ClientEnvironment } from './client-environment.ts'

export interface RedirectOptions extends CallOptions {
  /** Who is about to log in, as far as is known: filled in on the other page. */
  readonly identifier?: string
}

export interface RedirectParts {
  readonly backend: Backend
  readonly environment: ClientEnvironment
  readonly call: Caller['call']
  /** Signs in whoever a log-in has brought. */
  readonly take: (answer: SignInAnswer, options: CallOptions) => Promise<SignedIn>
}

/** Milliseconds after which nobody is expected back. */
const HOUR = 60 * 60 * 1000

const keptSchema = z.object({ until: z.number(), proof: z.custom<JsonObject>(isJsonObject) })

/** Keeps what the way back is checked against, and answers with the address to go to. */
export async function startRedirect(
  parts: RedirectParts,
  { identifier, ...options }: RedirectOptions,
): Promise<string> {
  const { backend, environment, call } = parts
  const page = environment.location()
  if (!backend.redirect || page === null) {
    throw new LatchkeyError(
      'unsupported',
      'startRedirect(): there is no log-in page to go to, or no page to come back to',
    )
  }
  const { start } = backend.redirect
  const wish = { page, ...(identifier !== undefined && { identifier }) }
  const { address, proof } = await call(options, (context) => start(wish, context))
  environment.storage.write(keyOf(backend), JSON.stringify({ until: environment.now() + HOUR, proof }))
  return address
}

/** Signs in whoever came back to this page, or answers null where nobody did. */
export async function finishRedirect(parts: RedirectParts, options: CallOptions): Promise<SignedIn | null> {
  const { backend, environment, call, take } = parts
  const address = environment.location()
  const found = backend.redirect && address !== null ? keptFor(backend, backend.redirect, address, environment) : null
  if (!found) return null
  const { redirect, proof, from } = found
  // What the address says is good for one use: by nobody who comes later, and by nobody whom it is shown to.
  environment.storage.write(keyOf(backend), null)
  environment.replaceAddress(withoutAnswer(from))
  return take(await call(options, (context) => redirect.finish(from, proof, context)), options)
}

function keptFor(backend: Backend, redirect: LogInRedirect, from: string, { storage, now }: ClientEnvironment) {
  const { success, data } = keptSchema.safeParse(parsed(storage.read(keyOf(backend)) ?? ''))
  if (!success || data.until < now() || !redirect.isReturn(from, data.proof)) return null
  return { redirect, proof: data.proof, from }
}

function keyOf(backend: Backend): string {
  return `latchkey redirect ${backend.id} ${backend.address('logIn')}`
}

/** The page's own address, without what the log-in page has put behind it (RFC 6749, 4.1.2; RFC 9207). */
function withoutAnswer(address: string): string {
  const url = new URL(address)
  for (const name of ['code', 'state', 'iss', 'error', 'error_description']) url.searchParams.delete(name)
  return url.href
}

/** A page's storage is in anyone's reach. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
