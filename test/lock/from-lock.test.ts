// Configurations as sites have them, and the fields, the start and the notes that follow from each.
import { expect, test } from 'vitest'
import { fromLock } from '../../src/lock/from-lock.ts'

/** The paths of all notes, in order. */
function pathsOf(options: object): readonly string[] {
  return fromLock(options).notes.map(({ path }) => path)
}

function fieldsOf(...additionalSignUpFields: readonly unknown[]) {
  return fromLock({ additionalSignUpFields }).definitions
}

const anything = expect.any(Function)

const examples: readonly (readonly [what: string, element: object, definition: object])[] = [
  [
    'a text with a validator, an icon and a label for screen readers',
    {
      name: 'address',
      placeholder: 'enter your address',
      ariaLabel: 'Address',
      icon: 'https://example.com/assets/address_icon.png',
      prefill: 'street 123',
      validator: (address: string) => ({ valid: address.length >= 10, hint: 'Must have 10 or more chars' }),
    },
    {
      name: 'address',
      label: 'Address',
      hint: 'enter your address',
      required: true,
      messages: { required: 'Must have 10 or more chars' },
      validate: anything,
      prefill: 'street 123',
    },
  ],
  [
    'a text that is optional, because its validator says so',
    { name: 'address', placeholder: 'enter your address (optional)', validator: () => true },
    { name: 'address', label: 'enter your address (optional)', validate: anything },
  ],
  [
    'a root attribute without a placeholder',
    { name: 'name', storage: 'root' },
    { name: 'name', label: 'Name', required: true, maxLength: 300, storage: 'root' },
  ],
  [
    'a select',
    {
      type: 'select',
      name: 'location',
      placeholder: 'choose your location',
      options: [
        { value: 'us', label: 'United States' },
        { value: 'fr', label: 'France' },
      ],
      prefill: 'us',
    },
    {
      name: 'location',
      type: 'select',
      label: 'choose your location',
      required: true,
      options: [
        { value: 'us', label: 'United States' },
        { value: 'fr', label: 'France' },
      ],
      prefill: 'us',
    },
  ],
  [
    'a select that loads',
    { type: 'select', name: 'location', placeholder: 'choose', options: () => {}, prefill: () => {} },
    { name: 'location', type: 'select', label: 'choose', required: true, options: anything, prefill: anything },
  ],
  [
    'a checkbox with markup',
    {
      type: 'checkbox',
      name: 'newsletter',
      prefill: 'true',
      placeholder: 'I agree',
      placeholderHTML: '<b>I agree &amp; want mail</b><br>from <a href="/us">us</a>',
    },
    { name: 'newsletter', type: 'checkbox', label: 'I agree & want mail from us', prefill: true },
  ],
  [
    'a checkbox that has to be ticked, as nothing is said beforehand',
    { type: 'checkbox', name: 'adult', placeholder: 'I am 18' },
    { name: 'adult', type: 'checkbox', label: 'I am 18', required: true },
  ],
  [
    'a checkbox whose validator compares with a text',
    {
      type: 'checkbox',
      name: 'adult',
      placeholder: 'I am 18',
      prefill: 'false',
      validator: (v: string) => v === 'true',
    },
    { name: 'adult', type: 'checkbox', label: 'I am 18', required: true, validate: anything, prefill: false },
  ],
  [
    'a hidden value',
    { type: 'hidden', name: 'code', value: 'foobar123' },
    { name: 'code', type: 'hidden', value: 'foobar123' },
  ],
  ['a hidden number', { type: 'hidden', name: 'plan', value: 0 }, { name: 'plan', type: 'hidden', value: 0 }],
  ['a hidden false', { type: 'hidden', name: 'beta', value: false }, { name: 'beta', type: 'hidden', value: false }],
  [
    'what Lock dropped',
    {
      name: 'phone',
      label: 'Phone',
      hint: 'With country code',
      placeholder: '+49 …',
      required: false,
      maxLength: 20,
      autocomplete: 'tel',
      inputMode: 'tel',
    },
    {
      name: 'phone',
      label: 'Phone',
      hint: 'With country code',
      maxLength: 20,
      autocomplete: 'tel',
      inputmode: 'tel',
    },
  ],
  [
    "Lock's own limit of a name",
    { name: 'given_name', placeholder: 'First name' },
    { name: 'given_name', label: 'First name', required: true, maxLength: 150 },
  ],
  [
    'a type that Lock does not know',
    { name: 'born', type: 'date', placeholder: 'Born' },
    { name: 'born', label: 'Born', required: true },
  ],
  [
    'a name that Lock dropped',
    { name: 'eye-colour', placeholder: 'Eyes' },
    { name: 'eye-colour', label: 'Eyes', required: true },
  ],
]

for (const [what, element, definition] of examples) {
  test(what, () => expect(fieldsOf(element)).toEqual([definition]))
}

test('what means the same needs no note', () => {
  expect(
    pathsOf({
      additionalSignUpFields: [{ type: 'hidden', name: 'code', value: 'x' }],
      allowLogin: true,
      allowSignUp: true,
      allowForgotPassword: false,
      allowShowPassword: true,
      autoclose: true,
      avatar: null,
      closable: true,
      container: 'login',
      initialScreen: 'signUp',
      language: 'en',
      languageDictionary: {},
      loginAfterSignUp: true,
      mustAcceptTerms: false,
      prefill: { email: 'a@b.co' },
      rememberLastLogin: false,
      theme: { labeledSubmitButton: true },
      usernameStyle: 'email',
    }),
  ).toEqual([])
})

test('where a widget starts', () => {
  const start = (options: object) => {
    const { screen, mount, prefill } = fromLock(options)
    return { screen, mount, prefill }
  }
  expect(start({})).toEqual({ screen: 'login', mount: null, prefill: {} })
  expect(start({ allowLogin: false, container: 'a-b', prefill: { email: 'a@b.co', username: 'a' } })).toEqual({
    screen: 'signUp',
    mount: '#a-b',
    prefill: { email: 'a@b.co' },
  })
  expect(start({ initialScreen: 'signUp', allowSignUp: false, container: '1.x"]' })).toEqual({
    screen: 'login',
    mount: '[id="1.x\\"]"]',
    prefill: {},
  })
  expect(start({ initialScreen: 'forgotPassword', allowLogin: false }).screen).toBe('signUp')
  expect(start({ allowLogin: false, allowSignUp: false }).screen).toBe('login')
  expect(pathsOf({ initialScreen: 'forgotPassword' })).toEqual(['initialScreen'])
  expect(pathsOf({ initialScreen: 'signup' })).toEqual(['initialScreen'])
  expect(pathsOf({ allowSignUp: false })).toEqual(['allowSignUp'])
})

test('terms that must be accepted become a consent', () => {
  const { definitions, notes } = fromLock({
    mustAcceptTerms: true,
    languageDictionary: {
      title: 'My Company',
      signUpTerms:
        "I agree to the <a href='/terms' target='_new'>terms of service</a> and <a href='/privacy'>privacy policy</a>.",
    },
    additionalSignUpFields: [{ name: 'terms', placeholder: 'Terms' }],
  })
  expect(definitions[1]).toEqual({
    name: 'accepted_terms',
    type: 'consent',
    label: 'I agree to the terms of service and privacy policy.',
    required: true,
    screens: ['signUp'],
    version: '1',
    link: { label: 'terms of service', href: '/terms' },
  })
  const note = notes.find(({ path }) => path === 'mustAcceptTerms')
  expect(note?.field).toBe('accepted_terms')
  expect(note?.message).toContain('"/privacy" is left out')
  expect(notes.find(({ path }) => path === 'languageDictionary')?.message).toContain('these texts: title.')
  expect(fromLock({ mustAcceptTerms: true }).definitions).toMatchObject([
    { name: 'terms', label: 'I agree to the terms of service and privacy policy.' },
  ])
})

test('a checkbox keeps the texts of Lock where the site asks for it', () => {
  const options = {
    additionalSignUpFields: [{ type: 'checkbox', name: 'news', placeholder: 'News', prefill: 'false' }],
  }
  const kept = fromLock(options, { storedForm: 'lock' })
  expect(kept.definitions).toMatchObject([{ stored: 'text', prefill: false }])
  expect(kept.fields.fields[0]?.stored).toBe('text')
  expect(kept.notes.map(({ path }) => path)).not.toContain('additionalSignUpFields[0].type')
  expect(fromLock(options).definitions[0]).not.toHaveProperty('stored')
  expect(pathsOf(options)).toContain('additionalSignUpFields[0].type')
})

test('a name that is reserved stays where the policy allows it', () => {
  const options = { additionalSignUpFields: [{ name: 'user_id', placeholder: 'Id' }] }
  expect(fromLock(options).definitions).toEqual([])
  const { definitions, fields, policy } = fromLock(options, { policy: { reservedNames: false } })
  expect(definitions).toHaveLength(1)
  expect(policy).toEqual({ reservedNames: false })
  expect(fields.policy.reservedNames).toBe(false)
  const denied = fromLock(
    { additionalSignUpFields: [{ name: 'plan', placeholder: 'Plan' }] },
    { policy: { denyList: ['plan'] } },
  )
  expect(denied.definitions).toEqual([])
  expect(denied.notes[0]?.message).toContain('deny list')
})

test('a key in the wrong case counts, with a note', () => {
  const { definitions, notes } = fromLock({
    additionalSignupFields: [{ Name: 'company', placeHolder: 'Company' }],
    allowSignup: false,
    AllowSignUp: true,
  })
  expect(definitions).toMatchObject([{ name: 'company', label: 'Company' }])
  expect(notes.map(({ path }) => path)).toEqual([
    'additionalSignupFields',
    'allowSignup',
    'AllowSignUp',
    'additionalSignUpFields',
    'additionalSignUpFields',
    'allowSignUp',
    'additionalSignUpFields[0].Name',
    'additionalSignUpFields[0].placeHolder',
  ])
  expect(notes[0]?.message).toContain('Did you mean "additionalSignUpFields"?')
})

test('a key that is nearly one is asked about, and one of ours is named', () => {
  const { notes } = fromLock({
    conatiner: 'x',
    foo: 1,
    additionalSignUpFields: [{ name: 'a', placeholder: 'A', pattern: 'x' }],
  })
  expect(notes[0]).toMatchObject({ path: 'conatiner', message: expect.stringContaining('Did you mean "container"?') })
  expect(notes[1]?.message).not.toContain('Did you mean')
  expect(notes.at(-1)).toMatchObject({ path: 'additionalSignUpFields[0].pattern', field: 'a' })
  expect(notes.at(-1)?.message).toContain('our fields have such a setting')
})
