// What a sign-up that takes texts only cannot carry: kept for this person's first log-in, and for a day at most.
import type { Keeping, SignUpOverflow } from '../contract/backend.ts'
import type { SignUpValues } from '../contract/capabilities.ts'
import { isJsonObject, type JsonObject } from '../contract/json.ts'
import { codePoints } from '../contract/limits.ts'
import { sha256 } from '../fields/text-hash.ts'

const DAY = 24 * 60 * 60 * 1000

/** `id` is the backend's; the same person elsewhere is someone else. */
export function createOverflow(id: string, values: SignUpValues, { storage, now }: Keeping): SignUpOverflow {
  // Nobody reads an e-mail address out of the page's storage.
  const keyOf = (email: string) => `latchkey ${id} ${sha256(email.trim().toLowerCase())}`
  return {
    split(metadata) {
      if (values.type === 'json') return { carried: metadata, following: {} }
      const fits = Object.entries(metadata)
        .filter(([, value]) => typeof value === 'string' && codePoints(value) <= values.maxSignUpValueLength)
        .filter(([name]) => codePoints(name) <= values.maxNameLength)
        .slice(0, values.maxSignUpFields)
      const carried: JsonObject = Object.fromEntries(fits)
      const rest = Object.entries(metadata).filter(([name]) => !Object.hasOwn(carried, name))
      return { carried, following: Object.fromEntries(rest) }
    },
    keep(email, following) {
      if (values.type === 'json') return
      const isNone = Object.keys(following).length === 0
      storage.write(keyOf(email), isNone ? null : JSON.stringify({ until: now() + DAY, following }))
    },
    kept(email) {
      const text = values.type === 'json' ? null : storage.read(keyOf(email))
      if (text === null) return {}
      const found = parsed(text)
      if (!isJsonObject(found) || !isJsonObject(found.following)) return {}
      if (Number(found.until) > now()) return found.following
      storage.write(keyOf(email), null)
      return {}
    },
  }
}

/** A page's storage is in anyone's reach: what is no JSON is nothing of ours. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
