// @vitest-environment happy-dom
// A widget over an account system whose sign-up takes texts only: one stored form, on sign-up and on every later save.
import { createLatchkey, defineFields } from 'latchkey'
import { memory, profilePage, signUpPage } from 'latchkey/testing'
import { afterEach, expect, test } from 'vitest'

const email = 'ana@example.org'

const fields = defineFields([
  { name: 'company', label: 'Company' },
  { name: 'newsletter', type: 'checkbox', label: 'Newsletter' },
  { name: 'beta', type: 'checkbox', label: 'Beta', stored: 'json' },
  { name: 'age', type: 'number', label: 'Age' },
  { name: 'topics', type: 'multiselect', label: 'Topics', options: ['News', 'Offers'] },
  { name: 'city', label: 'City', path: ['address', 'city'] },
  { name: 'plan', type: 'hidden', value: 3 },
])

let destroy = () => {}
afterEach(() => {
  destroy()
  document.body.replaceChildren()
})

test('what is typed on sign-up is what the profile shows, and saves keep the form it is stored in', async () => {
  const backend = memory({ imitate: 'auth0' })
  const latchkey = createLatchkey({ backend, fields })
  destroy = latchkey.destroy
  const host = document.body.appendChild(document.createElement('div'))
  latchkey.mount(host, 'signUp')
  const values = { Company: 'Acme', Newsletter: true, Beta: true, Age: '42', Topics: ['News'], City: 'Lisbon' }
  await signUpPage(host).signUp(email, 'correct horse', values)

  const profile = profilePage(host)
  for (const [label, value] of Object.entries(values))
    expect([label, await profile.value(label)]).toEqual([label, value])
  const texts = { company: 'Acme', newsletter: 'true', age: '42', topics: '["News"]', plan: '3' }
  expect(backend.requests.find(({ call }) => call === 'signUp')?.body?.user_metadata).toEqual(texts)
  const rest = { beta: true, address: { city: 'Lisbon' } }
  expect(backend.account(email)?.user_metadata).toEqual({ ...texts, ...rest })

  await profile.submit()
  expect(await profile.status()).toBe('Nothing to save')
  await profile.save({ Newsletter: false, Beta: false, Age: '43', Topics: ['News', 'Offers'], City: '' })
  expect(await profile.status()).toBe('Saved')
  const saved = { company: 'Acme', newsletter: 'false', age: '43', topics: '["News","Offers"]', plan: '3', beta: false }
  expect(backend.account(email)?.user_metadata).toEqual(saved)
})
