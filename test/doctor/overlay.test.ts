// @vitest-environment happy-dom
// The panel of a page under development: there when something is wrong, and only then.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { rest } from '../../src/backends/rest.ts'
import { createLatchkey, watchers } from '../../src/create.ts'
import { startOverlay } from '../../src/doctor/overlay.ts'
import { PANEL_LABEL } from '../../src/doctor/panel.ts'
import { defineFields } from '../../src/fields/define.ts'
import type { FieldDefinition } from '../../src/fields/definition.ts'
import { writeFields } from '../../src/fields/written.ts'

let ended = new AbortController()

beforeEach(() => {
  vi.useFakeTimers()
  ended = new AbortController()
  watchers.add(startOverlay(ended.signal))
})

afterEach(() => {
  vi.useRealTimers()
  watchers.clear()
  ended.abort()
  document.body.replaceChildren()
  document.documentElement.removeAttribute('style')
})

async function make(definitions: readonly FieldDefinition[]): Promise<void> {
  createLatchkey({ backend: rest('/account'), fields: defineFields(definitions) })
  await vi.runAllTimersAsync()
}

const roots = () => [...document.body.children].flatMap(({ shadowRoot }) => (shadowRoot ? [shadowRoot] : []))
const panel = () => roots()[0]?.querySelector('section') ?? null
const items = () => [...(panel()?.querySelectorAll('li') ?? [])].map(({ textContent }) => textContent)

test('nothing shows where nothing is wrong, and notes alone are nothing', async () => {
  await make([{ name: 'company', label: 'Company' }])
  expect(roots()).toEqual([])
})

test('what is wrong is listed with its fix in a named section, and Hide takes it away', async () => {
  await make([{ name: 'company', label: 'Untitled' }])
  expect(panel()?.getAttribute('aria-label')).toBe(PANEL_LABEL)
  expect(items()).toEqual([
    'warning fields[0].label "Untitled"looks like a placeholderFix: write what the person is asked for',
    expect.stringMatching(/^note fieldsnothing bounds company/),
  ])
  panel()?.querySelector('button')?.click()
  expect(roots()).toEqual([])
  await make([{ name: 'company', label: 'Untitled' }])
  expect(roots()).toEqual([])
  await make([{ name: 'company', label: 'xxx' }])
  expect(items().length).toBe(3)
})

test('Escape hides it, unless the focus is elsewhere in the page', async () => {
  await make([{ name: 'company', label: 'TBD' }])
  const input = document.body.appendChild(document.createElement('input'))
  const press = () =>
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))
  input.focus()
  press()
  expect(panel()).not.toBeNull()
  input.blur()
  press()
  expect(panel()).toBeNull()
})

test('a definition that is checked later is looked through at once, for all that is wrong', async () => {
  const written = writeFields([{ name: 'company', label: 'Company', hnt: '', maxlength: 3 }])
  createLatchkey({ backend: rest('/account'), fields: written })
  await vi.runAllTimersAsync()
  expect(items()).toEqual([
    expect.stringContaining('did you mean "hint"?'),
    expect.stringContaining('did you mean "maxLength"?'),
    expect.stringMatching(/^note/),
  ])
})

test('a mistake that is thrown and not caught is listed; errors of the page itself are not', async () => {
  const thrown = new TypeError('fields[1].name "a.b": field names cannot contain "."; nest the value or use "_"')
  window.dispatchEvent(
    new ErrorEvent('error', { error: new TypeError("Cannot read properties of null (reading 'a')") }),
  )
  window.dispatchEvent(new ErrorEvent('error', { error: new Error(thrown.message) }))
  expect(roots()).toEqual([])
  window.dispatchEvent(new ErrorEvent('error', { error: thrown }))
  expect(items()).toEqual(['error fields[1].name "a.b"field names cannot contain "."Fix: nest the value or use "_"'])
  window.dispatchEvent(
    Object.assign(new Event('unhandledrejection'), {
      reason: new TypeError('options.x: there is no such option; use one of backend'),
    }),
  )
  expect(items().length).toBe(2)
})

test('the colours of the page are measured', async () => {
  document.documentElement.style.setProperty('--latchkey-muted', '#aaaaaa')
  document.documentElement.style.setProperty('--latchkey-color-scheme', 'light')
  await make([])
  expect(items()).toEqual([expect.stringMatching(/^warning theme\.--latchkey-muted "#aaaaaa"too little contrast/)])
})
