// The demo's additional fields, described once: the pages draw them and the account server holds every patch to them.
import { defineFields } from 'latchkey/fields'

export const fields = defineFields([
  { name: 'company', label: 'Company', required: true, maxLength: 80, autocomplete: 'organization' },
  { name: 'team_size', type: 'select', label: 'Team size', options: ['1-10', '11-50', '51+'] },
  { name: 'billing_email', type: 'email', label: 'Billing e-mail', hint: 'Only if invoices go somewhere else' },
  { name: 'about', type: 'textarea', label: 'What are you working on?', maxLength: 500 },
  { name: 'newsletter', type: 'checkbox', label: 'Send me the monthly newsletter' },
  { name: 'source', type: 'hidden', value: 'website' },
])
