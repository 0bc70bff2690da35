// Runs the command in process on real files, in a folder of its own for each test file.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { run } from '../../src/cli/run.ts'

export const folder = mkdtempSync(join(tmpdir(), 'latchkey-cli-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Runs the command; paths in what it says start at the folder. */
export async function latchkey(argv: readonly string[], colors = false, fetch = globalThis.fetch) {
  let [out, error] = ['', '']
  const code = await run(argv, {
    write: (text) => {
      out += text
    },
    writeError: (text) => {
      error += text
    },
    colors,
    version: '1.2.3',
    readFile: (path) => readFile(path, 'utf8'),
    importModule: (path) => import(path),
    fetch,
  })
  return { code, out: out.replaceAll(folder, ''), error: error.replaceAll(folder, '') }
}

/** Writes a file and answers with its path. */
export function file(name: string, content: unknown): string {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}
