// The definition a widget works with: whole already, or checked and completed when a form first needs it.
import { onDemand } from '../client/on-demand.ts'
import type { FieldScreen } from '../fields/definition.ts'
import type { Fields } from '../fields/field.ts'
import type { WrittenFields } from '../fields/written.ts'

/** A definition that is read when a form first needs it, such as one in the HTML of a page. */
export interface UnreadFields {
  /** How many fields the screens show at first, as far as can be told without reading them; 0 for a definition without any. */
  readonly count: number
  /** Rejects with TypeError for a definition that cannot be one. */
  readonly read: () => Promise<WrittenFields>
}

export interface WholeFields {
  /** How many fields a person will see at first on a screen, so that their places can be kept; null where it has none. */
  count(screen: FieldScreen): number | null
  /** The definition as it was written, with its name rules. */
  written(): Promise<Fields | WrittenFields>
  /** Rejects with the TypeError of a wrong definition, or with `network`. */
  whole(): Promise<Fields>
}

/** `accept` may refuse a whole definition by throwing TypeError. */
export function createWholeFields(
  given: Fields | WrittenFields | UnreadFields,
  accept: (fields: Fields) => void,
): WholeFields {
  if ('fields' in given) accept(given)
  const written = onceGot(async () => ('read' in given ? given.read() : given))
  const whole = onceGot(async () => {
    const definition = await written()
    if ('fields' in definition) return definition
    const { checkFields } = await onDemand(() => import('../fields/define.ts'))
    const fields = checkFields(definition.written, definition.policy)
    accept(fields)
    return fields
  })
  return {
    count(screen) {
      if ('read' in given) return given.count || null
      const here = listOf(given).filter(({ screens }) => !Array.isArray(screens) || screens.includes(screen))
      const shown = here.filter(({ type, visibleWhen, signUpStep }) => type !== 'hidden' && !visibleWhen && !signUpStep)
      return here.length > 0 ? shown.length : null
    },
    written,
    whole,
  }
}

function listOf(given: Fields | WrittenFields): readonly Readonly<Partial<Record<string, unknown>>>[] {
  const list: readonly object[] = 'fields' in given ? given.fields : given.written
  return list.map((field) => ({ ...field }))
}

/** Gets it once, and again after a failure. */
function onceGot<Result>(get: () => Promise<Result>): () => Promise<Result> {
  let got: Promise<Result> | null = null
  return async () => {
    got ??= get()
    try {
      return await got
    } catch (error) {
      got = null
      throw error
    }
  }
}
