// A field's `pattern`, read as HTML reads it.

/** The whole value has to match, with the `v` flag. Throws SyntaxError. */
export function patternOf(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`, 'v')
}
