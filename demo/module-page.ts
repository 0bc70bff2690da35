// Northlight's account corner: the widget imported from npm, inline, with a greeting that follows its events.
import { createLatchkey, rest } from 'latchkey'
import { fields } from './fields.ts'

const greeting = document.querySelector('#greeting')
const latchkey = createLatchkey({ backend: rest('/account'), fields })

latchkey.session.subscribe((session) => {
  if (!greeting) return
  greeting.textContent =
    session.status === 'signedIn' ? `Good morning, ${session.user.user_metadata.company ?? session.user.email}` : ''
})
latchkey.mount('#account', 'profile')
