// Colours: read as CSS writes them, measured as WCAG does, and mended with one that is enough.
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { contrast, hexOf, nearestThatMeets, readColor } from '../../src/doctor/color.ts'
import { DEFAULT_TOKENS } from '../../src/doctor/default-tokens.ts'
import { findingLine } from '../../src/doctor/finding.ts'
import { themeFindings } from '../../src/doctor/theme.ts'
import { themeFromCss } from '../../src/doctor/theme-css.ts'
import { bundleStyles } from '../../styles/harden.ts'

const colors: readonly (readonly [text: string, hex: string | null])[] = [
  ['#0C6B58', '#0c6b58'],
  ['#fff', '#ffffff'],
  ['#12345680', '#123456'],
  ['white', '#ffffff'],
  [' Navy ', '#000080'],
  ['rgb(12, 107, 88)', '#0c6b58'],
  ['rgb(12 107 88 / 50%)', '#0c6b58'],
  ['rgba(100%, 0%, 50%, .5)', '#ff0080'],
  ['hsl(120 100% 25%)', '#008000'],
  ['hsl(-240deg, 100%, 50%)', '#00ff00'],
  ['hsl(0.5turn 100 50)', '#00ffff'],
  ['oklch(0.5 0.1 200)', null],
  ['color-mix(in srgb, red, blue)', null],
  ['rgb(1 2)', null],
  ['#12345', null],
  ['constructor', null],
  ['', null],
]

test.each(colors)('reads %j', (text, hex) => {
  const color = readColor(text)
  expect(color && hexOf(color)).toBe(hex)
})

test('measures contrast as WCAG 2.2 does', () => {
  const ratio = (one: string, other: string) => {
    const [first, second] = [readColor(one), readColor(other)]
    return first && second ? contrast(first, second) : 0
  }
  expect(ratio('#000', '#fff')).toBeCloseTo(21, 5)
  expect(ratio('#777', '#fff')).toBeCloseTo(4.478, 3)
  expect(ratio('#767676', '#fff')).toBeCloseTo(4.542, 3)
  expect(ratio('red', 'red')).toBe(1)
})

test('the nearest colour that is enough is enough, and there always is one', () => {
  const channel = fc.double({ min: 0, max: 1, noNaN: true })
  const color = fc.tuple(channel, channel, channel, fc.constant(1))
  fc.assert(
    fc.property(color, color, fc.constantFrom(3, 4.5), (one, other, ratio) => {
      const better = readColor(nearestThatMeets(one, [{ other, ratio }]) ?? '')
      expect(better && contrast(better, other)).toBeGreaterThanOrEqual(ratio)
    }),
  )
})

test('the defaults are those of the style sheet, and can be read', () => {
  const css = readFileSync('styles/tokens.css', 'utf8')
  expect(themeFromCss(css)).toEqual(DEFAULT_TOKENS)
  expect(themeFindings(DEFAULT_TOKENS)).toEqual([])
  const built = Object.entries(themeFromCss(bundleStyles())).filter(([token]) => Object.hasOwn(DEFAULT_TOKENS, token))
  expect(built.length).toBe(Object.keys(DEFAULT_TOKENS).length)
  expect(themeFindings(Object.fromEntries(built))).toEqual([])
})

const themes: readonly (readonly [theme: Readonly<Record<string, string>>, findings: readonly string[]])[] = [
  [{}, []],
  [
    { '--latchkey-accent': 'light-dark(#0c6b58, #7fd6c0)', '--latchkey-accent-strong': 'light-dark(#085041, #a3e4d3)' },
    [],
  ],
  [{ '--latchkey-muted': '#767676', '--latchkey-color-scheme': 'light' }, []],
  [
    { '--latchkey-muted': '#777', '--latchkey-color-scheme': 'light' },
    [
      'warning theme.--latchkey-muted "#777": too little contrast in the light scheme (WCAG 1.4.3): hints (muted on surface) 4.47:1 of 4.5:1; fix: use a colour at least as dark as #767676',
    ],
  ],
  [
    { '--latchkey-muted': 'rgb(0 0 0 / 50%)', '--latchkey-color-scheme': 'light' },
    [
      'warning theme.--latchkey-muted "rgb(0 0 0 / 50%)": too little contrast in the light scheme (WCAG 1.4.3): hints (muted on surface) 3.97:1 of 4.5:1; fix: use a colour at least as dark as #767676',
    ],
  ],
  [
    { '--latchkey-control-border': 'light-dark(#ccc, #7d8493)' },
    [
      'warning theme.--latchkey-control-border "#ccc": too little contrast in the light scheme (WCAG 1.4.11): the edge of a control (control-border on field) 1.6:1 of 3:1, the edge of a control (control-border on surface) 1.6:1 of 3:1; fix: use a colour at least as dark as #949494',
    ],
  ],
  // One change has to be right for everything the token meets: links on the card and text on the button.
  [
    { '--latchkey-accent': '#f59e0b', '--latchkey-color-scheme': 'light' },
    [
      'warning theme.--latchkey-accent "#f59e0b": too little contrast in the light scheme (WCAG 1.4.3, 1.4.11): links (accent on surface) 2.14:1 of 4.5:1, text of the main button (on-accent on accent) 2.14:1 of 4.5:1, the focus ring and a ticked box (accent on field) 2.14:1 of 3:1; fix: use a colour at least as dark as #a56a07',
    ],
  ],
  // The site chose the one and not the other.
  [
    { '--latchkey-danger-surface': '#b3261e', '--latchkey-color-scheme': 'light' },
    [
      'warning theme.--latchkey-danger-surface "#b3261e": too little contrast in the light scheme (WCAG 1.4.3): text in the list of what went wrong (text on danger-surface) 2.71:1 of 4.5:1, the heading of what went wrong (danger on danger-surface) 1:1 of 4.5:1; fix: use a colour at least as light as #eed0ce',
    ],
  ],
  [
    {
      '--latchkey-accent': 'var(--brand, #777)',
      '--latchkey-on-accent': 'var(--latchkey-accent)',
      '--latchkey-color-scheme': 'dark',
    },
    [
      'warning theme.--latchkey-accent "#777": too little contrast in the dark scheme (WCAG 1.4.3): links (accent on surface) 3.96:1 of 4.5:1; fix: no one colour has enough contrast with all of these; change one of those too',
      'warning theme.--latchkey-on-accent "#777": too little contrast in the dark scheme (WCAG 1.4.3): text of the main button (on-accent on accent) 1:1 of 4.5:1, text of the main button under the pointer (on-accent on accent-strong) 2.77:1 of 4.5:1; fix: use a colour at least as dark as #060606',
    ],
  ],
  [
    { '--latchkey-text': 'oklch(0.2 0 0)' },
    [
      'note theme.--latchkey-text "oklch(0.2 0 0)": its contrast cannot be computed here; fix: write it as #rrggbb, rgb() or hsl(), or measure it in the page',
    ],
  ],
  [
    { 'latchkey-acent': 'red', '--shadow': 'none', '--latchkey-zzzzzzzz': '1' },
    [
      'warning theme.latchkey-acent: there is no such token, so it does nothing; fix: did you mean "--latchkey-accent"?',
      'warning theme.--shadow: there is no such token, so it does nothing; fix: did you mean "--latchkey-shadow"?',
      'warning theme.--latchkey-zzzzzzzz: there is no such token, so it does nothing; fix: use one of styles/tokens.css',
    ],
  ],
  [
    { '--latchkey-accent': 'var(--latchkey-accent)' },
    [
      'note theme.--latchkey-accent "var(--latchkey-accent)": its contrast cannot be computed here; fix: write it as #rrggbb, rgb() or hsl(), or measure it in the page',
    ],
  ],
]

test.each(themes)('theme %j', (theme, findings) => {
  expect(themeFindings(theme).map(findingLine)).toEqual(findings)
})

const sheets: readonly (readonly [css: string, theme: object])[] = [
  [':root { --latchkey-accent: #0c6b58; color: red }', { '--latchkey-accent': '#0c6b58' }],
  ['/* --latchkey-text: red; */ a { --latchkey-accent: #000 !important }', { '--latchkey-accent': '#000' }],
  ['a{--latchkey-accent:#000;--latchkey-accent:#111}', { '--latchkey-accent': '#111' }],
  [
    ':root { --latchkey-accent: #000 } @media (prefers-color-scheme: dark) { :root { --latchkey-accent: #fff } }',
    { '--latchkey-accent': 'light-dark(#000, #fff)' },
  ],
  ['html[data-theme="dark"] { --latchkey-text: #eee }', { '--latchkey-text': 'light-dark(#16181d, #eee)' }],
  ['', {}],
]

test.each(sheets)('style sheet %j', (css, theme) => {
  expect(themeFromCss(css)).toEqual(theme)
})
