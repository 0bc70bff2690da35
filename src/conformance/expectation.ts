// What a case expects of an answer, compared facet by facet, so that a report shows what was expected beside what came.
import { isJsonObject, type JsonObject, type JsonValue } from '../contract/json.ts'
import { same } from '../fields/stored.ts'
import type { Check } from './case.ts'
import type { Secrets } from './secrets.ts'
import { type Answer, metadataOf, userOf } from './visitor.ts'

export interface Expectation {
  /** One status, one of several, or any refusal that is the client's fault (4xx). */
  readonly status: number | readonly number[] | 'refused'
  /** The code of the problem details (RFC 9457). */
  readonly code?: string
  /** A place that the problem's `errors` have to name. */
  readonly pointer?: string
  /** The whole `user_metadata` of the answer. */
  readonly metadata?: JsonObject
  /** Root keys of `user_metadata` that the answer has to have, among others. */
  readonly metadataWith?: JsonObject
  readonly id?: JsonValue
  /** A header that has to be there, must not be, or has to list words, in whatever case. */
  readonly headers?: Readonly<Record<string, 'present' | 'absent' | readonly string[]>>
}

interface Facet {
  readonly expected: string
  readonly got: string
  readonly holds: boolean
}

/** Compares an answer with what is expected of it. */
export function judge(answer: Answer, expectation: Expectation, secrets: Secrets): Check {
  const facets = facetsOf(answer, expectation)
  return {
    request: answer.request,
    expected: secrets.hide(facets.map(({ expected }) => expected).join(', ')),
    got: secrets.hide(facets.map(({ got }) => got).join(', ')),
    passed: facets.every(({ holds }) => holds),
  }
}

function facetsOf(answer: Answer, expectation: Expectation): readonly Facet[] {
  const { status, code, pointer, metadata, metadataWith, id, headers = {} } = expectation
  const facets = [statusFacet(answer, status)]
  if (code !== undefined) facets.push(codeFacet(answer, code))
  if (pointer !== undefined) facets.push(pointerFacet(answer, pointer))
  if (metadata) facets.push(metadataFacet(answer, metadata, false))
  if (metadataWith) facets.push(metadataFacet(answer, metadataWith, true))
  if (id !== undefined) facets.push(facet('id', id, userOf(answer)?.id))
  for (const [name, rule] of Object.entries(headers)) facets.push(headerFacet(answer, name, rule))
  return facets
}

function statusFacet({ status }: Answer, rule: Expectation['status']): Facet {
  const got = String(status)
  if (rule === 'refused') return { expected: '4xx', got, holds: status >= 400 && status < 500 }
  const list = typeof rule === 'number' ? [rule] : rule
  return { expected: list.join(' or '), got, holds: list.includes(status) }
}

/** A refusal is told in problem details: the code alone, under another type, is not what clients look for. */
function codeFacet({ headers, json }: Answer, code: string): Facet {
  const [type = ''] = (headers.get('content-type') ?? '').split(';')
  const got = isJsonObject(json) ? json.code : undefined
  return {
    expected: `application/problem+json with code ${code}`,
    got: `${type || 'no content type'} with ${typeof got === 'string' ? `code ${got}` : 'no code'}`,
    holds: type.trim() === 'application/problem+json' && got === code,
  }
}

function pointerFacet({ json }: Answer, pointer: string): Facet {
  const errors = isJsonObject(json) && Array.isArray(json.errors) ? json.errors : []
  const pointers = errors.map((error) => (isJsonObject(error) ? error.pointer : undefined))
  return {
    expected: `errors at ${pointer}`,
    got: pointers.length > 0 ? `errors at ${pointers.map(String).join(' and ')}` : 'no errors',
    holds: pointers.includes(pointer),
  }
}

function metadataFacet(answer: Answer, expected: JsonObject, others: boolean): Facet {
  const whole = metadataOf(answer)
  const kept = others && whole ? Object.fromEntries(Object.entries(whole).filter(([key]) => key in expected)) : whole
  return facet(others ? 'user_metadata with' : 'user_metadata', expected, kept ?? undefined)
}

function facet(name: string, expected: JsonValue, got: JsonValue | undefined): Facet {
  return {
    expected: `${name} ${JSON.stringify(expected)}`,
    got: got === undefined ? `no ${name}` : `${name} ${JSON.stringify(got)}`,
    holds: same(expected, got),
  }
}

function headerFacet({ headers }: Answer, name: string, rule: 'present' | 'absent' | readonly string[]): Facet {
  const value = headers.get(name)
  const got = value === null ? `no ${name}` : `${name}: ${value}`
  if (rule === 'present') return { expected: `a header ${name}`, got, holds: value !== null && value !== '' }
  if (rule === 'absent') return { expected: `no ${name}`, got, holds: value === null }
  const words = (value ?? '').toLowerCase().split(/\s*,\s*/)
  return {
    expected: `${name}: ${rule.join(', ')}`,
    got,
    holds: rule.every((word) => words.includes(word.toLowerCase())),
  }
}
