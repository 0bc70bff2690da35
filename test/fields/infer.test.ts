// The types that follow from literal definitions, and what must not compile.
import { expect, expectTypeOf, test } from 'vitest'
import type { JsonObject } from '../../src/contract/json.ts'
import { defineFields } from '../../src/fields/define.ts'
import type { Consent, FieldDefinition } from '../../src/fields/definition.ts'
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
    // @ts-expect-error there is no such setting
    defineFields([{ name: 'a', label: 'A', placeholder: 'x' }])
    // @ts-expect-error nor is there in a group
    defineFields([{ name: 'a', type: 'group', label: 'A', fields: [{ name: 'b', label: 'B', min: 1 }] }])
    // @ts-expect-error nor in a list
    defineFields([{ name: 'a', type: 'list', label: 'A', item: { label: 'B', min: 1 } }])
    defineFields([
      // @ts-expect-error nor in a list of groups
      { name: 'a', type: 'list', label: 'A', item: { type: 'group', label: 'B', fields: [{ name: 'c', labl: 'C' }] } },
    ])
    // @ts-expect-error a condition compares with plain values
    defineFields([{ name: 'a', label: 'A', visibleWhen: { b: { equal: [] } } }])
  }
  expect(refused).toThrow(TypeError)
})

test('what is not asked for at sign-up can be absent', () => {
  const fields = defineFields([
    { name: 'later', label: 'Later', required: true, screens: ['profile'] },
    { name: 'both', label: 'Both', required: true, screens: ['signUp', 'profile'] },
    { name: 'seen', label: 'Seen', required: true, access: 'read' },
    { name: 'shut', label: 'Shut', required: true, access: { signUp: 'none' } },
    { name: 'open', label: 'Open', required: true, access: { profile: 'read' } },
    { name: 'lock', label: 'Lock', required: true, readOnlyWhen: { open: 'x' } },
  ])
  expectTypeOf<InferMetadata<typeof fields>>().toEqualTypeOf<{
    later?: string
    both: string
    seen?: string
    shut?: string
    open: string
    lock?: string
  }>()
  expect(fields.fields).toHaveLength(6)
})

test('functions of a definition know the type of their value', () => {
  const fields = defineFields([
    { name: 'a', label: 'A', validate: (value) => value.length > 1, prefill: () => 'x' },
    { name: 'b', type: 'number', label: 'B', validate: (value, { values }) => value.toFixed() === values.a },
    { name: 'c', type: 'select', label: 'C', options: ({ search }) => [search] },
    { name: 'd', type: 'consent', label: 'D', version: '1', validate: (value) => value.granted },
    {
      name: 'e',
      type: 'list',
      label: 'E',
      item: {
        type: 'group',
        label: 'F',
        fields: [{ name: 'g', type: 'multiselect', label: 'G', options: ['x'], validate: (value) => value.join('') }],
      },
    },
  ])
  expectTypeOf<InferMetadata<typeof fields>>().toEqualTypeOf<{
    a?: string
    b?: number
    c?: string
    d?: Consent
    e?: { g?: 'x'[] }[]
  }>()
  expect(fields.fields).toHaveLength(5)
})

test('definitions that nobody has written out describe any object', () => {
  const some: readonly FieldDefinition[] = [{ name: 'a', label: 'A' }]
  const all = defineFields(some)
  const more = defineFields([...some, { name: 'b', label: 'B' }])
  const nested = defineFields([
    { name: 'b', type: 'group', label: 'B', fields: some },
    { name: 'c', label: 'C' },
  ])
  expectTypeOf<InferMetadata<typeof all>>().toEqualTypeOf<JsonObject>()
  expectTypeOf<InferMetadata<typeof more>>().toEqualTypeOf<JsonObject>()
  expectTypeOf<InferMetadata<typeof nested>>().toEqualTypeOf<{ b?: JsonObject; c?: string }>()
  const written = [{ name: 'a', label: 'A', required: true }] as const
  const fields = defineFields(written)
  expectTypeOf<InferMetadata<typeof fields>>().toEqualTypeOf<{ a: string }>()
  expect(more.fields).toHaveLength(2)
})
