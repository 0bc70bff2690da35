// The forms that are measured, described without any library, so that every contestant draws the same.
import type { Page } from '@playwright/test'

export interface BenchField {
  readonly name: string
  readonly label: string
  /** Null for a text. */
  readonly options: readonly string[] | null
  /** It is shown while the other field has this value; null for any value at all. */
  readonly shownWhen: { readonly field: string; readonly value: string | null } | null
  /** Whether it must be given, in digits. */
  readonly digits: boolean
}

export interface BenchForm {
  readonly name: string
  /** Numbers of fields, the smallest first. */
  readonly sizes: readonly number[]
  fields(count: number): readonly BenchField[]
  /** Brings the drawn form into the state that is measured. */
  prepare(page: Page): Promise<void>
  /** A choice whose draws are counted too: its field and value. */
  readonly choice: { readonly field: string; readonly value: string } | null
}

/** What a draw outside of the control that is typed into is marked with. */
export const ELSEWHERE = 'elsewhere'

const nameOf = (index: number) => `field_${index}`

function texts(count: number, change: (index: number) => Partial<BenchField> = () => ({})): BenchField[] {
  return Array.from({ length: count }, (_, index) => {
    const text = { name: nameOf(index), label: `Field ${index}`, options: null, shownWhen: null, digits: false }
    return { ...text, ...change(index) }
  })
}

/** The field that is typed into stands in the middle, and is one of every second. */
export const typedInto = (count: number): string => nameOf(Math.floor(count / 2) | 1)

const shared = { sizes: [10, 50, 200, 500], prepare: async () => {}, choice: null }

/** Text fields and nothing else. */
const text: BenchForm = { ...shared, name: 'text', fields: (count) => texts(count) }

/** Every second field hangs on the first, the one that is typed into too. */
const conditional: BenchForm = {
  ...shared,
  name: 'conditional',
  fields: (count) => texts(count, (index) => (index % 2 ? { shownWhen: { field: nameOf(0), value: null } } : {})),
  prepare: (page) => page.locator(`[name="${nameOf(0)}"]`).fill('shown'),
}

/** A select shows five fields, which stand all over the form. */
const select: BenchForm = {
  ...shared,
  name: 'select',
  sizes: [10, 500],
  fields(count) {
    const shown = [0, 1, 2, 3, 4].map((place) => 1 + Math.floor((place * (count - 1)) / 5))
    return texts(count, (index) => {
      if (index === 0) return { options: ['small', 'large'] }
      return shown.includes(index) ? { shownWhen: { field: nameOf(0), value: 'large' } } : {}
    })
  },
  choice: { field: nameOf(0), value: 'large' },
}

/** Sent and refused: every field has its error, and what is typed is still wrong. */
const refused: BenchForm = {
  ...shared,
  name: 'refused',
  sizes: [10, 500],
  fields: (count) => texts(count, () => ({ digits: true })),
  async prepare(page) {
    await page.locator('[type="submit"]').click()
    await page.locator(`[name="${nameOf(0)}"][aria-invalid="true"]`).waitFor()
  },
}

export const forms: readonly BenchForm[] = [text, conditional, select, refused]
