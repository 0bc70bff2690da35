// Reads a request's body for the memory server as strictly as the contract asks, or as loosely as a switch says.
import type { JsonValue } from '../../src/contract/json.ts'
import { MAX_BODY_BYTES } from '../../src/contract/limits.ts'
import { type Context, problem } from './memory-answers.ts'

/** Deepest body it reads. */
const MAX_DEPTH = 40

export async function readBody(request: Request, { has, store }: Context): Promise<JsonValue | Response> {
  const [type = ''] = (request.headers.get('content-type') ?? '').split(';')
  const isTaken =
    type === 'application/json' ||
    (type === 'text/plain' && has('text/plain is read')) ||
    (type === 'application/merge-patch+json' && has('merge-patch is read'))
  if (!isTaken) {
    const headers: Readonly<Record<string, string>> = has('Accept-Patch is missing')
      ? {}
      : { 'accept-patch': 'application/json' }
    return problem('unsupported_media_type', 415, [], headers)
  }
  const text = await request.text()
  if (has('the log has passwords')) store.log += `${request.url} ${text}\n`
  if (text.length > MAX_BODY_BYTES && !has('large bodies are read')) return problem('payload_too_large', 413)
  if (depthOf(text) > MAX_DEPTH) {
    if (has('deep bodies are an error of the server')) throw new RangeError('Maximum call stack size exceeded')
    return problem('invalid_request', 400)
  }
  try {
    const value: JsonValue = JSON.parse(text)
    const isTwice = keysIn(value) < [...text.matchAll(/"(?:[^"\\]|\\.)*"\s*(:?)/g)].filter(([, colon]) => colon).length
    return isTwice && !has('keys may stand twice') ? problem('invalid_request', 400) : value
  } catch {
    return problem('invalid_request', 400)
  }
}

/** How many keys a parsed value has: one less than its text where one stood twice. */
function keysIn(value: JsonValue): number {
  if (typeof value !== 'object' || value === null) return 0
  const inner = Object.values(value)
  return (Array.isArray(value) ? 0 : inner.length) + inner.reduce<number>((sum, one) => sum + keysIn(one), 0)
}

function depthOf(text: string): number {
  let depth = 0
  let deepest = 0
  for (const letter of text.replace(/"(?:[^"\\]|\\.)*"/g, '')) {
    if (letter === '{' || letter === '[') deepest = Math.max(deepest, ++depth)
    else if (letter === '}' || letter === ']') depth -= 1
  }
  return deepest
}
