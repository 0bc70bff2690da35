// What was measured as a table, and as a verdict: a keystroke draws the same in a form of any length.

import { ELSEWHERE } from './forms.ts'
import type { Case, Counted, Draws, KeyTime } from './measure.ts'

export interface Row {
  readonly contestant: string
  readonly form: string
  readonly fields: number
  /** Draws a keystroke; null where they cannot be counted. */
  readonly draws: number | null
  /** Microseconds a keystroke takes in the page's own code. */
  readonly script: number
  /** The same with the layout that follows. */
  readonly whole: number
  /** Both in relation to the same form in its smallest size. */
  readonly scriptRatio: number
  readonly wholeRatio: number
  readonly drawn: Counted
}

/** A row of the table; `smallest` is the time of the same form in its smallest size. */
export function rowOf({ contestant, form, fields }: Case, time: KeyTime, smallest: KeyTime, drawn: Counted): Row {
  return {
    contestant: contestant.name,
    form: form.name,
    fields,
    draws: drawn.keystroke && Object.values(drawn.keystroke).reduce((sum, count) => sum + count, 0),
    script: rounded(time.script, 1),
    whole: rounded(time.whole, 1),
    scriptRatio: rounded(time.script / smallest.script, 2),
    wholeRatio: rounded(time.whole / smallest.whole, 2),
    drawn,
  }
}

const rounded = (number: number, digits: number) => Number(number.toFixed(digits))

const WIDTHS = [12, 13, 8, 11, 11, 7, 13, 7]
const HEAD = ['contestant', 'form', 'fields', 'draws/key', 'script µs', 'to 10', '+ layout µs', 'to 10', 'drawn']

export function table(rows: readonly Row[]): string {
  const lines = rows.map(({ contestant, form, fields, draws, script, whole, scriptRatio, wholeRatio, drawn }) => [
    ...[contestant, form, String(fields), draws === null ? '-' : String(draws)],
    ...[script.toFixed(1), scriptRatio.toFixed(2), whole.toFixed(1), wholeRatio.toFixed(2)],
    drawn.keystroke ? listed(drawn.keystroke) : '',
  ])
  const choices = rows.flatMap(({ contestant, form, fields, drawn }) =>
    drawn.choice ? [[`${contestant}, ${form}, ${fields} fields: a choice draws ${listed(drawn.choice)}`]] : [],
  )
  return [HEAD, ...lines, ...choices]
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(WIDTHS[column] ?? 0))
        .join('')
        .trimEnd(),
    )
    .join('\n')
}

const listed = (draws: Draws) =>
  Object.entries(draws)
    .map(([component, count]) => `${component} ${count}`)
    .join(', ')

/** Everything against the promise: draws outside of the control that is typed into, or others than in the smallest size. */
export function breaches(rows: readonly Row[]): readonly string[] {
  return rows.flatMap((row) => {
    const { contestant, form, fields, drawn } = row
    const place = `${contestant}, ${form}, ${fields} fields`
    const elsewhere = Object.keys(drawn.keystroke ?? {}).filter((component) => component.endsWith(ELSEWHERE))
    const smallest = rows.find((other) => other.contestant === contestant && other.form === form)
    return [
      ...(elsewhere.length > 0 ? [`${place}: a key draws ${elsewhere.join(', ')}`] : []),
      ...(smallest && JSON.stringify(drawn) !== JSON.stringify(smallest.drawn)
        ? [`${place}: other draws than with ${smallest.fields} fields`]
        : []),
    ]
  })
}
