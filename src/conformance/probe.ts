// What a case has in its hands: people, requests, and a place to say what it expected and what came.
import type { JsonObject, JsonValue } from '../contract/json.ts'
import { enter, limited, type NewAccount, newAccount, type Person, type Run, signUp } from './accounts.ts'
import { type Check, NotRun } from './case.ts'
import { type Expectation, judge } from './expectation.ts'
import { AUTH0_SIGN_UP, type Facts } from './facts.ts'
import { type ConformanceHooks, lent, type Variant } from './hooks.ts'
import { type Answer, createVisitor, logInForTokens, type Sent, type Visitor } from './visitor.ts'

export interface Probe {
  readonly facts: Facts
  readonly hooks: ConformanceHooks
  /** The status of a sign-up that made an account, or may have. */
  readonly created: number | readonly number[]
  /** Whether the run named this case, and so wants it also where it is not the kit's to run. */
  readonly asked: boolean
  /** The endpoint's own origin differs from the one that requests carry. */
  readonly crossOrigin: boolean
  readonly origin: string
  /** Somebody who is not signed in; from elsewhere with a `fetch` of their own. */
  visitor(from?: typeof globalThis.fetch): Visitor
  account(metadata?: JsonObject): NewAccount
  signUp(account: NewAccount, sent?: Sent): Promise<Answer>
  /** Somebody who is signed in to a new account. */
  person(metadata?: JsonObject): Promise<Person>
  /** The same person where a token carries the session; null, and said to be not run, where the server has no such. */
  byToken(person: Person, part: string): Promise<Visitor | null>
  /** Names of keys that take a value and can be removed; ends the case where the server has fewer. */
  keys(count: number): readonly string[]
  /** Name of a key that takes an object; ends the case where the server has none. */
  nestedKey(): string
  /** A value that each key takes. */
  sample(names: readonly string[]): JsonObject
  /** Says what an answer should have been, and whether it was. */
  check(answer: Answer, expectation: Expectation): boolean
  /** Says what more than one answer together should have been. */
  hold(check: Check): void
  /** Says that a part of the case was not run. */
  skip(part: string, reason: string): void
  /** The same case against the server in another configuration, or null where there is none. */
  variant(configuration: Variant): Promise<Probe | null>
}

/** Where a case's words are kept. */
export interface Notes {
  readonly checks: Check[]
  readonly notRun: string[]
}

export function createProbe(run: Run, facts: Facts, asked: boolean, notes: Notes): Probe {
  const { connection, hooks } = run
  const probe: Probe = {
    facts,
    hooks,
    created: facts.verifies ? 202 : 201,
    asked,
    origin: connection.origin,
    crossOrigin: new URL(connection.endpoint).origin !== connection.origin,
    visitor: (fetch = connection.fetch) => createVisitor({ ...connection, fetch }),
    account: (metadata) => newAccount(run, metadata),
    signUp: (account, sent) => signUp(run, createVisitor(connection), account, sent),
    person: (metadata) => enter(run, newAccount(run, metadata)),
    async byToken({ email, password, id }, part) {
      if (facts.noTokens !== null) {
        probe.skip(part, facts.noTokens)
        return null
      }
      const visitor = createVisitor(connection)
      const answer = await (facts.session === 'cookie'
        ? logInForTokens(visitor, email, password)
        : visitor.logIn(email, password))
      probe.check(answer, { status: 200, id })
      const cookie = answer.headers
        .getSetCookie()
        .flatMap((line) => line.split(';', 1))
        .join('; ')
      const told = ' with the cookies of a log-in for tokens'
      if (cookie !== '') probe.check(await createVisitor(connection).me({ cookie }, told), { status: 401 })
      return visitor.session()?.authorization === undefined ? null : visitor
    },
    keys(count) {
      const names = facts.keys.filter(({ removable }) => removable).map(({ name }) => name)
      if (names.length >= count) return names.slice(0, count)
      throw new NotRun(
        `the server holds metadata to a definition; name ${count} of its optional keys with --keys (${names.length} found)`,
      )
    },
    nestedKey() {
      const key = facts.keys.find(({ nested }) => nested)
      if (key) return key.name
      throw new NotRun('the server holds metadata to a definition; name a key of it that takes any object with --keys')
    },
    sample: (names) => Object.fromEntries(names.map((name) => [name, valueFor(facts, name)])),
    check(answer, expectation) {
      if (answer.limited) throw new NotRun(limited(answer))
      const check = judge(answer, expectation, connection.secrets)
      notes.checks.push(check)
      return check.passed
    },
    hold: ({ request, expected, got, passed }) => {
      const { hide } = connection.secrets
      notes.checks.push({ request: hide(request), expected: hide(expected), got: hide(got), passed })
    },
    skip: (part, reason) => {
      notes.notRun.push(`${part}: ${reason}`)
    },
    async variant(configuration) {
      const { variant } = hooks
      const given = variant && (await lent('variant', () => variant(configuration)))
      if (!given) return null
      const endpoint = given.replace(/\/+$/, '')
      const there: Facts =
        configuration === 'stringSignUp' ? { ...facts, signUp: { values: 'strings', ...AUTH0_SIGN_UP } } : facts
      const other = createProbe({ ...run, connection: { ...connection, endpoint } }, there, asked, notes)
      // Nothing was learned about that one: it may ask for a mail, or not.
      return { ...other, created: [201, 202] }
    },
  }
  return probe
}

function valueFor(facts: Facts, name: string): JsonValue {
  return facts.keys.find((key) => key.name === name)?.value ?? 'red'
}
