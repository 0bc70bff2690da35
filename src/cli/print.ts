// How findings look on a terminal and in a pipe.
import { countLine, type Finding, findingLine, type Level } from '../doctor/finding.ts'
import type { InputOutput } from './input-output.ts'

/** Codes of a terminal's colours (ECMA-48, SGR): red, yellow and blue of the person's own palette. */
const COLORS: Readonly<Record<Level, number>> = { error: 31, warning: 33, note: 34 }

/** One line a finding, and one with their number. */
export function printFindings(findings: readonly Finding[], file: string, { write, colors }: InputOutput): void {
  for (const finding of findings) {
    const line = printable(findingLine(finding))
    const { level } = finding
    write(colors ? `\u001b[${COLORS[level]}m${level}\u001b[39m${line.slice(level.length)}\n` : `${line}\n`)
  }
  write(`${printable(file)}: ${countLine(findings)}\n`)
}

/** A definition's own texts must not be able to move a terminal's cursor or add lines. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, (letter) => {
    return `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}
