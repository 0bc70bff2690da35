// Every build of the repository: `lib` for imports, `embed` for the script tag, `cli` for the command, `demo` and `demo-server`.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import preact from '@preact/preset-vite'
import type { Plugin } from 'vite'
import { defineConfig, type ViteUserConfig } from 'vitest/config'
import { openApi } from './src/contract/openapi.ts'
import { definitionSchema } from './src/doctor/definition-schema.ts'
import { bundleConflictStyles, bundleControlStyles, bundleFieldStyles, bundleStyles } from './styles/harden.ts'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Browsers that know `light-dark()`: with an older target the build rewrites it and both themes turn black. */
const cssTarget = ['chrome123', 'safari17.5', 'firefox120']
const target = ['chrome123', 'safari17.5', 'firefox121']

/** The style modules made from the folder `styles`. */
const styleModules: Readonly<Record<string, () => string>> = {
  'virtual:latchkey-styles': bundleStyles,
  'virtual:latchkey-styles/fields': bundleFieldStyles,
  'virtual:latchkey-styles/controls': bundleControlStyles,
  'virtual:latchkey-styles/conflict': bundleConflictStyles,
}

/** Makes the style modules, and `styles.css` with all of them for pages that link it themselves. */
function latchkeyStyles(emit: boolean): Plugin {
  return {
    name: 'latchkey-styles',
    resolveId: (source) => (source in styleModules ? `\0${source}` : null),
    load(source) {
      const bundle = styleModules[source.slice(1)]
      return source.startsWith('\0') && bundle ? `export const styles = ${JSON.stringify(bundle())}` : null
    },
    generateBundle() {
      if (emit)
        this.emitFile({
          type: 'asset',
          fileName: 'styles.css',
          source: Object.values(styleModules)
            .map((bundle) => bundle())
            .join(''),
        })
    },
    handleHotUpdate({ file, server }) {
      if (file.startsWith(at('styles/'))) server.ws.send({ type: 'full-reload' })
    },
  }
}

/** Puts the licences of what a build carries along beside it, as they ask for. */
function bundledLicenses(): Plugin {
  return {
    name: 'latchkey-bundled-licenses',
    generateBundle(_, bundle) {
      const modules = Object.values(bundle).flatMap((output) => (output.type === 'chunk' ? output.moduleIds : []))
      const folders = modules.flatMap(
        (id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id.replaceAll('\\', '/')) ?? [],
      )
      const texts = [...new Set(folders)].sort().map((folder) => {
        const name = folder.slice(folder.lastIndexOf('/node_modules/') + '/node_modules/'.length)
        return `${name}\n\n${readFileSync(`${folder}/LICENSE`, 'utf8').trim()}\n`
      })
      this.emitFile({ type: 'asset', fileName: 'LICENSES.txt', source: texts.join('\n---\n\n') })
    },
  }
}

/** Makes `fields.schema.json`, for editors that complete a definition. */
function definitionSchemaFile(): Plugin {
  return {
    name: 'latchkey-definition-schema',
    generateBundle() {
      const source = `${JSON.stringify(definitionSchema())}\n`
      this.emitFile({ type: 'asset', fileName: 'fields.schema.json', source })
    },
  }
}

/** Makes `openapi.json`: the account contract, for servers in any language. */
function openApiFile(): Plugin {
  return {
    name: 'latchkey-openapi',
    generateBundle() {
      const source = `${JSON.stringify(openApi(manifest.version), null, 2)}\n`
      this.emitFile({ type: 'asset', fileName: 'openapi.json', source })
    },
  }
}

/** In `npm run dev` the account servers answer beside the pages, read again when their source changes. */
function accountServer(): Plugin {
  return {
    name: 'latchkey-account-server',
    configureServer(server) {
      server.middlewares.use((incoming, outgoing, next) => {
        if (!incoming.url || !/^\/(account|playground)\//.test(incoming.url)) return next()
        server
          .ssrLoadModule(at('demo/dev-server.ts'))
          .then((module) => module.listener(incoming, outgoing))
          .catch(next)
      })
    },
  }
}

const manifest: { version: string; dependencies: Record<string, string>; peerDependencies: Record<string, string> } =
  JSON.parse(readFileSync(at('package.json'), 'utf8'))
const external = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies)].map(
  (name) => new RegExp(`^${name}(/|$)`),
)

/** Where `latchkey` and `latchkey/…` lead inside the repository. */
const entryAliases = (folder: string, extension: string) => [
  { find: /^latchkey$/, replacement: at(`${folder}latchkey${extension}`) },
  { find: /^latchkey\/([a-z-]+)$/, replacement: at(`${folder}$1${extension}`) },
]

const entries = (names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, at(`src/entries/${name}.ts`)]))

interface Modules {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null
}

/** Puts an entry and everything that it imports, other than on demand, into one group. */
function partOf(entry: string): (id: string, modules: Modules) => string | null {
  const needed = new Set<string>()
  function add(id: string, modules: Modules): void {
    if (needed.has(id)) return
    needed.add(id)
    for (const imported of modules.getModuleInfo(id)?.importedIds ?? []) add(imported, modules)
  }
  return (id, modules) => {
    if (needed.size === 0) add(at(entry), modules)
    return needed.has(id) ? 'module' : null
  }
}

const builds: Readonly<Record<string, ViteUserConfig>> = {
  lib: {
    plugins: [preact({ devToolsEnabled: false }), latchkeyStyles(true), definitionSchemaFile(), openApiFile()],
    publicDir: false,
    build: {
      outDir: 'dist/lib',
      target,
      cssTarget,
      minify: false,
      lib: {
        entry: entries([
          ...['latchkey', 'client', 'fields', 'element', 'lock', 'server', 'management', 'conformance', 'testing'],
          ...['auth0', 'better-auth', 'supabase'],
          ...['latchkey.development', 'element.development'],
        ]),
        formats: ['es'],
      },
      rollupOptions: { external: [...external, /^node:/], output: { chunkFileNames: 'chunks/[name].js' } },
    },
  },
  embed: {
    plugins: [preact({ devToolsEnabled: false }), latchkeyStyles(false)],
    publicDir: false,
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: 'dist/embed',
      target,
      cssTarget,
      minify: true,
      lib: { entry: { latchkey: at('src/embed.ts') }, formats: ['es'] },
      rollupOptions: {
        // What the chunks share with the module stays in it, as it needs that anyway: one request, and smaller together.
        preserveEntrySignatures: 'allow-extension',
        output: {
          minify: true,
          chunkFileNames: 'chunks/[name]-[hash].js',
          codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: partOf('src/embed.ts') }] },
        },
      },
    },
  },
  // Beside the module of the script tag, in one file, so that the chunks of that one stay as they are.
  'embed-development': {
    plugins: [preact({ devToolsEnabled: false }), latchkeyStyles(false)],
    publicDir: false,
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: 'dist/embed',
      emptyOutDir: false,
      target,
      cssTarget,
      minify: false,
      lib: { entry: { 'latchkey.development': at('src/entries/embed.development.ts') }, formats: ['es'] },
      rollupOptions: { output: { codeSplitting: false } },
    },
  },
  // The command carries what it needs along, but for what the package depends on anyway.
  cli: {
    plugins: [bundledLicenses()],
    publicDir: false,
    ssr: { noExternal: true, external: Object.keys(manifest.dependencies) },
    build: {
      outDir: 'dist/cli',
      ssr: true,
      target: 'node20',
      minify: true,
      rollupOptions: {
        input: { latchkey: at('src/cli/main.ts'), 'typescript-hooks': at('src/cli/typescript-hooks.ts') },
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js' },
      },
    },
  },
  demo: {
    root: 'demo',
    plugins: [preact({ devToolsEnabled: false }), latchkeyStyles(false)],
    build: {
      outDir: 'dist/pages',
      emptyOutDir: true,
      target,
      cssTarget,
      assetsInlineLimit: 0,
      modulePreload: false,
      rollupOptions: {
        input: ['index', 'module', 'script', 'element', 'playground'].map((page) => at(`demo/${page}.html`)),
        external: ['/latchkey/latchkey.js'],
      },
    },
  },
  'demo-server': {
    plugins: [],
    publicDir: false,
    build: {
      outDir: 'demo/dist',
      emptyOutDir: false,
      ssr: at('demo/server.ts'),
      target: 'node20',
      rollupOptions: { output: { entryFileNames: 'server.js' } },
    },
  },
}

export default defineConfig(({ mode, command }): ViteUserConfig => {
  if (command === 'serve' && mode === 'development') {
    return {
      root: 'demo',
      resolve: {
        alias: [
          { find: /^latchkey$/, replacement: at('src/entries/latchkey.development.ts') },
          { find: /^latchkey\/element$/, replacement: at('src/entries/element.development.ts') },
          ...entryAliases('src/entries/', '.ts'),
          { find: /^\/latchkey\/latchkey\.js$/, replacement: at('src/entries/embed.development.ts') },
        ],
      },
      plugins: [preact(), latchkeyStyles(false), accountServer()],
      server: { port: Number(process.env.PORT ?? 4173), strictPort: true },
    }
  }
  const build = builds[mode]
  // The demo stands on what ships, so that it shows what an installed package does.
  if (build) return { ...build, resolve: { alias: entryAliases('dist/lib/', '.js') } }
  return {
    resolve: { alias: entryAliases('src/entries/', '.ts') },
    plugins: [preact({ devToolsEnabled: false }), latchkeyStyles(false)],
    test: {
      dir: 'test',
      globalSetup: ['test/server/postgresql.ts'],
      setupFiles: ['test/setup.ts'],
      testTimeout: 30_000,
    },
  }
})
