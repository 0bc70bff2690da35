// Nightline's page: an application with every kind of field, in three steps, and a control of the page's own.
import { createLatchkey, rest } from 'latchkey'
import { playgroundFields } from './playground-fields.ts'
import { stars } from './playground-stars.ts'

const greeting = document.querySelector('#greeting')
const latchkey = createLatchkey({
  backend: rest('/playground/account'),
  fields: playgroundFields(location.origin),
  controls: { stars },
})

latchkey.session.subscribe((session) => {
  if (!greeting) return
  greeting.textContent =
    session.status === 'signedIn'
      ? `On board: ${session.user.user_metadata.badge_name ?? session.user.given_name ?? session.user.email}`
      : ''
})
latchkey.mount('#apply', 'signUp')
