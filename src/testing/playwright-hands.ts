// Reads and fills in a form in a browser that Playwright drives; only the shape of its page is known here, not the package.

import type { Hands, PageScreen } from './hands.ts'
import { labelPattern, notTaken } from './labels.ts'

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

export function createPlaywrightHands(page: PlaywrightPage, screen: PageScreen): Hands {
  const card = page.locator(`[data-screen="${screen}"]`)
  const form = card.locator('form')
  // What stands there until a control is fetched has its label already.
  const anyControl = page.locator('input, select, textarea, :has(input, select, textarea)')
  const named = (label: string) => card.getByLabel(labelPattern(label)).and(anyControl).first()
  const boxesIn = (control: PlaywrightLocator) => control.locator('input[type=radio], input[type=checkbox]')
  const is = async (control: PlaywrightLocator, selector: string) =>
    (await control.and(page.locator(selector)).count()) > 0
  const words = (texts: readonly string[]) =>
    texts.map((text) => text.replace(/\s+/g, ' ').trim()).filter((text) => text !== '')

  return {
    arrive: () => form.waitFor({ state: 'visible' }),
    async put(label, value) {
      const control = named(label)
      await control.waitFor({ state: 'visible' })
      if ((await boxesIn(control).count()) > 0) {
        const wanted = Array.isArray(value) ? value : [value]
        for (const box of await boxesIn(control).all()) {
          const isBox = (await box.getAttribute('type')) === 'checkbox'
          if (isBox) await box.setChecked(false)
        }
        for (const one of wanted)
          await control
            .getByLabel(labelPattern(String(one)))
            .first()
            .setChecked(true)
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
            .filter({ hasText: labelPattern(String(value)) })
            .first()
            .click()
        }
        await control.blur()
      } else throw notTaken(label, value, 'nothing by itself: fill in the controls inside')
    },
    async putOwn(kind, text) {
      await form.locator(kind === 'email' ? 'input[type=email]' : 'input[autocomplete$=password]').fill(text)
    },
    async read(label) {
      const control = named(label)
      await control.waitFor({ state: 'visible' })
      const boxes = await boxesIn(control).all()
      if (boxes.length > 0) {
        const chosen: string[] = []
        for (const box of boxes) {
          if (await box.isChecked())
            chosen.push(...words(await page.locator(`label[for="${await box.getAttribute('id')}"]`).allInnerTexts()))
        }
        return (await boxes[0]?.getAttribute('type')) === 'radio' ? (chosen[0] ?? '') : chosen
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
      await form.locator('button[type=submit]').click()
      await page.locator(`[data-screen="${screen}"] form[aria-busy=true]`).waitFor({ state: 'detached' })
    },
    async errors() {
      const items = words(await card.locator('[role=alert] li').allInnerTexts())
      return items.length > 0 ? items : words(await card.locator('[role=alert]').allInnerTexts())
    },
    async status() {
      return words(await form.locator(':scope > [role=status]').allInnerTexts()).join(' ')
    },
  }
}
