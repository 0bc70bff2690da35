// Keeps passwords, cookies and tokens of a run out of its report.

export interface Secrets {
  add(secret: string): void
  /** The text with every secret taken out, cut where it is long. */
  hide(text: string): string
}

/** Longest text of one line in a report. */
const MAX_TEXT = 300

/** Shorter ones would take harmless words out of the report, and are no secret anyway. */
const MIN_SECRET = 8

export function createSecrets(): Secrets {
  const known = new Set<string>()
  return {
    add(secret) {
      if (secret.length >= MIN_SECRET) known.add(secret)
    },
    hide(text) {
      let shown = text
      for (const secret of known) shown = shown.replaceAll(secret, '(secret)')
      return shown.length > MAX_TEXT ? `${shown.slice(0, MAX_TEXT)}… (${shown.length} characters)` : shown
    },
  }
}
