// Quillpost's buttons: the widget from the script tag, in a dialog.
import { createLatchkey, defineFields, rest } from '/latchkey/latchkey.js'

const fields = defineFields([
  { name: 'company', label: 'Company', required: true, maxLength: 80, autocomplete: 'organization' },
  { name: 'team_size', type: 'select', label: 'Team size', options: ['1-10', '11-50', '51+'] },
  { name: 'billing_email', type: 'email', label: 'Billing e-mail', hint: 'Only if invoices go somewhere else' },
  { name: 'about', type: 'textarea', label: 'What are you working on?', maxLength: 500 },
  { name: 'newsletter', type: 'checkbox', label: 'Send me the monthly newsletter' },
  { name: 'source', type: 'hidden', value: 'website' },
])
const latchkey = createLatchkey({ backend: rest('/account'), fields })

const door = (id, screen) => {
  const button = document.getElementById(id)
  button.addEventListener('click', () => latchkey.show(screen))
  return button
}
const logIn = door('log-in', 'login')
const signUp = door('sign-up', 'signUp')
const nextIssue = door('next-issue', 'signUp')
const profile = door('profile', 'profile')

latchkey.session.subscribe(({ status }) => {
  const signedIn = status === 'signedIn'
  logIn.hidden = signedIn
  signUp.hidden = signedIn
  nextIssue.hidden = signedIn
  profile.hidden = !signedIn
})
await latchkey.load()
