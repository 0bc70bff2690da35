#!/usr/bin/env node
// Starts the command: the process's arguments, streams and files, and imports that know TypeScript.
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { register } from 'node:module'
import { pathToFileURL } from 'node:url'
import { isRecord } from '../fields/wrong.ts'
import { run } from './run.ts'

/** The version of the package this file is built into. */
function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  return isRecord(manifest) ? String(manifest.version) : ''
}

/** Kept from the bundler's sight: it would look for the hooks when it builds. */
const HOOKS = './typescript-hooks.js'
let registered = false

function importModule(path: string): Promise<unknown> {
  if (!registered) register(HOOKS, import.meta.url)
  registered = true
  return import(pathToFileURL(path).href)
}

// Whoever reads the output may stop reading, as `head` does.
process.stdout.on('error', () => process.exit())

const code = await run(process.argv.slice(2), {
  write: (text) => process.stdout.write(text),
  writeError: (text) => process.stderr.write(text),
  colors: process.stdout.isTTY === true && !process.env.NO_COLOR,
  version: version(),
  readFile: (path) => readFile(path, 'utf8'),
  importModule,
  fetch: globalThis.fetch,
})
// A file that was imported may have started what never ends; both streams are empty first.
process.stdout.write('', () => process.stderr.write('', () => process.exit(code)))
