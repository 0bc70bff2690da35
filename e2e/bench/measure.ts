// Measures one form of one contestant in a freshly loaded page: draws by real keys, time by many keystrokes.
import type { Browser, Locator, Page } from '@playwright/test'
import type { Contestant } from './contestants.ts'
import { type BenchForm, typedInto } from './forms.ts'

/** One form of one contestant in one size. */
export interface Case {
  readonly contestant: Contestant
  readonly form: BenchForm
  readonly fields: number
}

/** Microseconds a keystroke. */
export interface KeyTime {
  /** In the page's own code. */
  readonly script: number
  /** With the layout that follows. */
  readonly whole: number
}

export type Draws = Readonly<Record<string, number>>

export interface Counted {
  /** Draws of each component a keystroke; null where they cannot be counted. */
  readonly keystroke: Draws | null
  /** Draws of each component when the form's choice is made; null where there is none. */
  readonly choice: Draws | null
}

/** Keys that are really pressed. */
const PRESSED = 200

/** Samples of ten keystrokes: those that let the engine compile what is hot, and those that count. */
const SAMPLES = { first: 20, counted: 30 }

/** Presses keys and counts what each draws. */
export function countDraws(browser: Browser, origin: string, measured: Case): Promise<Counted> {
  return onPage(browser, origin, measured, async (page, input) => {
    await input.focus()
    // The first key may say something new about the field; what follows is typing.
    await page.keyboard.press('a')
    await takeDraws(page, null)
    await page.keyboard.type('b'.repeat(PRESSED))
    const draws = await takeDraws(page, typedInto(measured.fields))
    const length = (await input.inputValue()).length
    if (length !== PRESSED + 1) throw new Error(`${PRESSED + 1} keys were pressed and ${length} arrived`)
    const { choice } = measured.form
    if (choice) await page.locator(`[name="${choice.field}"]`).selectOption(choice.value)
    return { keystroke: draws && shares(draws, PRESSED), choice: choice && (await takeDraws(page, null)) }
  })
}

/** Time of a keystroke: the medians of one load of the page. */
export function timeKeys(browser: Browser, origin: string, measured: Case): Promise<KeyTime> {
  return onPage(browser, origin, measured, async (page) => {
    const name = typedInto(measured.fields)
    const time = (samples: number, withLayout: boolean) =>
      page.evaluate(([name, samples, withLayout]) => window.bench.timeKeys(name, samples, withLayout), [
        name,
        samples,
        withLayout,
      ] as const)
    await time(SAMPLES.first, true)
    return { script: median(await time(SAMPLES.counted, false)), whole: median(await time(SAMPLES.counted, true)) }
  })
}

export function medians(times: readonly KeyTime[]): KeyTime {
  return { script: median(times.map(({ script }) => script)), whole: median(times.map(({ whole }) => whole)) }
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

async function onPage<Answer>(
  browser: Browser,
  origin: string,
  { contestant, form, fields }: Case,
  work: (page: Page, input: Locator) => Promise<Answer>,
): Promise<Answer> {
  const page = await browser.newPage()
  try {
    const problems: string[] = []
    page.on('pageerror', ({ message }) => problems.push(message))
    const drawn = page.locator('[name="field_0"]').waitFor()
    await Promise.all([page.goto(`${origin}/${contestant.name}?form=${form.name}&fields=${fields}`), drawn])
    await form.prepare(page)
    const input = page.locator(`input[name="${typedInto(fields)}"]`)
    await input.waitFor()
    const answer = await work(page, input)
    if (problems.length > 0) throw new Error(problems.join('\n'))
    return answer
  } finally {
    await page.close()
  }
}

/** Takes the draws once two frames have passed, so that whatever was put off is among them. */
async function takeDraws(page: Page, within: string | null): Promise<Draws | null> {
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve)))),
  )
  return page.evaluate((within) => window.bench.takeDraws(within), within)
}

const shares = (draws: Draws, among: number): Draws =>
  Object.fromEntries(Object.entries(draws).map(([component, count]) => [component, count / among]))
