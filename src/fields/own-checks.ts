// The checks that only the site's code can make: `validate` and a Standard Schema.
import { type Issue, pointerTo } from '../contract/issues.ts'
import { isJsonObject, type JsonValue } from '../contract/json.ts'
import type { ValuesContext, Verdict } from './definition.ts'
import { type Field, functionsOf } from './field.ts'
import { isMissing } from './rules.ts'

/** An issue, none, or the promise of one, where the site's check takes its time. */
export type Finding = Issue | null | Promise<Issue | null>

/** What the site's own checks say of a value that is there, and of the values inside it. */
export function ownFindings(
  field: Field,
  value: JsonValue | undefined,
  pointer: string,
  context: ValuesContext,
): readonly Finding[] {
  if (value === undefined || isMissing(field, value)) return []
  const inner = insideOf(field, value).flatMap(([child, key, part]) =>
    ownFindings(child, part, pointer + pointerTo(key), context),
  )
  return [...ownFinding(field, value, pointer, context), ...inner]
}

/** What the site's own checks of one field say of its value, and nothing about what is inside. */
export function ownFinding(
  field: Field,
  value: JsonValue | undefined,
  pointer: string,
  context: ValuesContext,
): readonly Finding[] {
  if (value === undefined || isMissing(field, value)) return []
  const { validate, schema } = functionsOf(field)
  return [
    ...(validate
      ? [
          findingOf(
            () => validate(value, context),
            (verdict) => issueOf(verdict, pointer),
            pointer,
          ),
        ]
      : []),
    ...(schema ? [schemaFinding(schema, value, pointer)] : []),
  ]
}

function insideOf(field: Field, value: JsonValue): readonly (readonly [Field, string, JsonValue | undefined])[] {
  const { item } = field
  if (field.type === 'list' && item && Array.isArray(value))
    return value.map((entry, index) => [item, String(index), entry] as const)
  if (field.type !== 'group' || !isJsonObject(value)) return []
  return field.fields.map(
    (child) => [child, child.name, Object.hasOwn(value, child.name) ? value[child.name] : undefined] as const,
  )
}

/** False never passes; a text is shown as it is. */
function issueOf(verdict: Verdict, pointer: string): Issue | null {
  if (verdict === false) return { code: 'refused', pointer }
  return typeof verdict === 'string' && verdict !== '' ? { code: 'refused', pointer, text: verdict } : null
}

function schemaFinding(
  schema: NonNullable<ReturnType<typeof functionsOf>['schema']>,
  value: JsonValue,
  pointer: string,
): Finding {
  return findingOf(
    () => schema['~standard'].validate(value),
    ({ issues }) => {
      const [first] = issues ?? []
      if (!first) return null
      const keys = (first.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part))
      return { code: 'refused', pointer: pointer + pointerTo(...keys), text: first.message }
    },
    pointer,
  )
}

/** A check that breaks says nothing about the value, so the value does not pass; asking again is up to the person. */
function findingOf<Answer>(
  ask: () => Answer | Promise<Answer>,
  read: (answer: Answer) => Issue | null,
  pointer: string,
): Finding {
  const failed: Issue = { code: 'check_failed', pointer }
  try {
    const answer = ask()
    return answer instanceof Promise ? answer.then(read).catch(() => failed) : read(answer)
  } catch {
    return failed
  }
}
