// What ships: sizes in gzip bytes, the package's own claims, and that importing it in Node does nothing.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
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

/** What a bundler makes of some code: the file a page loads first, and all of them, in gzip bytes. */
async function bundled(code: string): Promise<{ readonly first: number; readonly all: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-bundle-'))
  const entry = join(folder, 'entry.js')
  writeFileSync(entry, code)
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      lib: { entry, formats: ['es'] },
      rollupOptions: {
        // What chunks share is in the file they are fetched by, as in a site's own bundle.
        preserveEntrySignatures: 'allow-extension',
        output: { minify: true },
      },
    },
  })
  rmSync(folder, { recursive: true })
  const outputs = Array.isArray(built) ? built.flatMap(({ output }) => output) : 'output' in built ? built.output : []
  const files = outputs.flatMap((file) => (file.type === 'chunk' ? [file] : []))
  const bytes = (list: typeof files) => list.reduce((sum, { code: text }) => sum + gzipSync(text).length, 0)
  return { first: bytes(files.filter(({ isEntry }) => isEntry)), all: bytes(files) }
}

test('latchkey/client with its dependencies takes at most 15.5 kB until it is used with tokens or for a preview', async () => {
  const { first, all } = await bundled(`export * from ${JSON.stringify(resolve('dist/lib/client.js'))}`)
  process.stdout.write(`client: ${kB(first)}, ${kB(all)} with all chunks\n`)
  expect(first).toBeGreaterThan(1000)
  expect(first).toBeLessThanOrEqual(15_500)
})

test('defineFields alone takes at most 10 kB', async () => {
  const { first, all } = await bundled(`export { defineFields } from ${JSON.stringify(resolve('dist/lib/fields.js'))}`)
  process.stdout.write(`defineFields: ${kB(first)}, ${kB(all)} once it has validated something\n`)
  expect(first).toBeGreaterThan(1000)
  expect(first).toBeLessThanOrEqual(10_000)
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
    'latchkey/lock',
    'latchkey/server',
    'latchkey/conformance',
    'latchkey/testing',
    'latchkey/management',
    'latchkey/auth0',
    'latchkey/better-auth',
    'latchkey/supabase',
    'latchkey/embed',
  ]) {
    const printed = execFileSync(process.execPath, ['--input-type=module', '-e', `await import('${entry}')`], {
      encoding: 'utf8',
    })
    expect(printed).toBe('')
  }
})
