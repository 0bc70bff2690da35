// What the guard makes of access, conditions and neighbours.
import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../src/contract/json.ts'
import { guard } from '../../src/fields/guard.ts'
import { asked, definitions } from './asked.ts'

describe('access', () => {
  const fields = definitions([
    { name: 'plan', label: 'Plan', access: 'read' },
    { name: 'tier', label: 'Tier', access: { signUp: 'edit', profile: 'none', ensure: 'read' } },
    { name: 'note', label: 'Note', readOnlyWhen: { locked: true } },
    { name: 'locked', type: 'checkbox', label: 'Locked' },
    { name: 'home', type: 'group', label: 'Home', access: 'read', fields: [{ name: 'city', label: 'City' }] },
  ])

  test.each<[JsonObject, JsonObject | null, JsonObject | readonly string[]]>([
    [{ plan: 'gold' }, { plan: 'free' }, ['read_only /user_metadata/plan']],
    [{ plan: null }, { plan: 'free' }, ['read_only /user_metadata/plan']],
    [{ plan: 'free' }, { plan: 'free' }, { plan: 'free' }],
    [{ plan: 'free' }, null, ['read_only /user_metadata/plan']],
    [{ tier: 'x' }, null, { tier: 'x' }],
    [{ tier: 'y' }, { tier: 'x' }, ['read_only /user_metadata/tier']],
    [{ note: 'x' }, { locked: true }, ['read_only /user_metadata/note']],
    [{ note: 'x', locked: false }, { locked: true }, { note: 'x', locked: false }],
    [{ note: 'x', locked: true }, {}, ['read_only /user_metadata/note']],
    [{ home: { city: 'x' } }, {}, ['read_only /user_metadata/home/city']],
    [{}, { plan: 'free' }, ['read_only /user_metadata/plan']],
  ])('%j over %j', (patch, stored, expected) => expect(asked(fields, patch, stored)).toEqual(expected))

  test('management may change what the person may not', () => {
    expect(asked(fields, { plan: 'gold', home: { city: 'x' } }, {}, { actor: 'management' })).toEqual({
      plan: 'gold',
      home: { city: 'x' },
    })
  })

  test('a read-only part of an item has to be one that is stored', () => {
    const jobs = definitions([
      {
        name: 'jobs',
        type: 'list',
        label: 'Jobs',
        item: {
          type: 'group',
          label: 'Job',
          fields: [
            { name: 'title', label: 'Title' },
            { name: 'checked', type: 'checkbox', label: 'Checked', access: 'read' },
            { name: 'by', type: 'group', label: 'By', fields: [{ name: 'whom', label: 'Whom', access: 'read' }] },
          ],
        },
      },
    ])
    const stored = { jobs: [{ title: 'Cook', checked: true, by: { whom: 'Ana' } }] }
    const change = (items: JsonObject[]) => asked(jobs, { jobs: items }, stored)
    expect(change([{ title: 'New' }, { title: 'Chef', checked: true, by: { whom: 'Ana' } }])).toHaveProperty('jobs')
    expect(change([{ title: 'Cook', checked: false }])).toEqual(['read_only /user_metadata/jobs/0/checked'])
    expect(change([{ title: 'Cook', by: { whom: 'Bo' } }])).toEqual(['read_only /user_metadata/jobs/0/by/whom'])
    expect(asked(jobs, { jobs: [{ title: 'Cook', checked: true }] }, null)).toEqual([
      'read_only /user_metadata/jobs/0/checked',
    ])
  })
})

describe('conditions', () => {
  const fields = definitions([
    { name: 'firm', type: 'checkbox', label: 'Firm' },
    { name: 'vat', label: 'VAT', visibleWhen: { firm: true }, required: true, maxLength: 3 },
    { name: 'seats', type: 'number', label: 'Seats', requiredWhen: { firm: true } },
    { name: 'fax', label: 'Fax', visibleWhen: { firm: true }, onHide: 'clear', renamedFrom: 'telex' },
    { name: 'country', label: 'Country' },
    {
      name: 'region',
      type: 'select',
      label: 'Region',
      optionsWhen: [{ when: { country: 'DE' }, options: ['Berlin'] }],
      options: ['Other'],
    },
    {
      name: 'office',
      type: 'group',
      label: 'Office',
      visibleWhen: { firm: true },
      onHide: 'clear',
      fields: [{ name: 'floor', type: 'number', label: 'Floor' }],
    },
    { name: 'nickname', label: 'Nickname', storage: 'root', visibleWhen: { firm: true }, onHide: 'clear' },
  ])

  test.each<[JsonObject, JsonObject | null, JsonObject | readonly string[]]>([
    [{ vat: 'x' }, {}, ['hidden_field /user_metadata/vat']],
    [{ vat: 'x' }, null, ['hidden_field /user_metadata/vat']],
    [{ firm: true, vat: 'x', seats: 1 }, null, { firm: true, vat: 'x', seats: 1 }],
    [{ firm: true }, {}, ['required /user_metadata/vat', 'required /user_metadata/seats']],
    [{ firm: true }, { vat: 'x', seats: 1 }, { firm: true }],
    [{ firm: true, vat: 'x', seats: 1, country: 'DE' }, { region: 'Other' }, ['not_an_option /user_metadata/region']],
    [{ country: 'FR' }, { country: 'DE', region: 'Berlin' }, ['not_an_option /user_metadata/region']],
    [{ country: 'FR' }, { country: 'DE', region: 'gone' }, { country: 'FR' }],
    [
      { country: 'FR', region: null },
      { country: 'DE', region: 'Berlin' },
      { country: 'FR', region: null },
    ],
    [{ country: 'DE', region: 'Berlin' }, {}, { country: 'DE', region: 'Berlin' }],
    [{ firm: true }, { vat: 'too long', seats: 1 }, { firm: true }],
    [{ firm: true }, { firm: true }, { firm: true }],
    [{ seats: null }, { firm: true, vat: 'x', seats: 1 }, ['required /user_metadata/seats']],
    [{ firm: false }, { firm: true, vat: 'x', fax: '1' }, { firm: false, fax: null }],
    [{ firm: null }, { firm: true, telex: '1' }, { firm: null, telex: null }],
    [{ firm: false }, { firm: true, office: { floor: 2, lamp: 1 } }, { firm: false, office: { lamp: 1 } }],
    [{ firm: false, office: { floor: 3 } }, { office: { floor: 2 } }, ['hidden_field /user_metadata/office/floor']],
  ])('%j over %j', (patch, stored, expected) =>
    expect(asked(fields, patch, stored, { unknownKeys: 'allow' })).toEqual(expected),
  )

  test('a root attribute that becomes hidden goes as well', () => {
    const result = guard(fields, { patch: { firm: false }, stored: { firm: true }, storedRoot: { nickname: 'An' } })
    expect(result).toEqual({ ok: true, patch: { firm: false }, root: { nickname: null } })
  })

  test('a field of the sign-up screen alone is not asked for later, and cannot be emptied', () => {
    const once = definitions([
      { name: 'from', label: 'From', required: true, screens: ['signUp'] },
      { name: 'later', label: 'Later', required: true, screens: ['profile'] },
      { name: 'other', label: 'Other' },
    ])
    expect(asked(once, {}, null)).toEqual(['required /user_metadata/from'])
    expect(asked(once, { from: 'x' }, null)).toEqual({ from: 'x' })
    expect(asked(once, { other: 'x' }, {})).toEqual({ other: 'x' })
    expect(asked(once, { from: null }, { from: 'x' })).toEqual(['required /user_metadata/from'])
  })

  test('conditions in an item look at the item first', () => {
    const jobs = definitions([
      { name: 'firm', type: 'checkbox', label: 'Firm' },
      {
        name: 'jobs',
        type: 'list',
        label: 'Jobs',
        item: {
          type: 'group',
          label: 'Job',
          fields: [
            { name: 'kind', type: 'select', label: 'Kind', options: ['cook', 'boss'] },
            { name: 'staff', type: 'number', label: 'Staff', required: true, visibleWhen: { kind: 'boss' } },
            { name: 'tax', label: 'Tax', requiredWhen: { firm: true } },
            {
              name: 'tool',
              type: 'select',
              label: 'Tool',
              optionsWhen: [{ when: { kind: 'cook' }, options: ['pan'] }],
            },
          ],
        },
      },
    ])
    const of = (item: JsonObject, firm = false) => asked(jobs, { jobs: [item], firm }, {})
    expect(of({ kind: 'cook', tool: 'pan' })).toHaveProperty('jobs')
    expect(of({ kind: 'boss', tool: 'pan', staff: 1 })).toEqual(['not_an_option /user_metadata/jobs/0/tool'])
    expect(of({ kind: 'boss' })).toEqual(['required /user_metadata/jobs/0/staff'])
    expect(of({ kind: 'cook' }, true)).toEqual(['required /user_metadata/jobs/0/tax'])
    expect(of({ kind: 'cook', staff: 'many' })).toEqual(['invalid_number /user_metadata/jobs/0/staff'])
  })
})

describe('neighbours', () => {
  const fields = definitions([
    { name: 'company', label: 'Company', required: true, maxLength: 4 },
    { name: 'city', label: 'City', path: ['address', 'city'], maxLength: 4 },
    { name: 'zip', label: 'ZIP', path: ['address', 'zip'], maxLength: 4, required: true },
    {
      name: 'home',
      type: 'group',
      label: 'Home',
      fields: [
        { name: 'floor', type: 'number', label: 'Floor', max: 9 },
        { name: 'door', label: 'Door' },
      ],
    },
    { name: 'tags', type: 'list', label: 'Tags', item: { label: 'Tag', maxLength: 4 } },
  ])
  const broken = {
    company: 'much too long',
    address: { city: 'much too long', zip: '1', other: '\0', 'a.b': 1 },
    home: { floor: 99, pet: 'cat' },
    tags: ['much too long'],
  }

  test.each<[JsonObject, JsonObject | readonly string[]]>([
    [{ tags: null }, { tags: null }],
    [{ tags: ['new', 'much too long'] }, { tags: ['new', 'much too long'] }],
    [{ tags: ['also too long', 'much too long'] }, ['value_too_long /user_metadata/tags/0']],
    [{ address: { ...broken.address, zip: '2' } }, { address: { ...broken.address, zip: '2' } }],
    [{ address: { ...broken.address, city: 'also too long' } }, ['value_too_long /user_metadata/address/city']],
    [{ address: { ...broken.address, other: 'x\0' } }, ['invalid_value /user_metadata/address/other']],
    [{ address: { ...broken.address, 'c.d': 1 } }, ['invalid_field_name /user_metadata/address/c.d']],
    [{ address: { ...broken.address, more: 1 } }, ['unknown_field /user_metadata/address/more']],
    [{ address: { ...broken.address, more: null } }, ['unknown_field /user_metadata/address/more']],
    [{ address: { city: 'x' } }, ['required /user_metadata/address/zip']],
    [{ address: null }, ['required /user_metadata/address/zip']],
    [{ address: 'x' }, ['required /user_metadata/address/zip', 'invalid_type /user_metadata/address']],
    [{ home: { floor: 99, door: 'x', pet: 'cat' } }, { home: { floor: 99, door: 'x', pet: 'cat' } }],
    [{ home: { floor: 98, pet: 'cat' } }, ['value_too_large /user_metadata/home/floor']],
    [{ home: { floor: 9, pet: 'dog' } }, ['unknown_field /user_metadata/home/pet']],
    [{ home: 'x' }, ['invalid_type /user_metadata/home']],
    [{ home: { floor: null } }, ['invalid_type /user_metadata/home/floor']],
    [{ home: null }, { home: null }],
    [{ company: null }, ['required /user_metadata/company']],
  ])('%j', (patch, expected) => expect(asked(fields, patch, broken)).toEqual(expected))

  test('the order of keys says nothing', () => {
    const locked = definitions([{ name: 'place', type: 'custom', control: 'map', label: 'Place', access: 'read' }])
    expect(asked(locked, { place: { y: 1, x: [1] } }, { place: { x: [1], y: 1 } })).toHaveProperty('place')
  })

  test('metadata that is too large may become smaller', () => {
    const stored = { company: 'x', address: { zip: '1' }, big: 'x'.repeat(300) }
    const of = (patch: JsonObject) => asked(fields, patch, stored, { maxBytes: 100, unknownKeys: 'allow' })
    expect(of({ big: 'x'.repeat(200) })).toHaveProperty('big')
    expect(of({ big: 'x'.repeat(301) })).toEqual(['metadata_too_large /user_metadata'])
  })

  test('an empty value is a text and nothing else', () => {
    const all = definitions([
      { name: 'a', label: 'A', minLength: 2 },
      { name: 'b', type: 'number', label: 'B' },
      { name: 'c', type: 'select', label: 'C', options: ['x'] },
      { name: 'd', type: 'checkbox', label: 'D' },
      { name: 'e', type: 'consent', label: 'E', version: '1' },
      { name: 'f', type: 'list', label: 'F', item: { label: 'G' } },
    ])
    expect(asked(all, { a: '', b: '', c: '', d: '', e: { granted: false }, f: '' }, {})).toEqual([
      'invalid_number /user_metadata/b',
      'not_an_option /user_metadata/c',
      'invalid_type /user_metadata/d',
      'invalid_type /user_metadata/e',
      'invalid_type /user_metadata/f',
    ])
  })
})
