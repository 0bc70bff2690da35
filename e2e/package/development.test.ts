// The check of definitions is in what a page under development loads, and in nothing else.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { build } from 'vite'
import { expect, test } from 'vitest'
import { PANEL_LABEL } from '../../src/doctor/panel.ts'

/** A module and everything it can ever load, at once or later. */
function reachable(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen
  seen.add(file)
  const imports = readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?\s*["'`](\.[^"'`]+\.js)["'`]/g)
  for (const [, target = ''] of imports) reachable(resolve(dirname(file), target), seen)
  return seen
}

const withPanel = (files: Iterable<string>) =>
  [...files].filter((file) => readFileSync(file, 'utf8').includes(PANEL_LABEL))

test.each(['lib/latchkey.js', 'lib/element.js', 'embed/latchkey.js'])('dist/%s cannot reach it', (entry) => {
  const files = reachable(resolve('dist', entry))
  expect(files.size).toBeGreaterThan(5)
  expect(withPanel(files)).toEqual([])
})

test('no chunk beside the script tag has it', () => {
  const chunks = readdirSync('dist/embed/chunks').map((name) => join('dist/embed/chunks', name))
  expect(withPanel(chunks)).toEqual([])
})

const developed = ['lib/latchkey.development.js', 'lib/element.development.js', 'embed/latchkey.development.js']

test.each(developed)('dist/%s has it', (entry) => {
  expect(withPanel(reachable(resolve('dist', entry))).length).toBe(1)
})

test.each(developed.slice(0, 2))('a bundler that believes package.json keeps it in dist/%s', async (entry) => {
  const page = {
    name: 'page',
    resolveId: (id: string) => (id === 'page' ? '\0page' : null),
    load: (id: string) => (id === '\0page' ? `import ${JSON.stringify(resolve('dist', entry))}` : null),
  }
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [page],
    build: { write: false, minify: false, rollupOptions: { input: 'page' } },
  })
  const outputs = Array.isArray(built) ? built.flatMap(({ output }) => output) : 'output' in built ? built.output : []
  const code = outputs.map((chunk) => (chunk.type === 'chunk' ? chunk.code : '')).join('\n')
  expect(code).toContain(PANEL_LABEL)
  expect(code.includes('customElements.define')).toBe(entry.includes('element'))
})

test.each(['latchkey', 'latchkey/element'])(
  'in Node, %s does nothing under the condition development either',
  (entry) => {
    const script = `const { default: _, ...module } = await import('${entry}'); console.log(Object.keys(module).sort().join(), import.meta.resolve('${entry}').split('/').at(-1))`
    const run = (...conditions: readonly string[]) =>
      execFileSync(process.execPath, [...conditions, '--input-type=module', '-e', script], { encoding: 'utf8' }).split(
        ' ',
      )
    const [names, file] = run()
    const [developedNames, developedFile] = run('--conditions=development')
    expect(developedNames).toBe(names)
    expect(developedFile).toBe(file?.replace('.js', '.development.js'))
  },
)
