// What a request asks of a person's own values, held to the server's rules and the site's, and what would then be stored.
import { asIssues, type Issue, type Issues, pointerTo } from '../contract/issues.ts'
import { isJsonObject, type JsonObject } from '../contract/json.ts'
import { ROOT_ATTRIBUTES, type RootAttribute } from '../contract/profile.ts'
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
import { usernameAfter } from './usernames.ts'
import type { OwnValues } from './users.ts'

export type OwnValuesResult =
  | { readonly ok: true; readonly values: OwnValues }
  | { readonly ok: false; readonly issues: Issues }

/** Who asks: the person about themselves, or the site's own servers about anyone. */
export type Actor = 'self' | 'management'

/** The values after a request; `stored` is null on creation. All or nothing: one issue in either part refuses both. */
export async function ownValuesAfter(
  body: JsonObject,
  stored: OwnValues | null,
  actor: Actor,
  context: Pick<AccountContext, 'fields' | 'unknownKeys' | 'deniedAttributes' | 'usernames' | 'now'>,
): Promise<OwnValuesResult> {
  const denied = deniedIn(body, context.deniedAttributes)
  const given = Object.fromEntries(
    Object.entries(givenAttributes(body)).filter(([name]) => !denied.some((attribute) => attribute === name)),
  )
  const name = usernameAfter(body, stored, actor, context.usernames)
  const broken: readonly Issue[] = [
    ...name.issues,
    ...(actor === 'self' ? denied : []).map(
      (name) => ({ code: 'denied_field_name', pointer: pointerTo(name) }) as const,
    ),
    ...attributeIssues(given),
  ]
  const attributes = stored?.attributes ?? NO_ATTRIBUTES
  const checked = await guardAsync(context.fields, {
    patch: body.user_metadata,
    root: given,
    stored: stored?.user_metadata ?? null,
    storedRoot: presentAttributes(attributes),
    // The site's servers keep values that no form asks for.
    unknownKeys: actor === 'management' ? 'allow' : context.unknownKeys,
    now: context.now(),
    actor,
  })
  if (!checked.ok) {
    // A field's rules judge a broken attribute once more: one place, one issue.
    const others = checked.issues.filter(({ pointer }) => !broken.some((issue) => issue.pointer === pointer))
    return { ok: false, issues: asIssues([...broken, ...others]) ?? checked.issues }
  }
  const issues = asIssues(broken)
  if (issues) return { ok: false, issues }
  return {
    ok: true,
    values: {
      username: name.username,
      attributes: attributesAfter(attributes, checked.root),
      user_metadata: metadataAfter(stored?.user_metadata ?? {}, body.user_metadata, checked.patch),
    },
  }
}

/** The root attributes a body names although the site stores none of them. */
export function deniedIn(body: JsonObject, denied: readonly RootAttribute[]): readonly RootAttribute[] {
  return ROOT_ATTRIBUTES.filter((name) => denied.includes(name) && Object.hasOwn(body, name))
}

/** Metadata after a patch. Only what was sent can clear: a patch that a check left nothing of changes nothing. */
export function metadataAfter(stored: JsonObject, sent: unknown, patch: JsonObject | null): JsonObject {
  if (!patch) return stored
  const clears = isJsonObject(sent) && Object.keys(sent).length === 0
  // On creation a null means "no value" here as in an update.
  return mergeMetadata(clears ? {} : stored, patch)
}
