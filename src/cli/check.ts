// latchkey check: everything that is wrong with a definition, one line each, and an exit code that says whether anything is.
import { extname } from 'node:path'
import { diagnose } from '../doctor/diagnose.ts'
import { byLevel, type Finding } from '../doctor/finding.ts'
import { themeFromCss } from '../doctor/theme-css.ts'
import type { Theme } from '../doctor/tokens.ts'
import { exportedDefinition, isTheme, readDefinition } from './definition-file.ts'
import { type ExitCode, type Failure, fail, type InputOutput } from './input-output.ts'
import { load, loadJson, readText } from './load.ts'
import { printFindings } from './print.ts'
import type { Call } from './usage.ts'

export async function check(call: Call, io: InputOutput): Promise<ExitCode | Failure> {
  const findings = await findingsOf(call, io)
  if ('failure' in findings) return findings
  if (call.json) io.write(`${JSON.stringify(findings, null, 2)}\n`)
  else printFindings(findings, call.file, io)
  return findings.some(({ level }) => level !== 'note') ? 1 : 0
}

async function findingsOf(call: Call, io: InputOutput): Promise<readonly Finding[] | Failure> {
  const loaded = await load(call.file, io)
  if ('failure' in loaded) return loaded
  const theme = call.theme === null ? null : await loadTheme(call.theme, io)
  if (theme && 'failure' in theme) return theme
  if (loaded.kind === 'thrown') return [loaded.finding]
  const value = loaded.kind === 'module' ? exportedDefinition(loaded.value) : loaded.value
  if (value === undefined)
    return fail(`${call.file}: exports no definition`, 'export it as fields, as definitions or as the default')
  const file = readDefinition(value)
  const backend = call.backend ?? file.backend
  const tokens = theme?.tokens ?? file.theme
  const found = diagnose(file.definitions, {
    ...(file.policy && { policy: file.policy }),
    ...(backend !== null && { backend }),
    ...(tokens && { theme: tokens }),
  })
  return byLevel([...file.findings, ...found])
}

/** A style sheet, or an object of tokens in JSON. */
async function loadTheme(path: string, io: InputOutput): Promise<{ readonly tokens: Theme } | Failure> {
  const text = await readText(path, io)
  if (typeof text !== 'string') return text
  if (extname(path).toLowerCase() !== '.json') {
    const tokens = themeFromCss(text)
    return Object.keys(tokens).length > 0
      ? { tokens }
      : fail(`${path}: sets no token`, 'write :root { --latchkey-accent: #0c6b58 }')
  }
  const loaded = loadJson(path, text)
  if ('failure' in loaded) return loaded
  return loaded.kind === 'data' && isTheme(loaded.value)
    ? { tokens: loaded.value }
    : fail(`${path}: is no object of texts`, 'write { "--latchkey-accent": "#0c6b58" }')
}
