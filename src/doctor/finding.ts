// What the doctor says: where something is, what is wrong with it, and what mends it.

/** `error`: it is refused or people cannot use it; `warning`: it works less well than it looks; `note`: good to know. */
export type Level = 'error' | 'warning' | 'note'

export interface Finding {
  readonly level: Level
  /** Place in what the site wrote, such as `fields[2].name`. */
  readonly path: string
  /** What stands there, as JSON, where that helps to find it; else null. */
  readonly given: string | null
  readonly problem: string
  readonly fix: string
}

const LONGEST_GIVEN = 60

/** A value as a finding shows it: its JSON, cut where it is long; null for what has none. */
export function givenText(value: unknown): string | null {
  const text = JSON.stringify(value)
  if (text === undefined) return null
  return text.length > LONGEST_GIVEN ? `${text.slice(0, LONGEST_GIVEN)}…` : text
}

/** A finding in one line: `error fields[1].name "a.b": field names cannot contain "."; fix: nest the value or use "_"`. */
export function findingLine({ level, path, given, problem, fix }: Finding): string {
  return `${level} ${path}${given === null ? '' : ` ${given}`}: ${problem}; fix: ${fix}`
}

const LEVELS: readonly Level[] = ['error', 'warning', 'note']

/** Errors first, then warnings and notes, each in the order they were found. */
export function byLevel(findings: readonly Finding[]): readonly Finding[] {
  return LEVELS.flatMap((level) => findings.filter((finding) => finding.level === level))
}

/** How many there are of each: `2 errors, 1 warning`. */
export function countLine(findings: readonly Finding[]): string {
  const counts = LEVELS.flatMap((level) => {
    const count = findings.filter((finding) => finding.level === level).length
    return count === 0 ? [] : [`${count} ${level}${count === 1 ? '' : 's'}`]
  })
  return counts.length === 0 ? 'nothing to mend' : counts.join(', ')
}
