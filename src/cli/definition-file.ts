// Reads what a file says: a list of fields, an object with the list and what concerns all of it, or a finished definition.
import { type Finding, givenText } from '../doctor/finding.ts'
import { closest } from '../doctor/suggest.ts'
import type { Theme } from '../doctor/tokens.ts'
import { isWhole, type WrittenPolicy } from '../doctor/whole.ts'
import { isRecord } from '../fields/wrong.ts'

export interface DefinitionFile {
  /** What `diagnose` takes. */
  readonly definitions: unknown
  readonly policy: WrittenPolicy | null
  readonly backend: string | null
  readonly theme: Theme | null
  /** What is wrong with the settings beside the fields. */
  readonly findings: readonly Finding[]
}

const KEYS = ['$schema', 'fields', 'denyList', 'reservedNames', 'secrets', 'rules', 'backend', 'theme']

/** What each setting has to be, and how to write it. */
const CHECKS: readonly (readonly [key: string, is: (value: unknown) => boolean, problem: string, fix: string])[] = [
  ['denyList', isTexts, 'must be a list of names', 'write denyList: ["plan"]'],
  ['reservedNames', (value) => typeof value === 'boolean', 'must be true or false', 'write reservedNames: false'],
  ['secrets', (value) => value === 'refuse' || value === 'allow', 'must be "refuse" or "allow"', 'write one of them'],
  ['backend', (value) => typeof value === 'string', 'must be a text', 'write backend: "rest"'],
  ['theme', isTheme, 'must be an object of texts', 'write theme: { "--latchkey-accent": "#0c6b58" }'],
]

/** Takes apart what a JSON file holds, or what a module exports. */
export function readDefinition(value: unknown): DefinitionFile {
  const nothing = { policy: null, backend: null, theme: null, findings: [] }
  if (!isRecord(value) || isWhole(value)) return { definitions: value, ...nothing }
  const findings = [...unknownKeys(value), ...wrongSettings(value)]
  const { fields: definitions, denyList, reservedNames, secrets, rules, backend, theme } = value
  const policy: WrittenPolicy = {
    ...(isTexts(denyList) && { denyList }),
    ...(typeof reservedNames === 'boolean' && { reservedNames }),
    ...((secrets === 'refuse' || secrets === 'allow') && { secrets }),
    ...(rules !== undefined && { rules }),
  }
  return {
    definitions,
    // A finished definition under `fields` brings its own.
    policy: isWhole(definitions) && Object.keys(policy).length === 0 ? null : policy,
    backend: typeof backend === 'string' ? backend : null,
    theme: isTheme(theme) ? theme : null,
    findings,
  }
}

/** What a module says with its exports: `fields`, `definitions` or the default one; undefined for none of them. */
export function exportedDefinition(module: unknown): unknown {
  const exported = isRecord(module) ? module : {}
  const inner = exported.default
  // A CommonJS file has everything under `default`.
  const all = isRecord(inner) && !isWhole(inner) && !('fields' in inner) ? { ...inner, ...exported } : exported
  return all.fields ?? all.definitions ?? all.default
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string')
}

export function isTheme(value: unknown): value is Theme {
  return isRecord(value) && Object.values(value).every((entry) => typeof entry === 'string')
}

function unknownKeys(value: Readonly<Record<string, unknown>>): readonly Finding[] {
  return Object.keys(value)
    .filter((key) => !KEYS.includes(key))
    .map((key) => {
      const meant = closest(key, KEYS)
      const fix = meant === null ? `use one of ${KEYS.join(', ')}` : `did you mean "${meant}"?`
      return { level: 'error', path: key, given: null, problem: 'there is no such setting', fix }
    })
}

function wrongSettings(value: Readonly<Record<string, unknown>>): readonly Finding[] {
  return CHECKS.filter(([key, is]) => value[key] !== undefined && !is(value[key])).map(([key, , problem, fix]) => ({
    level: 'error',
    path: key,
    given: givenText(value[key]),
    problem,
    fix,
  }))
}
