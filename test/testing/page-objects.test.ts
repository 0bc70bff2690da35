// @vitest-environment happy-dom
// The page objects and the memory backend, used as a site's own tests use them: by the public entries alone.
import { createLatchkey, defineFields } from 'latchkey'
import { logInPage, type MemoryBackend, memory, profilePage, signUpPage } from 'latchkey/testing'
import { afterEach, expect, test } from 'vitest'

const email = 'ana@example.org'
const password = 'correct horse'

const fields = defineFields([
  { name: 'company', label: 'Company', required: true },
  { name: 'about', type: 'textarea', label: 'About (a few words)' },
  { name: 'team_size', type: 'select', label: 'Team size', options: ['1-10', { value: 'many', label: 'More' }] },
  { name: 'tier', type: 'radio', label: 'Tier', options: ['free', 'paid'] },
  { name: 'topics', type: 'multiselect', label: 'Topics', options: ['News', 'Offers', 'Events'] },
  { name: 'country', type: 'country', label: 'Country' },
  { name: 'newsletter', type: 'checkbox', label: 'Newsletter' },
  { name: 'age', type: 'number', label: 'Age' },
])

let destroy = () => {}
afterEach(() => {
  destroy()
  document.body.replaceChildren()
})

function open(backend: MemoryBackend, screen: 'login' | 'signUp' | 'profile') {
  const host = document.body.appendChild(document.createElement('div'))
  const latchkey = createLatchkey({ backend, fields })
  latchkey.mount(host, screen)
  destroy = latchkey.destroy
  return host
}

test('a person signs up with every kind of control, and finds everything in the profile', async () => {
  const backend = memory()
  const host = open(backend, 'signUp')
  const values = {
    Company: 'Acme',
    'About (a few words)': 'Two\nlines',
    'Team size': 'More',
    Tier: 'paid',
    Topics: ['News', 'Events'],
    Country: 'Portugal',
    Newsletter: true,
    Age: 42,
  }
  await signUpPage(host).signUp(email, password, values)
  expect(backend.account(email)?.user_metadata).toEqual({
    company: 'Acme',
    about: 'Two\nlines',
    team_size: 'many',
    tier: 'paid',
    topics: ['News', 'Events'],
    country: 'PT',
    newsletter: true,
    age: 42,
  })
  const profile = profilePage(host)
  for (const [label, value] of Object.entries(values)) {
    expect([label, await profile.value(label)]).toEqual([label, typeof value === 'number' ? String(value) : value])
  }
  await profile.save({ Newsletter: false, Topics: [], Tier: 'free' })
  expect([await profile.errors(), await profile.status()]).toEqual([[], 'Saved'])
  expect(backend.account(email)?.user_metadata).toMatchObject({ newsletter: false, tier: 'free' })
  expect(backend.account(email)?.user_metadata).not.toHaveProperty('topics')
})

test('what a form refuses is read as a person reads it', async () => {
  const host = open(memory(), 'signUp')
  const page = signUpPage(host)
  await page.submit()
  expect(await page.errors()).toEqual([
    'E-mail: This is needed.',
    'Password: This is needed.',
    'Company: This is needed.',
  ])
})

test('every fault is an error in words, and the second try is one account', async () => {
  const backend = memory()
  const host = open(backend, 'signUp')
  const page = signUpPage(host)
  backend.fail({ kind: 'droppedAfterCommit' }, { call: 'signUp' })
  await page.signUp(email, password, { Company: 'Acme' })
  expect(await page.errors()).toEqual([expect.stringContaining('cannot be reached')])
  await page.submit()
  expect(await profilePage(host).value('Company')).toBe('Acme')
  expect(backend.requests.filter(({ call }) => call === 'signUp')).toHaveLength(2)
})

test('log-in leads to the profile; a wrong password does not', async () => {
  const backend = memory({ accounts: [{ email, password, user_metadata: { company: 'Acme' } }] })
  const host = open(backend, 'login')
  const page = logInPage(host)
  await page.logIn(email, 'wrong horse')
  expect(await page.errors()).toEqual(['Password: The e-mail address or the password is wrong.'])
  await page.logIn(email, password)
  expect(await profilePage(host).value('Company')).toBe('Acme')
  await page.press('Log out')
  await page.press('Sign up')
  await signUpPage(host).fill({ Company: 'Else' })
  expect(JSON.stringify(backend.requests)).not.toContain('horse')
})

test('a session that ends leads through the log-in back to the edit; user names are asked for by their label', async () => {
  const backend = memory({ imitate: 'usernames' })
  const host = open(backend, 'signUp')
  await signUpPage(host).signUp(email, password, { 'User name': 'ana', Company: 'Acme' })
  const profile = profilePage(host)
  await profile.fill({ Company: 'Kept' })
  backend.endSessions(email)
  await profile.submit()
  await logInPage(host).logIn('ana', password)
  expect(await profile.value('Company')).toBe('Kept')
  await profile.submit()
  expect([await profile.errors(), await profile.status()]).toEqual([[], 'Saved'])
  expect(backend.account(email)?.user_metadata).toMatchObject({ company: 'Kept' })
})

test("a label or a value that is not there is the test's mistake, and says what there is", async () => {
  const page = profilePage(open(memory({ accounts: [{ email, password }], signedIn: email }), 'profile'))
  await expect(page.fill({ 'Team size': 'huge' })).rejects.toThrow('"Team size": does not take "huge"; it takes')
  await expect(page.fill({ Topics: ['Gossip'] })).rejects.toThrow('it takes News, Offers, Events')
  await expect(page.fill({ Newsletter: 'yes' })).rejects.toThrow('it takes true or false')
  await expect(page.fill({ Company: true })).rejects.toThrow('it takes a text')
  expect(() => memory({ signedIn: email })).toThrow('add it to accounts')
})
