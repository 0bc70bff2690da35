// The page of e2e/supabase.spec.ts: the widget on a project of Supabase, named in the markup.
import { createLatchkey, defineFields } from 'latchkey'
import { supabase } from 'latchkey/supabase'

const host = document.querySelector<HTMLElement>('#account')
const { url = '', key = '' } = host?.dataset ?? {}

const fields = defineFields([
  { name: 'name', label: 'Your name', storage: 'root' },
  { name: 'company', label: 'Company', required: true },
  { name: 'about', type: 'textarea', label: 'About you' },
  { name: 'newsletter', type: 'checkbox', label: 'Newsletter' },
  { name: 'address', type: 'group', label: 'Address', fields: [{ name: 'city', label: 'City' }] },
])

createLatchkey({ backend: supabase(url, { key }), fields, tokenStorage: 'tab' }).mount('#account', 'profile')
