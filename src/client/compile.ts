// From intents to the one patch a backend with root-merge metadata understands.

import type { ProfileChanges } from '../contract/backend.ts'
import type { Capabilities } from '../contract/capabilities.ts'
import { LatchkeyError } from '../contract/errors.ts'
import type { Intents } from '../contract/intents.ts'
import { asIssues } from '../contract/issues.ts'
import type { JsonValue } from '../contract/json.ts'
import type { NamePolicy } from '../contract/names.ts'
import { attributeIssues, metadataIssues, sizeIssue } from '../fields/metadata.ts'

/**
 * The patch that does what the intents say and nothing more, or null when there is nothing to send.
 * An empty `user_metadata`, which would clear everything, is built for a `clear` intent only.
 * Throws LatchkeyError with the code of the first rule an intent breaks; nothing is left out silently.
 */
export function compile(intents: Intents, capabilities: Capabilities, policy: NamePolicy): ProfileChanges | null {
  const metadata = new Map<string, JsonValue>()
  const root = new Map<string, JsonValue>()
  let clears = false
  for (const intent of intents) {
    if (intent.action === 'clear') clears = true
    else (intent.target === 'root' ? root : metadata).set(intent.key, intent.action === 'set' ? intent.value : null)
  }
  if (clears && metadata.size > 0) {
    throw new TypeError('intents: "clear" stands alone; send it first and the other intents in a second save')
  }
  const user_metadata = Object.fromEntries(metadata)
  const attributes = Object.fromEntries(root)
  const size = sizeIssue(user_metadata, capabilities.maxMetadataBytes)
  const issues = asIssues([
    ...metadataIssues(user_metadata, policy),
    ...attributeIssues(attributes),
    ...(size ? [size] : []),
  ])
  if (issues)
    throw new LatchkeyError(issues[0].code, `${issues[0].pointer} breaks a rule; nothing was sent`, { issues })
  const changes: ProfileChanges = {
    ...((clears || metadata.size > 0) && { user_metadata }),
    ...(root.size > 0 && { root: attributes }),
  }
  return Object.keys(changes).length > 0 ? changes : null
}
