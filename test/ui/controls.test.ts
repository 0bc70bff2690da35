// @vitest-environment happy-dom
// What holds for every kind of control, through the public object: its name, its state, its keys, and what it saves.
import { screen, waitFor } from '@testing-library/preact'
import { userEvent } from '@testing-library/user-event'
import { afterEach, describe, expect, test } from 'vitest'
import { rest } from '../../src/backends/rest.ts'
import { systemEnvironment } from '../../src/client/environment.ts'
import type { JsonObject } from '../../src/contract/json.ts'
import { createLatchkey } from '../../src/create.ts'
import { checkFields } from '../../src/fields/define.ts'
import { FIELD_TYPES } from '../../src/fields/field.ts'
import { accountFetch } from '../account-fetch.ts'
import { type ControlCase, controlCases, plain } from './control-cases.ts'

let destroy = () => {}
afterEach(() => {
  destroy()
  document.body.replaceChildren()
})

async function open({ type, settings }: ControlCase, more: object, stored: JsonObject = {}) {
  const server = accountFetch(stored)
  const latchkey = createLatchkey({
    backend: rest('/account'),
    fields: checkFields([
      { name: 'thing', type, label: 'The field', hint: 'A hint', ...settings, ...more },
      { name: 'last', label: 'The last' },
    ]),
    controls: { plain },
    environment: { ...systemEnvironment(), fetch: server.fetch },
  })
  latchkey.mount(document.body.appendChild(document.createElement('div')), 'profile')
  destroy = latchkey.destroy
  // Its place is kept by a span until its code is there.
  const control = await waitFor(() => {
    const found = screen.getByLabelText(/^The field/)
    if (found instanceof HTMLSpanElement) throw new Error('not drawn yet')
    return found
  })
  const user = userEvent.setup()
  const save = () => user.click(screen.getByRole('button', { name: 'Save' }))
  const patches = () => server.sent.filter(({ method }) => method === 'PATCH').map(({ body }) => body)
  return { control, user, save, patches }
}

/** The texts that describe an element, in the order they are said. */
function descriptionOf(element: HTMLElement): readonly (string | null | undefined)[] {
  const ids = (element.getAttribute('aria-describedby') ?? '').split(' ').filter(Boolean)
  return ids.map((id) => document.getElementById(id)?.textContent)
}

/** An element, or whatever in it a person can change. */
function editables(control: HTMLElement): readonly Element[] {
  const inner = [...control.querySelectorAll('input, textarea, select')]
  return inner.length > 0 || control.tagName === 'FIELDSET' ? inner : [control]
}

function isFixed(element: Element): boolean {
  return Boolean(Reflect.get(element, 'readOnly')) || Boolean(Reflect.get(element, 'disabled'))
}

test('every type of field that has a control has a case', () => {
  const types = new Set(controlCases.map(({ type }) => type))
  expect(FIELD_TYPES.filter((type) => type !== 'hidden' && !types.has(type))).toEqual([])
})

describe.each(
  controlCases.map((each) => [each.settings?.searchable ? `${each.type}, searchable` : each.type, each] as const),
)('%s', (_, each) => {
  test('has its label as its name, its hint as its description, and what browsers are told', async () => {
    const { control } = await open(each, {})
    expect(descriptionOf(control)).toEqual(['A hint'])
    const told = Object.fromEntries(Object.keys(each.hints ?? {}).map((name) => [name, control.getAttribute(name)]))
    expect(told).toEqual(each.hints ?? {})
    expect(control.getAttribute('aria-invalid') ?? 'false').toBe('false')
    if (control.tagName !== 'FIELDSET' && each.type !== 'custom') {
      expect(control.getAttribute('enterkeyhint') ?? 'next').toBe('next')
      expect(screen.getByLabelText(/^The last/).getAttribute('enterkeyhint')).toBe('go')
    }
  })

  test('hands what is filled in to the save, and nothing else', async () => {
    const { control, user, save, patches } = await open(each, {})
    await each.fill(user, control)
    await save()
    await screen.findByText('Saved')
    const undated = (value: unknown) => (each.type === 'consent' ? { ...Object(value), at: '', textHash: '' } : value)
    expect(patches()).toHaveLength(1)
    const { thing } = Object(Reflect.get(Object(patches()[0]), 'user_metadata'))
    expect(undated(thing)).toEqual(each.saved)
    await save()
    await screen.findByText('Nothing to save')
    expect(patches()).toHaveLength(1)
  })

  if (each.missing !== null)
    test('says what it needs at its place, after its hint, until it is there', async () => {
      const { control, user, save, patches } = await open(each, { required: true })
      await save()
      const link = await screen.findByRole('link', { name: 'The field: This is needed.' })
      await waitFor(() => expect(descriptionOf(control)).toEqual(['A hint', 'This is needed.']))
      if (!['list', 'multiselect', 'color'].includes(each.type))
        expect(control.getAttribute('aria-invalid')).toBe('true')
      if (!['list', 'multiselect', 'color', 'range'].includes(each.type))
        expect(control.getAttribute('aria-required')).toBe('true')
      await waitFor(() => expect(control.contains(document.activeElement)).toBe(true))
      expect(patches()).toEqual([])
      await each.fill(user, control)
      await waitFor(() => expect(link.isConnected).toBe(false))
      await waitFor(() => expect(descriptionOf(control)).toEqual(['A hint']))
    })

  test('shows what is stored without letting it be changed where that is not the person’s', async () => {
    const { control, save, patches } = await open(each, { access: 'read' }, { thing: each.saved })
    expect(editables(control).filter((element) => !isFixed(element))).toEqual([])
    expect(screen.queryByRole('button', { name: /^(Add|Remove|Move|Clear)/ })).toBe(null)
    await save()
    await screen.findByText('Nothing to save')
    expect(patches()).toEqual([])
  })
})
