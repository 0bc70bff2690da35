// The intents of a form: the places that changed and no others, whatever stands there already.
import { expect, test } from 'vitest'
import type { Intents } from '../../src/contract/intents.ts'
import type { JsonObject, JsonValue } from '../../src/contract/json.ts'
import { defineFields } from '../../src/fields/define.ts'
import { diff } from '../../src/fields/diff.ts'

const { fields } = defineFields([
  { name: 'company', label: 'Company', renamedFrom: ['firm'] },
  { name: 'nickname', label: 'Nickname', storage: 'root' },
  { name: 'city', label: 'City', path: ['place', 'city'] },
  {
    name: 'home',
    type: 'group',
    label: 'Home',
    fields: [
      { name: 'street', label: 'Street' },
      { name: 'tags', type: 'list', label: 'Tags', item: { label: 'Tag' } },
      { name: 'geo', type: 'group', label: 'Place', fields: [{ name: 'lat', type: 'number', label: 'Latitude' }] },
    ],
  },
])

const set = (key: string, value: JsonValue): Intents => [{ target: 'user_metadata', action: 'set', key, value }]
const unset = (key: string): Intents => [{ target: 'user_metadata', action: 'unset', key }]
const setIn = (path: readonly string[], value: JsonValue): Intents => [
  { target: 'user_metadata', action: 'setIn', path, value },
]
const unsetIn = (path: readonly string[]): Intents => [{ target: 'user_metadata', action: 'unsetIn', path }]

test.each<readonly [name: string, user_metadata: JsonObject, held: JsonObject, intents: Intents]>([
  ['a value', {}, { company: 'Acme' }, set('company', 'Acme')],
  ['an emptied value', { company: 'Acme' }, { company: '' }, unset('company')],
  ['a value under an earlier name', { firm: 'Old' }, { company: 'New' }, [...unset('firm'), ...set('company', 'New')]],
  ['a path', { place: { zip: '1' } }, { city: 'Lisbon' }, setIn(['place', 'city'], 'Lisbon')],
  ['an emptied path with neighbours', { place: { city: 'x', zip: '1' } }, { city: '' }, unsetIn(['place', 'city'])],
  ['an emptied path without', { place: { city: 'x' } }, { city: '' }, unset('place')],
  ['a group', {}, { home: { street: 'Main' } }, setIn(['home', 'street'], 'Main')],
  [
    'a list inside a group, whole',
    { home: { tags: ['a'], pet: 'cat' } },
    { home: { street: '', tags: ['a', 'b'] } },
    setIn(['home', 'tags'], ['a', 'b']),
  ],
  [
    'a group in a group',
    { home: { geo: { lng: 2 } } },
    { home: { geo: { lat: '1' } } },
    setIn(['home', 'geo', 'lat'], 1),
  ],
  [
    'an emptied group in a group',
    { home: { street: 'x', geo: { lat: 1 } } },
    { home: { geo: { lat: '' } } },
    unsetIn(['home', 'geo']),
  ],
  [
    'an emptied group with what no field knows',
    { home: { street: 'x', pet: 'cat' } },
    { home: { street: '' } },
    unsetIn(['home', 'street']),
  ],
  [
    'all of a group emptied',
    { home: { street: 'x', geo: { lat: 1 } } },
    { home: { street: '', geo: { lat: '' } } },
    unset('home'),
  ],
  ['a group where a text stands', { home: 'Main 1' }, { home: { street: 'Main' } }, set('home', { street: 'Main' })],
  [
    'a group where a text of its values stands, with those that are not on this form',
    { home: '{"street":"Main","geo":{"lat":1}}' },
    { home: { street: 'Side' } },
    set('home', { street: 'Side', geo: { lat: 1 } }),
  ],
  ['nothing', { home: { street: 'x' } }, { home: { street: 'x' }, company: '' }, []],
])('%s', (_name, user_metadata, held, intents) => {
  expect(diff(fields, { user_metadata }, new Map(Object.entries(held)))).toEqual(intents)
})

test('attributes at the root are set and unset beside the metadata', () => {
  const stored = { user_metadata: {}, root: { nickname: 'Ana' } }
  expect(diff(fields, stored, new Map([['nickname', 'Bo']]))).toEqual([
    { target: 'root', action: 'set', key: 'nickname', value: 'Bo' },
  ])
  expect(diff(fields, stored, new Map([['nickname', '']]))).toEqual([
    { target: 'root', action: 'unset', key: 'nickname' },
  ])
})
