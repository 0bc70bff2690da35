// A page of a test's own that imports the built package, under the strictest policy a page can have.
import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import { build } from 'vite'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** What a bundler makes of a module that imports from `latchkey`, by file name. */
export async function bundle(entry: string): Promise<ReadonlyMap<string, string>> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    resolve: {
      alias: [
        { find: /^latchkey$/, replacement: at('../dist/lib/latchkey.js') },
        { find: /^latchkey\/([a-z-]+)$/, replacement: at('../dist/lib/$1.js') },
      ],
    },
    build: { write: false, lib: { entry: at(entry), formats: ['es'], fileName: 'page' } },
  })
  const outputs = Array.isArray(built) ? built.flatMap(({ output }) => output) : 'output' in built ? built.output : []
  return new Map(outputs.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file.code] as const] : [])))
}

export interface BundledPage {
  readonly files: ReadonlyMap<string, string>
  /** Address of the page. */
  readonly url: string
  /** Inside the body. */
  readonly html: string
  /** Origins that its scripts may call. */
  readonly connect: string
}

/** Serves the page and its modules below an address of the demo, and goes there. */
export async function openBundled(page: Page, { files, url, html, connect }: BundledPage): Promise<void> {
  const policy = [
    ...["default-src 'none'", "script-src 'self'", "style-src 'self'", `connect-src ${connect}`],
    ...["form-action 'self'", "base-uri 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'"],
  ].join('; ')
  await page.route(`${url}**`, (route) => {
    const code = files.get(route.request().url().slice(url.length))
    return code === undefined
      ? route.fulfill({
          headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy },
          body: `<!doctype html><html lang="en"><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1"><title>Site</title>
            ${html}<script type="module" src="page.js"></script></html>`,
        })
      : route.fulfill({ contentType: 'text/javascript; charset=utf-8', body: code })
  })
  await page.goto(url)
}
