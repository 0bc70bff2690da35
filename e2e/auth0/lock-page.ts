// A page with Auth0's Lock, as a site has it: two additional fields at sign-up, and the profile after log-in.
import { Auth0Lock } from 'auth0-lock'

const domain = document.querySelector('main')?.dataset.domain ?? ''
const shown = document.querySelector('output')
const show = (what: unknown) => {
  if (shown) shown.textContent = typeof what === 'string' ? what : JSON.stringify(what)
}

const lock = new Auth0Lock('lock', domain, {
  configurationBaseUrl: `https://${domain}`,
  additionalSignUpFields: [
    { name: 'address', placeholder: 'your address' },
    { type: 'checkbox', name: 'newsletter', placeholder: 'Newsletter', prefill: 'true' },
  ],
  auth: {
    redirectUrl: `${location.origin}/`,
    responseType: 'token id_token',
    audience: `https://${domain}/api/v2/`,
    params: { scope: 'openid profile email read:current_user' },
  },
})
lock.on('authenticated', ({ accessToken }) => {
  lock.getUserInfo(accessToken, (error, profile) => show(error ? String(error) : { accessToken, profile }))
})
lock.on('authorization_error', ({ error, error_description }) => show(`${error} ${error_description}`))
document.querySelector('button')?.addEventListener('click', () => lock.show())
show('nobody')
