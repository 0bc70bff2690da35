// Reads a file the command is given: JSON as data, JavaScript and TypeScript by importing it.
import { extname } from 'node:path'
import type { Finding } from '../doctor/finding.ts'
import { thrownFinding } from '../doctor/thrown.ts'
import { type Failure, fail, type InputOutput } from './input-output.ts'
import { jsonError } from './json-error.ts'

const MODULES: readonly string[] = ['.js', '.mjs', '.cjs', '.ts', '.mts']

/** What the file holds: data, or the exports of a module. `thrown` is what Latchkey itself refused while it was imported. */
export type Loaded =
  | { readonly kind: 'data' | 'module'; readonly value: unknown }
  | { readonly kind: 'thrown'; readonly finding: Finding }

export async function load(path: string, io: InputOutput): Promise<Loaded | Failure> {
  const extension = extname(path).toLowerCase()
  const text = await readText(path, io)
  if (typeof text !== 'string') return text
  if (extension === '.json') return loadJson(path, text)
  if (MODULES.includes(extension)) return loadModule(path, io)
  return fail(`${path}: a file "${extension}" cannot be read`, `use one of .json, ${MODULES.join(', ')}`)
}

/** The text of a file, without a byte order mark. */
export async function readText(path: string, io: InputOutput): Promise<string | Failure> {
  try {
    return (await io.readFile(path)).replace(/^\uFEFF/, '')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    if (code === 'ENOENT')
      return fail(`${path}: there is no such file`, 'check the path, it starts at the current folder')
    if (code === 'EISDIR') return fail(`${path}: is a folder`, 'name a file in it')
    return fail(`${path}: cannot be read (${String(code ?? error)})`, 'check its permissions')
  }
}

export function loadJson(path: string, text: string): Loaded | Failure {
  const error = jsonError(text)
  if (error) return fail(`${path}:${error.line}:${error.column}: is no JSON: ${error.problem}`, error.fix)
  return { kind: 'data', value: JSON.parse(text) }
}

async function loadModule(path: string, io: InputOutput): Promise<Loaded | Failure> {
  try {
    return { kind: 'module', value: await io.importModule(path) }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const finding = error instanceof TypeError ? thrownFinding(message) : null
    if (finding) return { kind: 'thrown', finding }
    return fail(`${path}: cannot be imported: ${message}`, 'make it run with node first')
  }
}
