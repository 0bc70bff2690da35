// A page that logs in with Auth0's library for single pages, shows who is there, and saves their metadata.
import { createAuth0Client } from '@auth0/auth0-spa-js'

const settings = document.querySelector('main')?.dataset
const domain = settings?.domain ?? ''
const audience = `https://${domain}/api/v2/`
const scope = 'openid profile email read:current_user update:current_user_metadata'
const redirect_uri = `${location.origin}/`

const shown = document.querySelector('output')
const show = (what: unknown) => {
  if (shown) shown.textContent = typeof what === 'string' ? what : JSON.stringify(what)
}
const onPress = (name: string, work: () => Promise<unknown>) =>
  document.querySelector(`[name=${name}]`)?.addEventListener('click', () => {
    work().catch((error: unknown) => show(String(error)))
  })

const client = await createAuth0Client({
  domain,
  clientId: 'shop',
  authorizationParams: { redirect_uri, audience, scope },
})

async function user(method: 'GET' | 'PATCH', body?: object): Promise<unknown> {
  const token = await client.getTokenSilently()
  const sub = (await client.getUser())?.sub ?? ''
  const answer = await fetch(`${audience}users/${encodeURIComponent(sub)}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
  return answer.json()
}

onPress('login', () => client.loginWithRedirect())
onPress('window', async () => {
  await client.loginWithPopup()
  show(await user('GET'))
})
onPress('save', async () => show(await user('PATCH', { user_metadata: { color: 'blue', size: null } })))
onPress('logout', () => client.logout({ logoutParams: { returnTo: redirect_uri } }))

if (location.search.includes('code=')) {
  await client.handleRedirectCallback()
  history.replaceState(null, '', '/')
} else {
  // Whether this browser is logged in is asked in a frame.
  await client.checkSession()
}
show((await client.isAuthenticated()) ? { ...Object(await user('GET')), claims: await client.getUser() } : 'nobody')
