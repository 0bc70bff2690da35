// Runs the conformance cases against a server of the account contract, whatever language it is written in.
import type { JsonObject } from '../contract/json.ts'
import type { Run } from './accounts.ts'
import { type CaseResult, CaseStopped, type Check, type ConformanceCase, NotRun } from './case.ts'
import { CASES } from './cases.ts'
import { type Facts, learn } from './facts.ts'
import { type ConformanceHooks, lent } from './hooks.ts'
import { createProbe } from './probe.ts'
import { createSecrets } from './secrets.ts'

export interface ConformanceOptions {
  /** Base address of the account calls, such as `http://localhost:3000/account`. */
  readonly endpoint: string
  /**
   * The `Origin` that requests carry; the server has to let it in.
   * @default the endpoint's own
   */
  readonly origin?: string
  /** @default the global one */
  readonly fetch?: typeof globalThis.fetch
  readonly hooks?: ConformanceHooks
  /**
   * Numbers of the cases to run.
   * @default all
   */
  readonly only?: readonly number[]
  /** Metadata keys that the server takes, where it does not take every name. */
  readonly keys?: readonly string[]
  /** Metadata that every sign-up needs here. */
  readonly valid?: JsonObject
  /** Standard attributes that every sign-up needs here, such as `{ given_name: 'Ada' }`. */
  readonly attributes?: JsonObject
  /**
   * What sign-up takes as values of metadata.
   * @default 'strings' where `GET {endpoint}/config` has limits for sign-up, else 'json'
   */
  readonly signUpValues?: 'json' | 'strings'
  /**
   * Waits that many seconds where the server asks for it.
   * @default a timer
   */
  readonly wait?: (seconds: number) => Promise<void>
}

export interface Conformance {
  readonly endpoint: string
  /** What the run learned about the server beforehand. */
  readonly facts: Facts
  readonly cases: readonly CaseResult[]
  readonly passed: number
  readonly failed: number
  readonly notRun: number
  /** Accounts that are still there, as no hook took them away. */
  readonly left: readonly string[]
}

/**
 * Runs the cases one after another, each with accounts of its own, so that it can run again and again.
 * Rejects with ConformanceError where nothing can be checked; throws TypeError for a wrong option.
 *
 * @example
 * const { failed } = await runConformance({ endpoint: 'http://localhost:3000/account' })
 */
export async function runConformance(options: ConformanceOptions): Promise<Conformance> {
  const { only, keys = [], signUpValues = null } = options
  const chosen = chosenCases(only)
  const run = begin(options)
  const facts = await learn(run, { keys, signUpValues })
  const cases: CaseResult[] = []
  const lean = { ...run, valid: facts.base, usernames: facts.usernames }
  for (const one of chosen) cases.push(await runCase(one, lean, facts, only !== undefined))
  const count = (outcome: CaseResult['outcome']) => cases.filter((result) => result.outcome === outcome).length
  const { endpoint } = run.connection
  const totals = { passed: count('passed'), failed: count('failed'), notRun: count('not run') }
  return { endpoint, facts, cases, ...totals, left: await cleanUp(run) }
}

function chosenCases(only: readonly number[] | undefined): readonly ConformanceCase[] {
  const unknown = only?.find((number) => !CASES.some((one) => one.number === number))
  if (unknown !== undefined)
    throw new TypeError(`only: there is no case ${unknown}; use numbers from 1 to ${CASES.length}`)
  return only ? CASES.filter(({ number }) => only.includes(number)) : CASES
}

function begin(options: ConformanceOptions): Run {
  const { hooks = {}, valid = {}, attributes = {} } = options
  const url = URL.canParse(options.endpoint) ? new URL(options.endpoint) : null
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash)
    throw new TypeError(
      `endpoint ${JSON.stringify(options.endpoint)}: must be an http(s) address; write "http://localhost:3000/account"`,
    )
  const origin = options.origin ?? url.origin
  if (!URL.canParse(origin) || new URL(origin).origin !== origin)
    throw new TypeError(`origin ${JSON.stringify(origin)}: must be an origin without a path; write "${url.origin}"`)
  const connection = {
    endpoint: url.href.replace(/\/+$/, ''),
    origin,
    fetch: options.fetch ?? globalThis.fetch,
    wait: options.wait ?? ((seconds) => new Promise<void>((resolve) => setTimeout(resolve, seconds * 1000))),
    secrets: createSecrets(),
  }
  return { connection, hooks, valid, attributes, usernames: false, made: new Map() }
}

async function runCase(one: ConformanceCase, run: Run, facts: Facts, asked: boolean): Promise<CaseResult> {
  const { number, title, tag } = one
  const checks: Check[] = []
  const notRun: string[] = []
  try {
    await one.run(createProbe(run, facts, asked, { checks, notRun }))
  } catch (error) {
    if (error instanceof NotRun) notRun.push(error.message)
    else if (error instanceof CaseStopped) checks.push(error.check)
    else throw error
  }
  const outcome = checks.length === 0 ? 'not run' : checks.every(({ passed }) => passed) ? 'passed' : 'failed'
  return { number, title, tag, outcome, checks, notRun }
}

/** Takes away what the run made; answers with what stays. */
async function cleanUp({ hooks, made }: Run): Promise<readonly string[]> {
  const { removeAccount } = hooks
  if (!removeAccount) return [...made.keys()]
  const left: string[] = []
  for (const [email, id] of made) {
    try {
      await lent('removeAccount', () => removeAccount({ email, id }))
    } catch (error) {
      if (!(error instanceof NotRun)) throw error
      left.push(email)
    }
  }
  return left
}
