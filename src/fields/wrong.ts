// How a wrong definition is refused.

/** Throws the TypeError of a wrong definition: the place, the rule and the fix. */
export function fail(path: string, rule: string): never {
  throw new TypeError(`${path}: ${rule}`)
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
