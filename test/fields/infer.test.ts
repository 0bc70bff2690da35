// The types that follow from literal definitions, and what must not compile.
import { expect, expectTypeOf, test } from 'vitest'
import { defineFields } from '../../src/fields/define.ts'
import type { Consent } from '../../src/fields/definition.ts'
import type { InferMetadata } from '../../src/fields/infer.ts'

test('the metadata type follows from a literal definition', () => {
  const fields = defineFields([
    { name: 'company', label: 'Company', required: true },
    {
      name: 'team_size',
      type: 'select',
      label: 'Team size',
      options: ['1-10', { label: 'Large', options: ['11-50', { value: '51+', label: 'More' }] }],
    },
    { name: 'seats', type: 'number', label: 'Seats', required: true },
    { name: 'newsletter', type: 'checkbox', label: 'Newsletter' },
    { name: 'topics', type: 'multiselect', label: 'Topics', options: ['art', 'music'] },
    { name: 'terms', type: 'consent', label: 'Terms', version: '1', required: true },
    { name: 'source', type: 'hidden', value: 'site' },
    { name: 'vat_id', label: 'VAT', required: true, visibleWhen: { team_size: '51+' } },
    { name: 'given_name', label: 'Given name', storage: 'root', required: true },
    { name: 'city', label: 'City', path: ['address', 'city'] },
    { name: 'zip', label: 'ZIP', path: ['address', 'zip'], required: true },
    {
      name: 'home',
      type: 'group',
      label: 'Home',
      fields: [
        { name: 'street', label: 'Street', required: true },
        { name: 'floor', type: 'number', label: 'Floor' },
      ],
    },
    { name: 'skills', type: 'list', label: 'Skills', item: { label: 'Skill' } },
    {
      name: 'jobs',
      type: 'list',
      label: 'Jobs',
      item: { type: 'group', label: 'Job', fields: [{ name: 'title', label: 'Title', required: true }] },
    },
    { name: 'legacy', type: 'checkbox', label: 'Legacy', stored: 'text' },
    { name: 'letter', label: 'Letter', oneOf: ['a', 'b'] },
  ])
  expectTypeOf<InferMetadata<typeof fields>>().toEqualTypeOf<{
    company: string
    team_size?: '1-10' | '11-50' | '51+'
    seats: number
    newsletter?: boolean
    topics?: ('art' | 'music')[]
    terms: Consent
    source: 'site'
    vat_id?: string
    address: { city?: string; zip: string }
    home: { street: string; floor?: number }
    skills?: string[]
    jobs?: { title: string }[]
    legacy?: 'true' | 'false'
    letter?: 'a' | 'b'
  }>()
  expect(JSON.parse(JSON.stringify(fields))).toEqual(fields)
})

test('a definition the compiler must refuse', () => {
  const refused = () => {
    // @ts-expect-error a select needs options of the right kind
    defineFields([{ name: 'a', type: 'select', label: 'A', options: [1] }])
    // @ts-expect-error a checkbox has no maxLength
    defineFields([{ name: 'a', type: 'checkbox', label: 'A', maxLength: 3 }])
    // @ts-expect-error a label is needed
    defineFields([{ name: 'a' }])
    // @ts-expect-error there is no such type
    defineFields([{ name: 'a', type: 'file', label: 'A' }])
    // @ts-expect-error a number is prefilled with a number
    defineFields([{ name: 'a', type: 'number', label: 'A', prefill: '1' }])
    // @ts-expect-error a consent is never ticked beforehand
    defineFields([{ name: 'a', type: 'consent', label: 'A', version: '1', prefill: true }])
    // @ts-expect-error a condition compares with plain values
    defineFields([{ name: 'a', label: 'A', visibleWhen: { b: { equal: [] } } }])
  }
  expect(refused).toThrow(TypeError)
})
