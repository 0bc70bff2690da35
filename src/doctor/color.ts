// Colours as CSS writes them (hexadecimal, rgb(), hsl(), basic names), their contrast, and one near by that has enough.

/** Red, green and blue in sRGB and the opacity, each from 0 to 1. */
export type Color = readonly [red: number, green: number, blue: number, alpha: number]

/** The sixteen names of CSS 1, `orange` and `transparent`. */
const NAMES: Readonly<Record<string, string>> = {
  black: '#000000',
  silver: '#c0c0c0',
  gray: '#808080',
  grey: '#808080',
  white: '#ffffff',
  maroon: '#800000',
  red: '#ff0000',
  purple: '#800080',
  fuchsia: '#ff00ff',
  green: '#008000',
  lime: '#00ff00',
  olive: '#808000',
  yellow: '#ffff00',
  navy: '#000080',
  blue: '#0000ff',
  teal: '#008080',
  aqua: '#00ffff',
  orange: '#ffa500',
  transparent: '#00000000',
}

/** The colour a text names, or null for one that is written in another way. */
export function readColor(text: string): Color | null {
  const lower = text.trim().toLowerCase()
  const word = Object.hasOwn(NAMES, lower) ? (NAMES[lower] ?? lower) : lower
  const hex = /^#(?:([\da-f]{3,4})|([\da-f]{6}|[\da-f]{8}))$/.exec(word)
  if (hex) return readHex(hex[1] ? hex[1].replace(/./g, '$&$&') : (hex[2] ?? ''))
  const call = /^(rgb|hsl)a?\(([^()]*)\)$/.exec(word)
  const parts = call?.[2]?.split(/[\s,/]+/).filter((part) => part !== '') ?? []
  if (parts.length < 3 || parts.length > 4) return null
  const [first = '', second = '', third = '', fourth = '1'] = parts
  const alpha = share(fourth, 1)
  const color =
    call?.[1] === 'rgb'
      ? [share(first, 255), share(second, 255), share(third, 255)]
      : fromHsl(degrees(first), share(second, 100), share(third, 100))
  const [red = Number.NaN, green = Number.NaN, blue = Number.NaN] = color
  return [red, green, blue, alpha].some(Number.isNaN) ? null : [red, green, blue, alpha]
}

function readHex(digits: string): Color {
  const at = (place: number) => Number.parseInt(digits.slice(place, place + 2), 16) / 255
  return [at(0), at(2), at(4), digits.length === 8 ? at(6) : 1]
}

/** A number out of `whole`, or a percentage, between 0 and 1. */
function share(text: string, whole: number): number {
  const found = /^([+-]?(?:\d+\.?\d*|\.\d+))(%?)$/.exec(text)
  if (!found) return text === 'none' ? 0 : Number.NaN
  return Math.min(1, Math.max(0, Number(found[1]) / (found[2] ? 100 : whole)))
}

const TURN: Readonly<Record<string, number>> = { '': 360, deg: 360, grad: 400, rad: 2 * Math.PI, turn: 1 }

function degrees(text: string): number {
  const found = /^([+-]?(?:\d+\.?\d*|\.\d+))(deg|grad|rad|turn|)$/.exec(text)
  return found ? (Number(found[1]) / (TURN[found[2] ?? ''] ?? 360)) * 360 : Number.NaN
}

/** CSS Color 4, 7.1. */
function fromHsl(hue: number, saturation: number, lightness: number): readonly number[] {
  return [0, 8, 4].map((offset) => {
    const place = (((offset + hue / 30) % 12) + 12) % 12
    const width = saturation * Math.min(lightness, 1 - lightness)
    return lightness - width * Math.max(-1, Math.min(place - 3, 9 - place, 1))
  })
}

/** A colour as it looks on another that is behind it. */
export function over([red, green, blue, alpha]: Color, [redBehind, greenBehind, blueBehind]: Color): Color {
  const mixed = (front: number, behind: number) => front * alpha + behind * (1 - alpha)
  return [mixed(red, redBehind), mixed(green, greenBehind), mixed(blue, blueBehind), 1]
}

/** Relative luminance (WCAG 2.2). */
function luminance([red, green, blue]: Color): number {
  const linear = (channel: number) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4)
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

/** Contrast ratio of two opaque colours, from 1 to 21 (WCAG 2.2). */
export function contrast(one: Color, other: Color): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((first, second) => first - second)
  return (high + 0.05) / (low + 0.05)
}

export function isDarker(one: Color, other: Color): boolean {
  return luminance(one) < luminance(other)
}

/** As `#rrggbb`. */
export function hexOf([red, green, blue]: Color): string {
  const digits = (channel: number) =>
    Math.round(channel * 255)
      .toString(16)
      .padStart(2, '0')
  return `#${digits(red)}${digits(green)}${digits(blue)}`
}

const BLACK: Color = [0, 0, 0, 1]
const WHITE: Color = [1, 1, 1, 1]
const STEPS = 256

/** What a colour has to stand out from, and how much. */
export interface Demand {
  readonly other: Color
  readonly ratio: number
}

export function meets(color: Color, demands: readonly Demand[]): boolean {
  return demands.every(({ other, ratio }) => contrast(color, other) >= ratio)
}

/** The colour nearest to one, darker or lighter, that meets every demand, as `#rrggbb`; null where none does. */
export function nearestThatMeets(color: Color, demands: readonly Demand[]): string | null {
  for (let step = 1; step <= STEPS; step++) {
    for (const end of [BLACK, WHITE]) {
      const hex = hexOf(over([end[0], end[1], end[2], step / STEPS], color))
      // Rounded to what can be written, it still has to be enough.
      if (meets(readHex(hex.slice(1)), demands)) return hex
    }
  }
  return null
}
