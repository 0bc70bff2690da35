// @vitest-environment happy-dom
// What is drawn anew: the control that was typed into, or what a condition shows, and nothing else of a long form.
import { screen, waitFor } from '@testing-library/preact'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { countRenders } from '../../e2e/bench/count-renders.ts'
import { rest } from '../../src/backends/rest.ts'
import { systemEnvironment } from '../../src/client/environment.ts'
import type { JsonObject } from '../../src/contract/json.ts'
import { createLatchkey } from '../../src/create.ts'
import { defineFields } from '../../src/fields/define.ts'
import type { FieldDefinition } from '../../src/fields/definition.ts'
import { accountFetch } from '../account-fetch.ts'

// Looking for a label among hundreds takes its time where the computer has other things to do.
vi.setConfig({ testTimeout: 30_000 })

const renders = countRenders()

let destroy = () => {}
afterEach(() => {
  destroy()
  document.body.replaceChildren()
})

/** A number of text fields, each made of its name and label. */
const texts = (
  count: number,
  make: (named: { readonly name: string; readonly label: string }, index: number) => FieldDefinition = (named) => named,
) => Array.from({ length: count }, (_, index) => make({ name: `field_${index}`, label: `Field ${index}.` }, index))

/** Mounts the sign-up form, or the profile form of what is stored, and waits until it stands still. */
async function open(definitions: readonly FieldDefinition[], stored: JsonObject | null = null) {
  const latchkey = createLatchkey({
    backend: rest('/account'),
    fields: defineFields(definitions),
    environment: { ...systemEnvironment(), fetch: accountFetch(stored).fetch },
  })
  latchkey.mount(document.body.appendChild(document.createElement('div')), stored ? 'profile' : 'signUp')
  destroy = latchkey.destroy
  await screen.findByLabelText(/^Field 0\./)
  await waitFor(() => expect(latchkey.session.value.status).toBe(stored ? 'signedIn' : 'signedOut'))
  const user = userEvent.setup()
  // What a form says of the connection is fetched when a person comes to it.
  await user.tab()
  await waitFor(() => expect(screen.getAllByRole('status')).toHaveLength(2))
  renders.take()
  return user
}

/** What was drawn since the last call, by name of the control, or of the component where it draws none. */
const drawn = () => [...new Set(renders.take().map(({ control, component }) => control ?? component))].sort()

test.each([10, 500])('typing into one of %i fields draws that control only, once a key', async (count) => {
  const user = await open(texts(count))
  await user.type(screen.getByLabelText(/^Field 5\./), 'twelve chars')
  const draws = renders.take()
  expect(new Set(draws.map(({ control }) => control))).toEqual(new Set(['field_5']))
  expect(draws).toHaveLength(12)
})

test('a change of a condition draws only what it shows', async () => {
  const shown = ['shown_0', 'shown_1', 'shown_2', 'shown_3', 'shown_4']
  const user = await open([
    { name: 'plan', type: 'checkbox', label: 'Plan' },
    ...texts(490),
    ...shown.map((name): FieldDefinition => ({ name, label: name, visibleWhen: { plan: true } })),
  ])
  for (const _ of ['shows', 'hides']) {
    await user.click(screen.getByLabelText(/^Plan/))
    expect(drawn()).toEqual(['plan', ...shown])
  }
})

test('typing into a field that others hang on draws them when they come and go, and not for a key in between', async () => {
  const user = await open(
    texts(100, (named, index) => (index % 2 ? { ...named, visibleWhen: { field_0: { empty: false } } } : named)),
  )
  const first = screen.getByLabelText(/^Field 0\./)
  await user.type(first, 'a')
  expect(drawn()).toHaveLength(51)
  await user.type(first, 'bc')
  expect(drawn()).toEqual(['field_0'])
})

test('a section or a step is not drawn for one of its fields while others stay', async () => {
  const user = await open([
    { name: 'plan', type: 'checkbox', label: 'Plan' },
    { name: 'shown', label: 'Shown', section: 'More', visibleWhen: { plan: true } },
    ...texts(50, (named) => ({ ...named, section: 'More' })),
    { name: 'later', label: 'Later', signUpStep: 'Then', visibleWhen: { plan: true } },
    { name: 'last', label: 'Last', signUpStep: 'Then' },
  ])
  await user.click(screen.getByLabelText(/^Plan/))
  expect(drawn()).toEqual(['plan', 'shown'])
})

test('after a refused submit a key draws its control, and the summary only when that says something else', async () => {
  const user = await open(texts(50, (named) => ({ ...named, required: true, pattern: '[0-9]+' })))
  await user.click(screen.getByRole('button', { name: 'Sign up' }))
  await waitFor(() => expect(screen.getAllByRole('link')).toHaveLength(52))
  const control = screen.getByLabelText('Field 5.')
  renders.take()
  await user.type(control, 'ab')
  const error = document.getElementById(control.getAttribute('aria-describedby') ?? '')
  await waitFor(() => expect(error?.textContent).toContain('expected form'))
  expect(drawn()).toEqual(['Summary', 'field_5'])
  await user.type(control, 'cdefgh')
  expect(drawn()).toEqual(['field_5'])
})

test('the first key after a save takes its word back without drawing another control', async () => {
  const user = await open(texts(50), { other: true })
  const control = screen.getByLabelText(/^Field 5\./)
  await user.type(control, 'a')
  await user.click(screen.getByRole('button', { name: 'Save' }))
  await screen.findByText('Saved')
  renders.take()
  await user.type(control, 'b')
  expect(screen.queryByText('Saved')).toBeNull()
  expect(drawn()).toEqual(['Actions', 'field_5'])
})
