// Whether the configured colours can be read: each pair of tokens that meets on the screen, in the light and the dark scheme.
import { type Color, contrast, type Demand, hexOf, isDarker, nearestThatMeets, over, readColor } from './color.ts'
import { DEFAULT_TOKENS } from './default-tokens.ts'
import type { Finding } from './finding.ts'
import { closest } from './suggest.ts'
import { type Scheme, type Theme, tokenValue } from './tokens.ts'

interface Pair {
  readonly front: string
  readonly back: string
  /** What meets there. */
  readonly what: string
  readonly ratio: number
}

const TEXT = { ratio: 4.5 }
const MARK = { ratio: 3 }

const PAIRS: readonly Pair[] = [
  { front: 'text', back: 'surface', what: 'text on the card', ...TEXT },
  { front: 'text', back: 'field', what: 'what is typed', ...TEXT },
  { front: 'text', back: 'danger-surface', what: 'text in the list of what went wrong', ...TEXT },
  { front: 'muted', back: 'surface', what: 'hints', ...TEXT },
  { front: 'accent', back: 'surface', what: 'links', ...TEXT },
  { front: 'accent-strong', back: 'surface', what: 'links under the pointer', ...TEXT },
  { front: 'on-accent', back: 'accent', what: 'text of the main button', ...TEXT },
  { front: 'on-accent', back: 'accent-strong', what: 'text of the main button under the pointer', ...TEXT },
  { front: 'danger', back: 'surface', what: 'what went wrong', ...TEXT },
  { front: 'danger', back: 'danger-surface', what: 'the heading of what went wrong', ...TEXT },
  { front: 'success', back: 'surface', what: 'what went well', ...TEXT },
  { front: 'accent', back: 'field', what: 'the focus ring and a ticked box', ...MARK },
  { front: 'control-border', back: 'field', what: 'the edge of a control', ...MARK },
  { front: 'control-border', back: 'surface', what: 'the edge of a control', ...MARK },
]

/** The tokens a site has set, out of all that are read from a page: those that are not as the style sheet has them. */
export function configuredTokens(read: (token: string) => string): Theme {
  const set = Object.keys(DEFAULT_TOKENS)
    .map((token) => [token, read(token).trim()] as const)
    .filter(([, value]) => value !== '')
  const theme = Object.fromEntries(set)
  const shown = (token: string, tokens: Theme, scheme: Scheme) => {
    const value = tokenValue(token, tokens, scheme)
    const color = readColor(value)
    return color ? `${hexOf(color)} ${color[3]}` : value
  }
  const isOwn = (token: string) =>
    (['light', 'dark'] as const).some((scheme) => shown(token, theme, scheme) !== shown(token, {}, scheme))
  return Object.fromEntries(set.filter(([token]) => isOwn(token)))
}

/** Every token with too little contrast, those that cannot be read here, and names that are no token. Never throws. */
export function themeFindings(theme: Theme): readonly Finding[] {
  const unread = new Set<string>()
  const given = Object.keys(theme).map((token) => token.replace(/^--latchkey-/, ''))
  const found = schemesOf(theme).flatMap((scheme) => {
    const meetings = PAIRS.filter(({ front, back }) => given.includes(front) || given.includes(back)).flatMap((pair) =>
      meetingsOf(pair, theme, scheme, unread),
    )
    return [...new Set(meetings.map((meeting) => changedIn(meeting, given)))].flatMap((token) =>
      tokenFindings(token, meetings, given, theme, scheme),
    )
  })
  return [...unknownTokens(theme), ...found, ...[...unread].map((token) => unreadFinding(token, theme))]
}

function schemesOf(theme: Theme): readonly Scheme[] {
  const schemes = (theme['--latchkey-color-scheme'] ?? '').split(/\s+/)
  const all: readonly Scheme[] = ['light', 'dark']
  const wanted = all.filter((scheme) => schemes.includes(scheme))
  return wanted.length > 0 ? wanted : all
}

/** Two colours as they are seen. */
interface Meeting extends Pair {
  readonly frontColor: Color
  readonly backColor: Color
}

function meetingsOf(pair: Pair, theme: Theme, scheme: Scheme, unread: Set<string>): readonly Meeting[] {
  const [front, back] = [pair.front, pair.back].map((token) => {
    const color = readColor(tokenValue(`--latchkey-${token}`, theme, scheme))
    if (!color) unread.add(token)
    return color
  })
  if (!front || !back) return []
  // What is behind a card that lets light through is the page's business; white or black is the usual one.
  const backColor = over(back, scheme === 'light' ? [1, 1, 1, 1] : [0, 0, 0, 1])
  return [{ ...pair, frontColor: over(front, backColor), backColor }]
}

/** The one of both tokens to change: one that the site chose. */
function changedIn({ front, back }: Pair, given: readonly string[]): string {
  return given.includes(front) ? front : back
}

function tokenFindings(
  token: string,
  meetings: readonly Meeting[],
  given: readonly string[],
  theme: Theme,
  scheme: Scheme,
): readonly Finding[] {
  const failing = meetings.filter(
    (meeting) => changedIn(meeting, given) === token && contrast(meeting.frontColor, meeting.backColor) < meeting.ratio,
  )
  const [first] = failing
  if (!first) return []
  const color = first.front === token ? first.frontColor : first.backColor
  const demands = meetings
    .filter(({ front, back }) => front === token || back === token)
    .map(({ front, frontColor, backColor, ratio }) => ({ other: front === token ? backColor : frontColor, ratio }))
  const all = failing.map(
    ({ what, front, back, ratio, frontColor, backColor }) =>
      `${what} (${front} on ${back}) ${rounded(contrast(frontColor, backColor))}:1 of ${ratio}:1`,
  )
  const criteria = [...new Set(failing.map(({ ratio }) => (ratio === TEXT.ratio ? '1.4.3' : '1.4.11')))]
    .sort()
    .reverse()
  return [
    {
      level: 'warning',
      path: `theme.--latchkey-${token}`,
      given: JSON.stringify(tokenValue(`--latchkey-${token}`, theme, scheme)),
      problem: `too little contrast in the ${scheme} scheme (WCAG ${criteria.join(', ')}): ${all.join(', ')}`,
      fix: betterColor(color, demands),
    },
  ]
}

/** Rounded down, for 4.499 is not 4.5. */
function rounded(ratio: number): number {
  return Math.floor(ratio * 100) / 100
}

function betterColor(color: Color, demands: readonly Demand[]): string {
  const hex = nearestThatMeets(color, demands)
  const better = hex === null ? null : readColor(hex)
  if (!better) return 'no one colour has enough contrast with all of these; change one of those too'
  const darker = demands.filter(({ other }) => isDarker(better, other)).length
  if (darker > 0 && darker < demands.length) return `use a colour such as ${hex}`
  return `use a colour at least as ${darker > 0 ? 'dark' : 'light'} as ${hex}`
}

function unknownTokens(theme: Theme): readonly Finding[] {
  const known = Object.keys(DEFAULT_TOKENS)
  return Object.keys(theme)
    .filter((token) => !known.includes(token))
    .map((token) => {
      const meant = closest(`--latchkey-${token.replace(/^-*(latchkey-)?/, '')}`, known)
      return {
        level: 'warning',
        path: `theme.${token}`,
        given: null,
        problem: 'there is no such token, so it does nothing',
        fix: meant === null ? 'use one of styles/tokens.css' : `did you mean "${meant}"?`,
      }
    })
}

function unreadFinding(token: string, theme: Theme): Finding {
  return {
    level: 'note',
    path: `theme.--latchkey-${token}`,
    given: JSON.stringify(theme[`--latchkey-${token}`] ?? ''),
    problem: 'its contrast cannot be computed here',
    fix: 'write it as #rrggbb, rgb() or hsl(), or measure it in the page',
  }
}
