// A run of the cases as text for people: one line a case, and for a failed one the request, what was expected and what came.
import type { CaseResult, Check, Outcome } from './case.ts'
import type { Facts } from './facts.ts'
import type { Conformance } from './run.ts'

/** How the word for an outcome is shown: as it is, or in a terminal's colour. */
export type Paint = (outcome: Outcome, word: string) => string

/** The report, with a line break at its end. */
export function conformanceReport(result: Conformance, paint: Paint = (_, word) => word): string {
  const { endpoint, facts, cases, passed, failed, notRun, left } = result
  const lines = [
    `Conformance of ${printable(endpoint)}`,
    factsLine(facts),
    '',
    ...cases.flatMap((one) => caseLines(one, paint)),
    '',
    `${passed} passed, ${failed} failed, ${notRun} not run`,
  ]
  if (left.length > 0)
    lines.push(`${left.length} accounts conformance-…@example.com stay; the hook removeAccount takes them away`)
  return `${lines.join('\n')}\n`
}

function factsLine({ session, noTokens, signUp, usernames, open, keys, verifies }: Facts): string {
  const cookie = noTokens === null ? 'cookie, or by a token where a log-in asks for it' : 'cookie'
  return [
    `Sessions are carried by a ${session === 'cookie' ? cookie : 'token'}`,
    signUp.values === 'json' ? 'sign-up takes any JSON' : `sign-up takes ${signUp.maxFields} texts`,
    ...(usernames ? ['accounts have user names'] : []),
    open
      ? 'metadata takes any name'
      : `metadata takes ${keys.map(({ name }) => printable(name)).join(', ') || 'no key that was named'}`,
    ...(verifies ? ['sign-up is answered by mail'] : []),
  ].join('; ')
}

function caseLines({ number, title, tag, outcome, checks, notRun }: CaseResult, paint: Paint): readonly string[] {
  const word = paint(outcome, outcome.padEnd(7))
  return [
    `${String(number).padStart(2)} ${word} ${tag.padEnd(8)} ${title}`,
    ...checks.filter((check) => !check.passed).flatMap(checkLines),
    ...notRun.map((reason) => `     ${outcome === 'not run' ? '' : 'not run: '}${printable(reason)}`),
  ]
}

function checkLines({ request, expected, got }: Check): readonly string[] {
  return [`request   ${request}`, `expected  ${expected}`, `got       ${got}`].map((line) => `     ${printable(line)}`)
}

/** What a server answers must not be able to move a terminal's cursor or add lines. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, (letter) => {
    return `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}
