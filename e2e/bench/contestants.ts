// Who is measured: each has a page of its own, which draws the same forms.

export interface Contestant {
  readonly name: string
  /** The module of its page. */
  readonly page: string
  /** Names of the forms it can draw. */
  readonly forms: readonly string[]
}

/** Where a page counts its draws they decide; the others are there to compare times with. */
export const contestants: readonly Contestant[] = [
  { name: 'latchkey', page: 'e2e/bench/latchkey-page.ts', forms: ['text', 'conditional', 'select', 'refused'] },
  { name: 'bare', page: 'e2e/bench/bare-page.ts', forms: ['text'] },
]
