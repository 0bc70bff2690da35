// Reads and fills in a form in a browser that Playwright drives; only the shape of its page is known here, not the package.

import type { Hands, PageScreen } from './hands.ts'
import { choicePattern, labelPattern, notTaken } from './labels.ts'

/** What is used of Playwright's `Page` and `Locator`. */
export interface PlaywrightPage {
  locator(selector: string): PlaywrightLocator
  getByLabel(text: RegExp): PlaywrightLocator
}

export interface PlaywrightLocator extends PlaywrightPage {
  first(): PlaywrightLocator
  and(other: PlaywrightLocator): PlaywrightLocator
  filter(options: { readonly hasText: RegExp }): PlaywrightLocator
  fill(text: string): Promise<void>
  blur(): Promise<void>
  click(): Promise<void>
  setChecked(checked: boolean): Promise<void>
  selectOption(option: { readonly label: string }): Promise<unknown>
  count(): Promise<number>
  waitFor(options?: { readonly state?: 'attached' | 'detached' | 'visible' | 'hidden' }): Promise<void>
  getAttribute(name: string): Promise<string | null>
  inputValue(): Promise<string>
  isChecked(): Promise<boolean>
  allInnerTexts(): Promise<string[]>
  all(): Promise<PlaywrightLocator[]>
}

/** Milliseconds that a form may take to say what became of it, and between two looks. */
const PATIENCE = 15_000
const TURN = 50

export function createPlaywrightHands(page: PlaywrightPage, screen: PageScreen): Hands {
  const card = page.locator(`[data-screen="${screen}"]`)
  const form = card.locator('form:not([hidden])')
  // What stands there until a control is fetched has its label already.
  const anyControl = page.locator('input, select, textarea, :has(input, select, textarea)')
  const named = (label: string) => card.getByLabel(labelPattern(label)).and(anyControl).first()
  const boxesIn = (control: PlaywrightLocator) => control.locator('input[type=radio], input[type=checkbox]')
  const is = async (control: PlaywrightLocator, selector: string) =>
    (await control.and(page.locator(selector)).count()) > 0
  const words = (texts: readonly string[]) =>
    texts.map((text) => text.replace(/\s+/g, ' ').trim()).filter((text) => text !== '')

  /** What tells one step of a form from another. */
  async function controlsIn(): Promise<string> {
    const controls = await form.locator('input, select, textarea').all()
    return (await Promise.all(controls.map((control) => control.getAttribute('id')))).join(' ')
  }

  async function errorsIn(): Promise<readonly string[]> {
    const items = words(await card.locator('[role=alert] li').allInnerTexts())
    return items.length > 0 ? items : words(await card.locator('[role=alert]').allInnerTexts())
  }

  async function statusIn(): Promise<string> {
    return words(await form.locator(':scope > [role=status]').allInnerTexts()).join(' ')
  }

  async function choicesIn(control: PlaywrightLocator) {
    const boxes = await boxesIn(control).all()
    return Promise.all(
      boxes.map(async (box) => {
        const caption = await captionOf(page.locator(`label[for="${await box.getAttribute('id')}"]`))
        return { box, caption }
      }),
    )
  }

  return {
    arrive: () => form.waitFor({ state: 'visible' }),
    async put(label, value) {
      const control = named(label)
      await control.waitFor({ state: 'visible' })
      if ((await boxesIn(control).count()) > 0) {
        const wanted = (Array.isArray(value) ? value : [value]).map(String)
        const choices = await choicesIn(control)
        if (!wanted.every((one) => choices.some(({ caption }) => caption === one)))
          throw notTaken(label, value, choices.map(({ caption }) => caption).join(', '))
        for (const { box, caption } of choices) {
          const on = wanted.includes(caption)
          if (on || (await box.getAttribute('type')) === 'checkbox') await box.setChecked(on)
        }
      } else if ((await control.getAttribute('type')) === 'checkbox') {
        if (typeof value !== 'boolean') throw notTaken(label, value, 'true or false')
        await control.setChecked(value)
      } else if (await is(control, 'select')) await control.selectOption({ label: String(value) })
      else if (await is(control, 'input, textarea')) {
        if (typeof value !== 'string' && typeof value !== 'number') throw notTaken(label, value, 'a text')
        await control.fill(String(value))
        if ((await control.getAttribute('role')) === 'combobox' && value !== '') {
          const list = page.locator(`[id="${await control.getAttribute('aria-controls')}"] [role=option]`)
          await list
            .filter({ hasText: choicePattern(String(value)) })
            .first()
            .waitFor()
          for (const option of await list.all()) {
            if ((await captionOf(option)) !== String(value)) continue
            await option.click()
            break
          }
        }
        await control.blur()
      } else throw notTaken(label, value, 'nothing by itself: fill in the controls inside')
    },
    async putOwn(kind, text) {
      await form
        .locator(kind === 'email' ? 'input[name=email], input[name=identifier]' : 'input[name=password]')
        .fill(text)
    },
    async read(label) {
      const control = named(label)
      await control.waitFor({ state: 'visible' })
      const choices = await choicesIn(control)
      if (choices.length > 0) {
        const chosen: string[] = []
        for (const { box, caption } of choices) if (await box.isChecked()) chosen.push(caption)
        return (await choices[0]?.box.getAttribute('type')) === 'radio' ? (chosen[0] ?? '') : chosen
      }
      if ((await control.getAttribute('type')) === 'checkbox') return control.isChecked()
      if (await is(control, 'select')) {
        if ((await control.inputValue()) === '') return ''
        return words(await control.locator('option:checked').allInnerTexts())[0] ?? ''
      }
      return (await is(control, 'input, textarea'))
        ? control.inputValue()
        : words(await control.allInnerTexts()).join(' ')
    },
    press: (name) =>
      page
        .locator('button')
        .filter({ hasText: labelPattern(name) })
        .first()
        .click(),
    async submit() {
      const before = await controlsIn()
      await form.locator('button[type=submit]').click()
      for (let waited = 0; waited < PATIENCE; waited += TURN) {
        await new Promise((resolve) => setTimeout(resolve, TURN))
        if ((await form.count()) === 0) return
        if ((await card.locator('form[aria-busy=true]').count()) > 0) continue
        if ((await controlsIn()) !== before || (await errorsIn()).length > 0 || (await statusIn()) !== '') return
      }
      throw new TypeError('nothing became of the form that was sent')
    },
    errors: errorsIn,
    status: statusIn,
  }
}

/** The first line of a choice: what follows is its description. */
async function captionOf(choice: PlaywrightLocator): Promise<string> {
  const [text = ''] = await choice.allInnerTexts()
  return (text.split('\n')[0] ?? '').trim()
}
