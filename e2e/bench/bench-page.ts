// What runs inside a contestant's page: it draws the form its address asks for, types by event, and reads the clock.
import type { Renders } from './count-renders.ts'
import { type BenchField, ELSEWHERE, forms } from './forms.ts'

export interface BenchPage {
  /**
   * Draws since the last call, by component; null where they cannot be counted.
   * With the name of a control, what was drawn outside of it is told apart by `elsewhere`.
   */
  takeDraws(within: string | null): Readonly<Record<string, number>> | null
  /**
   * Types into the field of this name, and answers with microseconds a keystroke, one number for every ten.
   * The time is that of the page's own code, or that and the layout which the browser does for any form.
   */
  timeKeys(name: string, samples: number, withLayout: boolean): Promise<readonly number[]>
}

declare global {
  interface Window {
    readonly bench: BenchPage
  }
}

/** Keystrokes in one sample: the clock of a page has steps of five microseconds. */
const KEYS = 10

/** More turns of the queue of microtasks than a draw, or a check of rules, is put off by. */
const TURNS = 30

/** Draws the form with the contestant's own means; `renders` is null where they cannot be counted. */
export function startBench(
  mount: (fields: readonly BenchField[], host: HTMLElement) => void,
  renders: Renders | null,
): void {
  const asked = new URLSearchParams(location.search)
  const form = forms.find(({ name }) => name === asked.get('form'))
  if (!form) throw new Error(`no such form: ${location.search}`)
  const bench: BenchPage = {
    takeDraws: (within) =>
      renders &&
      counts(
        renders
          .take()
          .map(({ component, control }) =>
            within === null || control === within ? component : `${component} ${ELSEWHERE}`,
          ),
      ),
    timeKeys: (name, samples, withLayout) => timeKeys(inputNamed(name), samples, withLayout, renders),
  }
  Object.assign(window, { bench })
  mount(form.fields(Number(asked.get('fields'))), document.body.appendChild(document.createElement('div')))
}

function counts(words: readonly string[]): Readonly<Record<string, number>> {
  const found = new Map<string, number>()
  for (const word of words) found.set(word, (found.get(word) ?? 0) + 1)
  return Object.fromEntries(found)
}

function inputNamed(name: string): HTMLInputElement {
  const input = document.querySelector(`input[name="${name}"]`)
  if (input instanceof HTMLInputElement) return input
  throw new Error(`no such input: ${name}`)
}

async function timeKeys(
  input: HTMLInputElement,
  samples: number,
  withLayout: boolean,
  renders: Renders | null,
): Promise<readonly number[]> {
  input.focus()
  const times: number[] = []
  for (let sample = 0; sample < samples; sample += 1) {
    let spent = 0
    for (let key = 1; key <= KEYS; key += 1) {
      const drawn = renders?.total ?? 0
      spent += await timeKey(input, 'abcdefghij'.slice(0, key), withLayout)
      if (renders && renders.total === drawn) throw new Error('a keystroke ended before its draw')
    }
    times.push((spent * 1000) / KEYS)
    // Leaves the page room to paint between samples.
    await new Promise((resolve) => setTimeout(resolve))
  }
  return times
}

/** Milliseconds from the event until everything it draws is drawn. */
async function timeKey(input: HTMLInputElement, typed: string, withLayout: boolean): Promise<number> {
  const start = performance.now()
  // Past what a library may have put on the element itself, as the browser does.
  Reflect.set(HTMLInputElement.prototype, 'value', typed, input)
  input.dispatchEvent(new InputEvent('input', { bubbles: true, data: typed.slice(-1), inputType: 'insertText' }))
  for (let turn = 0; turn < TURNS; turn += 1) await null
  if (withLayout) document.body.getBoundingClientRect()
  return performance.now() - start
}
