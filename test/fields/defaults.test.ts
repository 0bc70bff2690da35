// What a sign-up form stores that nobody has touched.
import { expect, test } from 'vitest'
import { defaults } from '../../src/fields/defaults.ts'
import { defineFields } from '../../src/fields/define.ts'

test('prefills, hidden values and boxes are stored where they belong', () => {
  const fields = defineFields([
    { name: 'company', label: 'Company', prefill: ' Acme ' },
    { name: 'about', label: 'About' },
    { name: 'seats', type: 'number', label: 'Seats', prefill: 3 },
    { name: 'given_name', label: 'Given name', storage: 'root', prefill: 'Ana' },
    { name: 'news', type: 'checkbox', label: 'News' },
    { name: 'terms', type: 'consent', label: 'Terms', version: '1' },
    { name: 'source', type: 'hidden', value: 'site', path: ['from', 'where'] },
    { name: 'city', label: 'City', path: ['from', 'city'], prefill: 'Lisbon', stored: 'text' },
    { name: 'beta', type: 'switch', label: 'Beta', stored: 'text', prefill: true },
    {
      name: 'home',
      type: 'group',
      label: 'Home',
      fields: [
        { name: 'floor', type: 'number', label: 'Floor' },
        { name: 'lift', type: 'checkbox', label: 'Lift' },
      ],
    },
    { name: 'skills', type: 'list', label: 'Skills', item: { label: 'Skill' }, prefill: ['', 'x'] },
  ])
  expect(defaults(fields)).toEqual({
    user_metadata: {
      company: 'Acme',
      seats: 3,
      news: false,
      from: { where: 'site', city: 'Lisbon' },
      beta: 'true',
      home: { lift: false },
      skills: ['x'],
    },
    root: { given_name: 'Ana' },
  })
})

test('what is hidden, read-only or on other screens is not stored', () => {
  const fields = defineFields([
    { name: 'firm', type: 'checkbox', label: 'Firm' },
    { name: 'vat', label: 'VAT', prefill: 'x', visibleWhen: { firm: true } },
    { name: 'plan', label: 'Plan', prefill: 'free', access: 'read' },
    { name: 'tier', label: 'Tier', prefill: 'one', readOnlyWhen: { firm: false } },
    { name: 'later', label: 'Later', prefill: 'x', screens: ['profile'] },
    { name: 'found', label: 'Found', prefill: () => 'x' },
    {
      name: 'home',
      type: 'group',
      label: 'Home',
      visibleWhen: { later: { empty: false } },
      fields: [{ name: 'lift', type: 'checkbox', label: 'Lift' }],
    },
  ])
  expect(defaults(fields)).toEqual({ user_metadata: { firm: false }, root: {} })
})
