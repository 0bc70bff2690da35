// What ships: sizes in gzip bytes, the package's own claims, and that importing it in Node does nothing.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { publint } from 'publint'
import { build } from 'vite'
import { expect, test } from 'vitest'

const kB = (bytes: number) => `${(bytes / 1000).toFixed(2)} kB`

/** A module and everything it imports statically, which is what a page requests before a form takes input. */
function staticGraph(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen
  seen.add(file)
  const imports = readFileSync(file, 'utf8').matchAll(
    /(?:^|[;}])(?:import|export)(?:[^;"'`(]*?from)?\s*["'`](\.[^"'`]+)["'`]/g,
  )
  for (const [, target = ''] of imports) staticGraph(resolve(dirname(file), target), seen)
  return seen
}

const gzipOf = (files: Iterable<string>) =>
  [...files].reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0)

test('the script tag takes at most 25 kB until a form takes input', () => {
  const graph = staticGraph(resolve('dist/embed/latchkey.js'))
  const chunks = readdirSync('dist/embed/chunks').map((name) => join('dist/embed/chunks', name))
  const first = gzipOf(graph)
  process.stdout.write(
    `embed: ${kB(first)} at first, ${kB(gzipOf(['dist/embed/latchkey.js', ...chunks]))} with all chunks\n`,
  )
  expect(first).toBeLessThanOrEqual(25_000)
})

test('latchkey/client with its dependencies takes at most 14 kB', async () => {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      lib: { entry: resolve('dist/lib/client.js'), formats: ['es'] },
      rollupOptions: { output: { minify: true, codeSplitting: false } },
    },
  })
  const outputs = Array.isArray(built) ? built.flatMap(({ output }) => output) : 'output' in built ? built.output : []
  const bytes = outputs.reduce((sum, chunk) => sum + (chunk.type === 'chunk' ? gzipSync(chunk.code).length : 0), 0)
  process.stdout.write(`client: ${kB(bytes)}\n`)
  expect(bytes).toBeGreaterThan(1000)
  expect(bytes).toBeLessThanOrEqual(14_000)
})

test('the package keeps what package.json says', async () => {
  const { messages } = await publint({ pkgDir: '.', strict: true })
  expect(messages).toEqual([])
})

test('importing any entry in Node does nothing and fails nothing', () => {
  for (const entry of [
    'latchkey',
    'latchkey/client',
    'latchkey/fields',
    'latchkey/element',
    'latchkey/server',
    'latchkey/embed',
  ]) {
    const printed = execFileSync(process.execPath, ['--input-type=module', '-e', `await import('${entry}')`], {
      encoding: 'utf8',
    })
    expect(printed).toBe('')
  }
})
