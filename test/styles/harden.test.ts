// The shipped style sheet: hardened against the page, themeable from it, and within the rules its sources keep.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import postcss, { type AtRule, type Declaration } from 'postcss'
import { expect, test } from 'vitest'
import {
  bundleConflictStyles,
  bundleControlStyles,
  bundleFieldStyles,
  bundleStyles,
  hardenStyles,
} from '../../styles/harden.ts'

const folder = new URL('../../styles/', import.meta.url)
const files = readdirSync(fileURLToPath(folder), { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.css'),
)
const sources = files.map((name) => ({ name, css: readFileSync(fileURLToPath(new URL(name, folder)), 'utf8') }))

function declarationsOf(css: string): readonly Declaration[] {
  const found: Declaration[] = []
  postcss.parse(css).walkDecls((declaration) => {
    found.push(declaration)
  })
  return found
}

function layerOf(css: string): AtRule {
  const layer = postcss.parse(css).nodes.find((node) => node.type === 'atrule' && node.name === 'layer')
  if (layer?.type !== 'atrule') throw new Error('the sheet has no layer')
  return layer
}

function hardenedRule(selector: string): readonly Declaration[] {
  const found: Declaration[] = []
  postcss.parse(bundleStyles()).walkRules((rule) => {
    if (rule.selectors.includes(selector)) found.push(...declarationsOf(rule.toString()))
  })
  return found
}

test('every declaration becomes important, in a layer', () => {
  const css = hardenStyles(`
    .latchkey-a { color: red; --x: 1px; margin: 0 !important; &:hover { color: blue; opacity: 0.5 } }
    @media (width > 1px) { @supports (display: grid) { .latchkey-b { display: grid } } }
  `)
  expect(layerOf(css).params).toBe('latchkey')
  expect(postcss.parse(css).nodes).toHaveLength(1)
  const declarations = declarationsOf(css)
  expect(declarations.map(({ prop }) => prop)).toEqual(['color', '--x', 'margin', 'color', 'opacity', 'display'])
  expect(declarations.filter(({ important }) => !important)).toEqual([])
})

test('descriptors and the steps of an animation stay as they are', () => {
  const css = hardenStyles(`
    @keyframes latchkey-turn { to { rotate: 1turn } }
    @font-face { font-family: Key; src: url(key.woff2) }
    @property --latchkey-angle { syntax: "<angle>"; inherits: false; initial-value: 0deg }
  `)
  expect(declarationsOf(css).length).toBeGreaterThanOrEqual(5)
  expect(declarationsOf(css).filter(({ important }) => important)).toEqual([])
})

test('keeps what a browser has to see: schemes, pseudo-elements, conditions', () => {
  const css = hardenStyles(`
    .latchkey-a { color: light-dark(#fff, #000) }
    .latchkey-a::backdrop { color: red }
    .latchkey-a::before { content: none }
    @container (width > 300px) { .latchkey-a { color: red } }
    @media (forced-colors: active) { .latchkey-a { color: red } }
    @starting-style { .latchkey-a { opacity: 0 } }
  `)
  expect(css).toContain('light-dark(#fff,#000)!important')
  expect(css).toContain('::backdrop')
  expect(css).toMatch(/:?:before/)
  expect(css).toContain('@container')
  expect(css).toContain('@media (forced-colors:active)')
  expect(css).toContain('@starting-style')
})

test('CSS that is not valid is refused with the name of its file', () => {
  expect(() => hardenStyles('.latchkey-a { color: red', 'parts/a.css')).toThrow(/parts\/a\.css:1:1: Unclosed block/)
})

test('the bundle: tokens outside of the layer and free, everything else inside and important', () => {
  const css = bundleStyles()
  const outside = postcss.parse(css).nodes.filter((node) => !(node.type === 'atrule' && node.name === 'layer'))
  expect(outside.map((node) => (node.type === 'rule' ? node.selector : node.type))).toEqual([':where(:root)'])
  const tokens = declarationsOf(outside.join(''))
  expect(tokens.filter(({ important }) => important)).toEqual([])
  expect(tokens.filter(({ prop }) => !prop.startsWith('--latchkey-'))).toEqual([])
  expect(tokens.length).toBeGreaterThanOrEqual(18)
  const hardened = declarationsOf(layerOf(css).toString())
  expect(hardened.length).toBeGreaterThan(200)
  expect(hardened.filter(({ important }) => !important)).toEqual([])
  expect(css).toContain('light-dark(')
  expect(css).toContain('@starting-style')
  expect(css).toContain('::backdrop')
})

/** The sheets in the order in which a page adopts them. */
const sheets = [bundleStyles(), bundleFieldStyles(), bundleControlStyles(), bundleConflictStyles()]

test('every source is in one of the sheets', () => {
  const bundled = new Set(sheets.flatMap((css) => css.match(/\.latchkey-[a-z-]+/g) ?? []))
  for (const { name, css } of sources) {
    const missing = (
      postcss
        .parse(css)
        .toString()
        .match(/\.latchkey-[a-z-]+/g) ?? []
    ).filter((own) => !bundled.has(own))
    expect(missing, name).toEqual([])
  }
  const motion = /@media \(prefers-reduced-motion:\s?no-preference\)/
  expect(bundleStyles()).toMatch(motion)
})

test('drawn marks follow the scheme of their element: light-dark() in them must not fall back to light', () => {
  const after = hardenedRule('.latchkey-part:after')
  expect(after.filter(({ prop }) => prop === 'color-scheme').map(({ value }) => value)).toEqual(['inherit'])
})

test('the sheets that are fetched later are hardened alike, and bring no tokens', () => {
  for (const css of sheets.slice(1)) {
    expect(postcss.parse(css).nodes).toHaveLength(1)
    const hardened = declarationsOf(layerOf(css).toString())
    expect(hardened.length).toBeGreaterThan(30)
    expect(hardened.filter(({ important }) => !important)).toEqual([])
    expect(hardened.filter(({ prop }) => prop.startsWith('--'))).toEqual([])
  }
})

test('tokens are used and used tokens exist', () => {
  const css = sheets.join('')
  const declared = new Set(declarationsOf(css).flatMap(({ prop }) => (prop.startsWith('--') ? [prop] : [])))
  const used = new Set(css.match(/(?<=var\()--[a-z-]+/g))
  expect([...used].toSorted()).toEqual([...declared].toSorted())
})

test('selectors are the widget’s own, without a page’s elements', () => {
  for (const { name, css } of sources) {
    postcss.parse(css).walkRules(({ selectors }) => {
      for (const selector of selectors) {
        expect(selector, name).toMatch(/^(:where\(:root\)|latch-field|\.latchkey-[a-z-]+([:[][^ ]+)*)$/)
      }
    })
  }
})

test('sources name no physical side, no rem and no address', () => {
  for (const { name, css } of sources) {
    for (const { prop, value } of declarationsOf(css)) {
      expect(prop, name).not.toMatch(/^((min|max)-)?(width|height)$|\b(left|right|top|bottom)\b/)
      expect(value, name).not.toMatch(/\b(left|right)\b/)
      expect(value, name).not.toMatch(/\d(rem|pt)\b|url\(/)
    }
  }
})

test('nothing moves for people who ask for less motion', () => {
  for (const { css } of sources) {
    for (const declaration of declarationsOf(css)) {
      if (!/^(transition|animation)/.test(declaration.prop)) continue
      const around = declaration.parent?.parent
      expect(around?.type === 'atrule' ? around.params : around?.type).toBe('(prefers-reduced-motion: no-preference)')
    }
  }
})

const tokens = new Map(declarationsOf(bundleStyles()).map(({ prop, value }) => [prop, value]))

/** Relative luminance of a token's colour in one scheme (WCAG 2.2, "relative luminance"). */
function luminance(token: string, scheme: 0 | 1): number {
  const pair = /^light-dark\((#\w+),(#\w+)\)$/.exec(tokens.get(`--latchkey-${token}`) ?? '')
  const color = pair?.[scheme + 1]
  if (!color) throw new Error(`--latchkey-${token} is no pair of colours`)
  const hex = color.length === 4 ? color.replaceAll(/\w/g, '$&$&') : color
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

test.each([
  ['text', 'surface', 4.5],
  ['text', 'field', 4.5],
  ['text', 'border', 4.5],
  ['text', 'danger-surface', 4.5],
  ['muted', 'surface', 4.5],
  ['muted', 'field', 4.5],
  ['accent', 'surface', 4.5],
  ['accent', 'field', 4.5],
  ['accent-strong', 'surface', 4.5],
  ['on-accent', 'accent', 4.5],
  ['on-accent', 'accent-strong', 4.5],
  ['danger', 'surface', 4.5],
  ['danger', 'danger-surface', 4.5],
  ['success', 'surface', 4.5],
  ['control-border', 'surface', 3],
  ['control-border', 'field', 3],
  ['danger', 'field', 3],
] as const)('%s on %s reaches %s : 1 in both schemes', (front, back, least) => {
  for (const scheme of [0, 1] as const) {
    const [dark = 0, light = 0] = [luminance(front, scheme), luminance(back, scheme)].toSorted((a, b) => a - b)
    expect((light + 0.05) / (dark + 0.05)).toBeGreaterThanOrEqual(least)
  }
})

test.each([
  ['of every form', bundleStyles, 2900],
  ['of fields', bundleFieldStyles, 1400],
  ['of further controls', bundleControlStyles, 2600],
] as const)('the sheet %s stays small', (_, bundle, most) => {
  expect(gzipSync(bundle()).length).toBeLessThanOrEqual(most)
})
