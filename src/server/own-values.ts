// What a request asks of a person's own values, held to the server's rules and the site's, and what would then be stored.
import { asIssues, type Issues } from '../contract/issues.ts'
import { isJsonObject, type JsonObject } from '../contract/json.ts'
import { guardAsync } from '../fields/guard.ts'
import { mergeMetadata } from '../fields/merge.ts'
import type { AccountContext } from './account-context.ts'
import {
  attributeIssues,
  attributesAfter,
  givenAttributes,
  NO_ATTRIBUTES,
  presentAttributes,
} from './root-attributes.ts'
import type { OwnValues } from './users.ts'

export type OwnValuesResult =
  | { readonly ok: true; readonly values: OwnValues }
  | { readonly ok: false; readonly issues: Issues }

/** The values after a request; `stored` is null on creation. All or nothing: one issue in either part refuses both. */
export async function ownValuesAfter(
  body: JsonObject,
  stored: OwnValues | null,
  context: Pick<AccountContext, 'fields' | 'unknownKeys' | 'now'>,
): Promise<OwnValuesResult> {
  const given = givenAttributes(body)
  const broken = attributeIssues(given)
  const attributes = stored?.attributes ?? NO_ATTRIBUTES
  const checked = await guardAsync(context.fields, {
    patch: body.user_metadata,
    root: given,
    stored: stored?.user_metadata ?? null,
    storedRoot: presentAttributes(attributes),
    unknownKeys: context.unknownKeys,
    now: context.now(),
    actor: 'self',
  })
  if (!checked.ok) {
    // A field's rules judge a broken attribute once more: one place, one issue.
    const others = checked.issues.filter(({ pointer }) => !broken.some((issue) => issue.pointer === pointer))
    return { ok: false, issues: asIssues([...broken, ...others]) ?? checked.issues }
  }
  const issues = asIssues(broken)
  if (issues) return { ok: false, issues }
  const metadata = stored?.user_metadata ?? {}
  // Only what the person sent can clear: a patch that the guard left nothing of changes nothing.
  const kept = isEmpty(body.user_metadata) ? {} : metadata
  return {
    ok: true,
    values: {
      attributes: attributesAfter(attributes, checked.root),
      // On creation a null means "no value" here as in an update.
      user_metadata: checked.patch ? mergeMetadata(kept, checked.patch) : metadata,
    },
  }
}

function isEmpty(value: unknown): boolean {
  return isJsonObject(value) && Object.keys(value).length === 0
}
