// From intents to the one patch a backend with root-merge metadata understands.
import type { Capabilities } from '../contract/capabilities.ts'
import { asIssues } from '../contract/codes.ts'
import { LatchkeyError } from '../contract/errors.ts'
import type { Intents } from '../contract/intents.ts'
import type { JsonObject, JsonValue } from '../contract/json.ts'
import type { NamePolicy } from '../contract/names.ts'
import { metadataIssues, sizeIssue } from '../fields/metadata.ts'

/**
 * The patch that does what the intents say and nothing more, or null when there is nothing to send.
 * An empty object, which would clear everything, is built for a `clear` intent only.
 * Throws LatchkeyError with the code of the first rule an intent breaks; nothing is left out silently.
 */
export function compile(intents: Intents, capabilities: Capabilities, policy: NamePolicy): JsonObject | null {
  const entries = new Map<string, JsonValue>()
  let clears = false
  for (const intent of intents) {
    if (intent.action === 'clear') clears = true
    else entries.set(intent.key, intent.action === 'set' ? intent.value : null)
  }
  if (clears && entries.size > 0) {
    throw new TypeError('intents: "clear" stands alone; send it first and the other intents in a second save')
  }
  if (entries.size === 0) return clears ? {} : null
  const patch = Object.fromEntries(entries)
  const size = sizeIssue(patch, capabilities.maxMetadataBytes)
  const issues = asIssues([...metadataIssues(patch, policy), ...(size ? [size] : [])])
  if (issues)
    throw new LatchkeyError(issues[0].code, `${issues[0].pointer} breaks a rule; nothing was sent`, { issues })
  return patch
}
