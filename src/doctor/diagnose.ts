// The doctor: everything that is wrong with a definition and its colours, each with its fix.
import { limitFindings } from './backend-limits.ts'
import { byLevel, type Finding } from './finding.ts'
import { labelFindings } from './labels.ts'
import { examine } from './refusals.ts'
import { themeFindings } from './theme.ts'
import type { Theme } from './tokens.ts'
import { type WrittenPolicy, writtenForm } from './whole.ts'

export interface DiagnoseOptions {
  /**
   * The settings `defineFields` is given beside the fields.
   * @default {}, or those of a definition that `defineFields` has completed
   */
  readonly policy?: WrittenPolicy
  /**
   * The backend whose limits count, by its `id`: `rest`, `auth0`, `memory`.
   * @default 'rest'
   */
  readonly backend?: string
  /**
   * The tokens the site sets, for their contrast.
   * @default none
   */
  readonly theme?: Theme
}

/**
 * Looks a definition through: what a site writes, or what `defineFields` made of it.
 * Where `defineFields` throws at the first mistake, this finds all. Never throws; errors come first.
 *
 * @example
 * diagnose([{ name: 'company', lable: 'Company' }])
 * // [{ level: 'error', path: 'fields[0].lable', problem: 'a text field has no such setting', fix: 'did you mean "label"?' }, …]
 */
export function diagnose(definitions: unknown, options: DiagnoseOptions = {}): readonly Finding[] {
  const { backend = 'rest', theme } = options
  const written = writtenForm(definitions)
  const { rules, ...names } = options.policy ?? written.policy
  const { findings, fields } = examine(written.definitions, rules, names)
  return byLevel([
    ...findings,
    ...labelFindings(fields),
    ...limitFindings(fields, backend),
    ...(theme ? themeFindings(theme) : []),
  ])
}
