// The page of e2e/better-auth.spec.ts: the widget on the site's own better-auth server.
import { createLatchkey, defineFields } from 'latchkey'
import { betterAuth } from 'latchkey/better-auth'

const columns = {
  company: 'string',
  team_size: 'string',
  born: 'date',
  newsletter: 'boolean',
  tags: 'string[]',
  address: 'json',
} as const

const fields = defineFields([
  { name: 'name', label: 'Your name', storage: 'root' },
  { name: 'company', label: 'Company', required: true },
  { name: 'team_size', type: 'select', label: 'Team size', options: ['1-10', '11-50'] },
  { name: 'born', type: 'date', label: 'Date of birth' },
  { name: 'newsletter', type: 'checkbox', label: 'Newsletter' },
  { name: 'tags', type: 'multiselect', label: 'Interests', options: ['Maps', 'Trains'] },
  { name: 'address', type: 'group', label: 'Address', fields: [{ name: 'city', label: 'City' }] },
])

const host = document.querySelector<HTMLElement>('#account')
const verification = host?.dataset.verification === 'required' ? 'required' : 'none'
createLatchkey({ backend: betterAuth('/api/auth', { columns, verification }), fields }).mount('#account', 'profile')
