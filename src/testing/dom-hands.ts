// Reads and fills in a form in the document at hand, by label and role, as a person with a keyboard would.

import type { Hands, PageScreen, PageValue } from './hands.ts'
import { matchesLabel, notTaken } from './labels.ts'

/** Milliseconds that a control may take to be there, as parts of a form are fetched. */
const PATIENCE = 5000

export function createDomHands(container: Element, screen: PageScreen): Hands {
  const card = () => container.querySelector(`[data-screen="${screen}"]`)
  const form = () => card()?.querySelector('form:not([hidden])') ?? null

  /** Waits for something to be in the page. */
  function until<Found>(find: () => Found | null | undefined, what: () => string): Promise<Found> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = find()
        if (found === null || found === undefined) return
        stop()
        resolve(found)
      }
      const observer = new MutationObserver(look)
      const timer = setTimeout(() => {
        stop()
        reject(new TypeError(what()))
      }, PATIENCE)
      function stop(): void {
        observer.disconnect()
        clearTimeout(timer)
      }
      observer.observe(container.ownerDocument, {
        subtree: true,
        childList: true,
        attributes: true,
        characterData: true,
      })
      look()
    })
  }

  const control = (label: string) =>
    until(
      () => labelled(card(), label),
      () => `${JSON.stringify(label)}: there is no such control; there are ${labelsIn(card()).join(', ')}`,
    )

  return {
    async arrive() {
      await until(form, () => `there is no form of the screen ${screen}; mount or show it first`)
    },
    async put(label, value) {
      const element = await control(label)
      if (element.querySelector('input[type=radio], input[type=checkbox]')) await choose(element, label, value)
      else if (element instanceof HTMLInputElement && element.type === 'checkbox') {
        if (typeof value !== 'boolean') throw notTaken(label, value, 'true or false')
        if (element.checked !== value) element.click()
      } else if (element instanceof HTMLSelectElement) select(element, label, value)
      else if (isTextControl(element)) {
        if (typeof value !== 'string' && typeof value !== 'number') throw notTaken(label, value, 'a text')
        type(element, String(value))
        if (element.getAttribute('role') === 'combobox' && value !== '') {
          const list = element.ownerDocument.getElementById(element.getAttribute('aria-controls') ?? '')
          const options = () => [...(list?.querySelectorAll('[role=option]') ?? [])]
          const option = await until(
            () => options().find((candidate) => captionOf(candidate) === value),
            () => `${JSON.stringify(label)}: ${JSON.stringify(value)} is not offered`,
          )
          if (option instanceof HTMLElement) option.click()
        }
        element.blur()
      } else throw notTaken(label, value, 'nothing by itself: fill in the controls inside')
    },
    async putOwn(kind, text) {
      const selector = kind === 'email' ? 'input[name=email], input[name=identifier]' : 'input[name=password]'
      const element = await until(
        () => form()?.querySelector<HTMLInputElement>(selector),
        () => `the screen ${screen} has no control for this: ${kind}`,
      )
      type(element, text)
      element.blur()
    },
    async read(label) {
      const element = await control(label)
      const boxes = [...element.querySelectorAll<HTMLInputElement>('input[type=radio], input[type=checkbox]')]
      if (boxes.length > 0) {
        const chosen = boxes.filter(({ checked }) => checked).map(choiceOf)
        return boxes[0]?.type === 'radio' ? (chosen[0] ?? '') : chosen
      }
      if (element instanceof HTMLInputElement && element.type === 'checkbox') return element.checked
      if (element instanceof HTMLSelectElement) return selectedText(element)
      return isTextControl(element) ? element.value : (element.textContent ?? '')
    },
    async press(name) {
      const find = () =>
        [...container.querySelectorAll('button')].find((candidate) => matchesLabel(candidate.textContent, name))
      const button = await until(find, () => `${JSON.stringify(name)}: there is no such button`)
      button.click()
    },
    async submit() {
      const sent = form()
      const before = controlsIn(sent)
      sent?.querySelector<HTMLButtonElement>('button[type=submit]')?.click()
      await drawn()
      const isOver = () => {
        if (!sent?.isConnected || sent.hasAttribute('hidden')) return true
        if (sent.getAttribute('aria-busy') === 'true') return null
        return controlsIn(sent) !== before || errorsIn(sent).length > 0 || statusIn(sent) !== '' || null
      }
      await until(isOver, () => 'nothing became of the form that was sent')
    },
    errors: async () => errorsIn(card()),
    status: async () => statusIn(form()),
  }
}

/** What tells one step of a form from another. */
function controlsIn(form: Element | null): string {
  return [...(form?.querySelectorAll('input, select, textarea') ?? [])].map(({ id }) => id).join(' ')
}

function errorsIn(part: Element | null): readonly string[] {
  return [...(part?.querySelectorAll('[role=alert]') ?? [])].flatMap((alert) => {
    const items = [...alert.querySelectorAll('li')]
    return (items.length > 0 ? items : [alert]).map(textOf).filter((text) => text !== '')
  })
}

function statusIn(form: Element | null): string {
  const texts = [...(form?.children ?? [])].filter((child) => child.getAttribute('role') === 'status').map(textOf)
  return texts.filter((text) => text !== '').join(' ')
}

function selectedText(element: HTMLSelectElement): string {
  const [option] = element.selectedOptions
  return option && element.value !== '' ? textOf(option) : ''
}

/** A person is not quicker than the page, which draws what was changed. */
function drawn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}

type TextControl = HTMLInputElement | HTMLTextAreaElement

function isTextControl(element: Element): element is TextControl {
  return element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement
}

function textOf(element: Element): string {
  return (element.textContent ?? '').replace(/\s+/g, ' ').trim()
}

/** Every element with a name of its own, and that name. */
function namedIn(card: Element | null): readonly (readonly [name: string, element: Element])[] {
  const pairs = [...(card?.querySelectorAll('label[for], [aria-labelledby]') ?? [])].map((element) => {
    const page = element.ownerDocument
    const target = page.getElementById(element.getAttribute('for') ?? '')
    if (target) return [textOf(element), target] as const
    const caption = page.getElementById(element.getAttribute('aria-labelledby') ?? '')
    return [caption ? textOf(caption) : '', element] as const
  })
  return pairs.filter(([name]) => name !== '')
}

function labelled(card: Element | null, label: string): Element | undefined {
  // What stands there until a control is fetched has its label already.
  return namedIn(card).find(([name, element]) => matchesLabel(name, label) && hasControl(element))?.[1]
}

function hasControl(element: Element): boolean {
  const selector = 'input, select, textarea'
  return element.matches(selector) || element.querySelector(selector) !== null
}

function labelsIn(card: Element | null): readonly string[] {
  return [...new Set(namedIn(card).map(([name]) => name))]
}

/** The words of a caption, without what stands in elements of its own: that it is optional, or a description. */
function captionOf(element: Element): string {
  const own = [...element.childNodes].filter((node) => node.nodeType === node.TEXT_NODE)
  const text = own
    .map((node) => node.textContent)
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim()
  return text === '' ? textOf(element) : text
}

function choiceOf(box: HTMLInputElement): string {
  return box.labels?.[0] ? captionOf(box.labels[0]) : box.value
}

function type(element: TextControl, text: string): void {
  element.focus()
  element.value = text
  element.dispatchEvent(new Event('input', { bubbles: true }))
  element.dispatchEvent(new Event('change', { bubbles: true }))
}

function select(element: HTMLSelectElement, label: string, value: PageValue): void {
  const option = [...element.options].find((candidate) => textOf(candidate) === value || candidate.value === value)
  if (!option) throw notTaken(label, value, [...element.options].map(textOf).join(', '))
  element.value = option.value
  element.dispatchEvent(new Event('input', { bubbles: true }))
  element.dispatchEvent(new Event('change', { bubbles: true }))
}

/** Radio buttons, or boxes of which several can be on. */
async function choose(group: Element, label: string, value: PageValue): Promise<void> {
  const wanted = Array.isArray(value) ? value : [value]
  const boxes = [...group.querySelectorAll<HTMLInputElement>('input[type=radio], input[type=checkbox]')]
  const isMeant = (box: HTMLInputElement, one: PageValue) => choiceOf(box) === one
  if (!wanted.every((one) => boxes.some((box) => isMeant(box, one))))
    throw notTaken(label, value, boxes.map(choiceOf).join(', '))
  for (const box of boxes) {
    const on = wanted.some((one) => isMeant(box, one))
    if (box.checked === on || (!on && box.type === 'radio')) continue
    box.click()
    await drawn()
  }
}
