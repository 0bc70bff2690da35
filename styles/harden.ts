// Makes the shipped style sheet from this folder: rules that no style of the page can push aside.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { transform } from 'lightningcss'
import postcss, { type Container } from 'postcss'

/** Order of the sheet: later rules win over earlier ones of the same weight. */
const PARTS = ['base', 'parts/card', 'parts/field', 'parts/button', 'parts/message', 'parts/dialog', 'parts/motion']

/** The site's fields bring their style along, after it. */
const FIELD_PARTS = ['parts/section', 'parts/check']

/** The controls that are fetched on first use bring their style along, after the other. */
const CONTROL_PARTS = ['parts/choice', 'parts/value', 'parts/list', 'parts/combobox']

/** The question about a place that two people changed brings its style along. */
const CONFLICT_PARTS = ['parts/conflict']

/** Browsers that know `light-dark()`; for older ones it would be rewritten into something that breaks. Version 1.2 is 0x010200. */
const TARGETS = { chrome: 123 << 16, safari: (17 << 16) | (5 << 8), firefox: 120 << 16 }

/** At-rules in which `!important` is not allowed: they hold descriptors, or the steps of an animation. */
const DESCRIPTORS = /^(-\w+-)?(keyframes|font-face|property|counter-style)$/i

/**
 * Puts rules into `@layer latchkey` with every declaration `!important`: important rules in a layer beat
 * even a page's own `* { … !important }` outside of any. Throws for CSS that is not valid, naming `filename` and the line.
 */
export function hardenStyles(css: string, filename = 'latchkey.css'): string {
  const sheet = postcss.parse(css, { from: filename })
  makeImportant(sheet)
  return minify(`@layer latchkey {${sheet.toString()}\n}`, filename)
}

function makeImportant(container: Container): void {
  for (const node of container.nodes ?? []) {
    if (node.type === 'decl') node.important = true
    else if (node.type === 'rule') makeImportant(node)
    else if (node.type === 'atrule' && !DESCRIPTORS.test(node.name)) makeImportant(node)
  }
}

function minify(css: string, filename: string): string {
  const { code } = transform({ filename, code: Buffer.from(css), minify: true, targets: TARGETS })
  return new TextDecoder().decode(code)
}

/** The sheet of every form: the tokens outside of the layer, so that a page themes with them, and everything else hardened. */
export function bundleStyles(): string {
  return minify(read('tokens'), 'tokens.css') + hardenStyles(PARTS.map(read).join('\n'))
}

/** The sheet of the site's fields. */
export function bundleFieldStyles(): string {
  return hardenStyles(FIELD_PARTS.map(read).join('\n'))
}

/** The sheet of the controls that are fetched on first use. */
export function bundleControlStyles(): string {
  return hardenStyles(CONTROL_PARTS.map(read).join('\n'))
}

/** The sheet of the question about a place that two people changed. */
export function bundleConflictStyles(): string {
  return hardenStyles(CONFLICT_PARTS.map(read).join('\n'))
}

function read(name: string): string {
  return readFileSync(fileURLToPath(new URL(`./${name}.css`, import.meta.url)), 'utf8')
}
