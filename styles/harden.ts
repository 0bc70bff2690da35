// Makes the shipped style sheet from this folder: rules that no style of the page can push aside.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { transform } from 'lightningcss'
import postcss from 'postcss'

/** Order of the sheet: later rules win over earlier ones of the same weight. */
const PARTS = ['base', 'parts/card', 'parts/field', 'parts/button', 'parts/message', 'parts/dialog']

/** Browsers that know `light-dark()`; for older ones it would be rewritten into something that breaks. Version 1.2 is 0x010200. */
const TARGETS = { chrome: 123 << 16, safari: (17 << 16) | (5 << 8), firefox: 120 << 16 }

function read(name: string): string {
  return readFileSync(fileURLToPath(new URL(`./${name}.css`, import.meta.url)), 'utf8')
}

/**
 * Puts rules into `@layer latchkey` with every declaration `!important`: important rules in a layer beat
 * even a page's own `* { … !important }` outside of any. Throws for CSS that is not valid.
 */
export function hardenStyles(css: string): string {
  const sheet = postcss.parse(css)
  sheet.walkDecls((declaration) => {
    declaration.important = true
  })
  return minify(`@layer latchkey {\n${sheet.toString()}\n}`)
}

function minify(css: string): string {
  const { code } = transform({ filename: 'latchkey.css', code: Buffer.from(css), minify: true, targets: TARGETS })
  return new TextDecoder().decode(code)
}

/** The whole sheet: the tokens outside of the layer, so that a page themes with them, and everything else hardened. */
export function bundleStyles(): string {
  return minify(read('tokens')) + hardenStyles(PARTS.map(read).join('\n'))
}
