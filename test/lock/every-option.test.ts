// Every option Lock ever took has an effect here, or a note.
import { expect, test } from 'vitest'
import { fromLock } from '../../src/lock/from-lock.ts'

const nothing = () => {}

/** Each with a value that says something, and one that Lock could not use. */
const OPTIONS: Readonly<Record<string, unknown>> = {
  // display
  container: 'here',
  closable: false,
  autoclose: false,
  autofocus: false,
  avatar: { url: nothing, displayName: nothing },
  language: 'de',
  languageDictionary: { title: 'Acme' },
  popupOptions: { width: 300 },
  rememberLastLogin: true,
  allowAutocomplete: false,
  allowPasswordAutocomplete: false,
  allowShowPassword: false,
  scrollGlobalMessagesIntoView: false,
  preferConnectionDisplayName: true,
  forceAutoHeight: false,
  allowedConnections: ['twitter'],
  mobile: true,
  disableWarnings: true,
  flashMessage: { type: 'error', text: 'No' },
  emailFirst: true,
  socialButtonStyle: 'big',
  // database
  allowLogin: false,
  allowSignUp: false,
  allowForgotPassword: true,
  initialScreen: 'signUp',
  defaultDatabaseConnection: 'acme',
  loginAfterSignUp: false,
  forgotPasswordLink: '/forgot',
  signUpLink: '/join',
  showTerms: true,
  mustAcceptTerms: true,
  prefill: { email: 'a@b.co' },
  usernameStyle: 'username',
  signUpFieldsStrictValidation: true,
  signUpHideUsernameField: true,
  additionalSignUpFields: [{ name: 'a', placeholder: 'A' }],
  // enterprise, passwordless and the rest
  defaultEnterpriseConnection: 'ad',
  defaultADUsernameFromEmailPrefix: true,
  connectionResolver: nothing,
  passwordlessMethod: 'link',
  useCustomPasswordlessConnection: true,
  defaultLocation: 'DE',
  configurationBaseUrl: 'https://example.com',
  clientBaseUrl: 'https://example.com',
  assetsUrl: 'https://example.com',
  languageBaseUrl: 'https://example.com',
  overrides: { __tenant: 'x' },
  __useTenantInfo: true,
  hashCleanup: true,
  leeway: 60,
  legacySameSiteCookie: true,
  plugins: [],
  hooks: { signingUp: nothing },
  _sendTelemetry: true,
  _telemetryInfo: {},
  _enableIdPInitiatedLogin: true,
  _enableImpersonation: true,
}

const NESTED: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  theme: {
    logo: '/logo.png',
    primaryColor: 'green',
    labeledSubmitButton: false,
    hideMainScreenTitle: true,
    authButtons: {},
    darkMode: true,
  },
  auth: {
    params: {},
    redirect: false,
    redirectUrl: '/',
    redirectUri: '/',
    responseType: 'code',
    responseMode: 'form_post',
    audience: 'x',
    state: 'x',
    nonce: 'x',
    autoParseHash: true,
    sso: true,
    connectionScopes: {},
    realm: 'x',
  },
  prefill: { username: 'a', phoneNumber: '1', nickname: 'b' },
}

/** A value for each key of a field. */
const FIELD_KEYS: Readonly<Record<string, unknown>> = {
  type: 'date',
  name: 'b',
  placeholder: 'B',
  placeholderHTML: '<b>B</b>',
  icon: '/b.png',
  prefill: 'x',
  options: [{ value: 'x', label: 'X' }],
  validator: () => true,
  value: 'x',
  storage: 'root',
  ariaLabel: 'B',
  iconUrl: '/b.png',
  label: 'B',
  hint: 'B',
  autocomplete: 'off',
  required: false,
  maxLength: 5,
  inputMode: 'numeric',
}

/** Everything that a site sees, with functions by their source. */
function seen(options: object): string {
  const text = (_: string, value: unknown) => (typeof value === 'function' ? String(value) : value)
  return JSON.stringify(fromLock(options), text)
}

for (const [key, value] of Object.entries(OPTIONS)) {
  test(`${key} does something or is noted`, () => {
    expect(seen({ [key]: value })).not.toBe(seen({}))
    // Lock took anything that is something for true in these two.
    if (key === 'closable' || key === 'autofocus') return
    expect(fromLock({ [key]: Symbol('wrong') }).notes.map(({ path }) => path)).toContain(key)
  })
}

for (const [group, options] of Object.entries(NESTED)) {
  test.each(Object.keys(options))(`${group}.%s is noted`, (key) => {
    expect(fromLock({ [group]: { [key]: options[key] } }).notes).toMatchObject([
      { path: `${group}.${key}`, field: null },
    ])
  })
}

const BASES = [
  { name: 'a', placeholder: 'A' },
  { name: 'a', placeholder: 'A', type: 'checkbox' },
  { name: 'a', placeholder: 'A', type: 'select', options: ['y'] },
  { name: 'a', type: 'hidden', value: 'y' },
]

test.each(Object.keys(FIELD_KEYS))('%s of a field does something or is noted', (key) => {
  for (const base of BASES) {
    const without = seen({ additionalSignUpFields: [base] })
    expect(seen({ additionalSignUpFields: [{ ...base, [key]: FIELD_KEYS[key] }] })).not.toBe(without)
  }
})

test('every note says what it is about', () => {
  const { notes } = fromLock({ ...OPTIONS, ...NESTED })
  for (const { path, message } of notes) {
    expect(path).not.toBe('')
    expect(message).toMatch(/^[A-Z].*[.?]$/)
    expect(message).not.toMatch(/undefined|\[object|\bnull\b/)
  }
})
