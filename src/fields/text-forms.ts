// How web addresses, phone numbers and colours are written.

/** An address on the web: anything else, such as `javascript:`, would be dangerous to link to. */
export function isWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text)
}

/** Digits with the signs people put between them; ITU-T E.164 has at most 15 digits, an extension may follow. */
export const PHONE = /^\+?(?:[\s()./-]*\d){3,15}[\s()./-]*(?:(?:[eE][xX][tT]\.?|[xX#])\s*\d{0,8}\s*)?$/

export const COLOR = /^#[0-9a-fA-F]{6}$/
