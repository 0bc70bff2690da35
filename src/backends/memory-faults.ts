// What can go wrong between a page and its server, for tests that want to see what a person sees then.
import type { JsonObject } from '../contract/json.ts'

/** The calls of a backend, by the names they have there. */
export type MemoryCall = 'signUp' | 'logIn' | 'refresh' | 'logOut' | 'getSession' | 'getProfile' | 'patchProfile'

/**
 * One way to fail. `offline`, `reset` and `hang` happen before the server has done anything, `droppedAfterCommit`, `cutBody`,
 * `hangAfterCommit` and `slow` after it has; pages instead of an answer mean that it was never reached.
 * `otherWriter` is no failure: somebody else saves first.
 */
export type Fault =
  | { readonly kind: 'offline' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'droppedAfterCommit' }
  | { readonly kind: 'cutBody' }
  | { readonly kind: 'hang' }
  | { readonly kind: 'hangAfterCommit' }
  | { readonly kind: 'slow'; readonly milliseconds: number }
  | { readonly kind: 'html502' }
  | { readonly kind: 'html200' }
  | { readonly kind: 'redirect' }
  | { readonly kind: 'empty200' }
  /** `retryAfter` in seconds, or as a date. */
  | { readonly kind: 'rateLimited'; readonly retryAfter: number | Date }
  | { readonly kind: 'unavailable'; readonly retryAfter: number | Date }
  | { readonly kind: 'otherWriter'; readonly user_metadata: JsonObject }

export interface FaultTime {
  /** @default every call */
  readonly call?: MemoryCall
  /**
   * Which of these calls fails first, counted from now.
   * @default 1
   */
  readonly nth?: number
  /**
   * How many of them fail, one after the other.
   * @default 1
   */
  readonly times?: number
  /**
   * Milliseconds since the epoch, before which nothing fails.
   * @default 0
   */
  readonly from?: number
}

export interface Faults {
  /** Lets a call fail. */
  plan(fault: Fault, time?: FaultTime): void
  /** The fault of a call that is made now, or null. */
  next(call: MemoryCall, now: number): Fault | null
  /** Forgets every fault that was planned. */
  heal(): void
}

export function createFaults(): Faults {
  interface Planned extends Required<Omit<FaultTime, 'call'>> {
    readonly fault: Fault
    readonly call: MemoryCall | null
    seen: number
  }
  let planned: readonly Planned[] = []
  return {
    plan(fault, { call, nth = 1, times = 1, from = 0 } = {}) {
      planned = [...planned, { fault, call: call ?? null, nth, times, from, seen: 0 }]
    },
    next(call, now) {
      let due: Fault | null = null
      for (const one of planned) {
        if ((one.call !== null && one.call !== call) || now < one.from) continue
        one.seen += 1
        if (one.seen >= one.nth && one.seen < one.nth + one.times) due ??= one.fault
      }
      return due
    },
    heal() {
      planned = []
    },
  }
}

/** The answer of a server or a box in between that did not understand the request, or null where the fault is another. */
export function answerOf(fault: Fault): Response | null {
  const html = (status: number) => new Response('<!doctype html><title>Log in</title>', { status })
  const later = (status: number, retryAfter: number | Date) =>
    new Response('', {
      status,
      headers: { 'retry-after': typeof retryAfter === 'number' ? String(retryAfter) : retryAfter.toUTCString() },
    })
  switch (fault.kind) {
    case 'html502':
      return html(502)
    case 'html200':
      return html(200)
    case 'redirect':
      return new Response(null, { status: 302, headers: { location: '/login' } })
    case 'empty200':
      return new Response('')
    case 'rateLimited':
      return later(429, fault.retryAfter)
    case 'unavailable':
      return later(503, fault.retryAfter)
    default:
      return null
  }
}

/** An answer that ends before it is whole. */
export function cutBody(answer: Response): Response {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"user":{"id"'))
      controller.error(new TypeError('terminated'))
    },
  })
  return new Response(body, { status: answer.status, headers: answer.headers })
}
