// The page of e2e/auth0-backend.spec.ts: the widget on an Auth0 tenant, named in the markup.
import { createLatchkey, defineFields } from 'latchkey'
import { auth0 } from 'latchkey/auth0'

const host = document.querySelector<HTMLElement>('#account')
const { domain = '', login, redirectUri } = host?.dataset ?? {}

const fields = defineFields([
  { name: 'given_name', label: 'Given name', storage: 'root' },
  { name: 'company', label: 'Company', required: true },
  { name: 'about', type: 'textarea', label: 'About you' },
  { name: 'key_code', label: 'Key code', sensitive: true },
  { name: 'newsletter', type: 'checkbox', label: 'Newsletter' },
  { name: 'address', type: 'group', label: 'Address', fields: [{ name: 'city', label: 'City' }] },
])

const backend = auth0({
  ...{ domain, clientId: 'shop', connection: 'Username-Password-Authentication' },
  ...(login === 'redirect' && { login }),
  ...(redirectUri && { redirectUri }),
})
const latchkey = createLatchkey({ backend, fields, tokenStorage: 'tab' })
latchkey.on('signedIn', ({ user }) => {
  document.title = `signed in: ${user.email}`
})
latchkey.mount('#account', 'profile')
