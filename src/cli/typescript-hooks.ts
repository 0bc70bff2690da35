// Module hooks that let Node import TypeScript: types are taken off, and imports without an extension find their file.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { LoadHook, ResolveHook } from 'node:module'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { transform } from 'sucrase'

const TYPESCRIPT: readonly string[] = ['.ts', '.mts']
/** What may stand in the place of an extension that is missing, in this order. */
const ENDINGS: readonly string[] = ['.ts', '.mts', '.js', '.mjs', '.json', '/index.ts', '/index.js']

/** `./fields` and `./fields.js` lead to `fields.ts` where there is no such file. */
export const resolve: ResolveHook = async (specifier, context, next) => {
  try {
    return await next(specifier, context)
  } catch (error) {
    const found = /^(?:\.{1,2}\/|file:)/.test(specifier) ? fileFor(specifier, context.parentURL) : null
    if (found === null) throw error
    return { url: found, shortCircuit: true }
  }
}

function fileFor(specifier: string, parent: string | undefined): string | null {
  const { href } = new URL(specifier, parent)
  const bare = href.replace(/\.(m?)js$/, '.$1ts')
  const candidates = [bare, ...ENDINGS.map((ending) => href + ending)]
  return candidates.find((candidate) => existsSync(fileURLToPath(candidate)) && !candidate.endsWith('/')) ?? null
}

export const load: LoadHook = async (url, context, next) => {
  if (!url.startsWith('file:') || !TYPESCRIPT.includes(extname(new URL(url).pathname))) return next(url, context)
  const path = fileURLToPath(url)
  const { code } = transform(await readFile(path, 'utf8'), {
    transforms: ['typescript'],
    disableESTransforms: true,
    filePath: path,
  })
  return { format: 'module', source: code, shortCircuit: true }
}
