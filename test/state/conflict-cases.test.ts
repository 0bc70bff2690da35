// Conflicts where a control is hidden, fixed or named otherwise, and changes of one's own that look like somebody else's.
import { expect, test } from 'vitest'
import { LatchkeyError } from '../../src/contract/errors.ts'
import type { JsonObject, JsonValue } from '../../src/contract/json.ts'
import { email, openProfileForm, type ProfileForm } from './profile-form.ts'

const asked = ({ form }: ProfileForm) => form.summary.value.map(({ control, issue }) => [control?.name, issue.code])

const metadataOf = ({ backend }: ProfileForm): JsonObject => backend.account(email)?.user_metadata ?? {}

test('a change in a group leaves what others changed beside it, saves after that one too', async () => {
  const opened = await openProfileForm(
    [
      {
        name: 'address',
        type: 'group',
        label: 'Address',
        fields: [
          { name: 'city', label: 'City' },
          { name: 'zip', label: 'Zip' },
        ],
      },
    ],
    { user_metadata: { address: { city: 'Bonn', zip: '1', floor: 3 } } },
  )
  opened.control('address.city').input('Kiel')
  opened.backend.write(email, { address: { city: 'Bonn', zip: '2', floor: 4 } })
  await opened.form.submit()
  expect(opened.form.status.value).toBe('saved')
  expect(opened.control('address.zip').value.value).toBe('2')
  opened.control('address.city').input('Jena')
  await opened.form.submit()
  expect(metadataOf(opened)).toEqual({ address: { city: 'Jena', zip: '2', floor: 4 } })
})

test('an emptied group is not in the way of what somebody else put beside it', async () => {
  const fields = [{ name: 'address', type: 'group', label: 'Address', fields: [{ name: 'city', label: 'City' }] }]
  const opened = await openProfileForm(fields, { user_metadata: { address: { city: 'Bonn' } } })
  opened.control('address.city').input('')
  opened.backend.write(email, { address: { city: 'Bonn', zip: '2' } })
  await opened.form.submit()
  expect(opened.form.status.value).toBe('saved')
  expect(metadataOf(opened)).toEqual({ address: { zip: '2' } })
})

const conditional = (onHide: string) => [
  { name: 'format', label: 'Format' },
  { name: 'seats', label: 'Seats', visibleWhen: { format: 'workshop' }, onHide },
]

test('of a control that hides meanwhile theirs stands, the summary says so, and nothing typed is lost', async () => {
  const opened = await openProfileForm(conditional('keep'), { user_metadata: { format: 'workshop', seats: '1' } })
  opened.control('seats').input('12')
  opened.backend.write(email, { format: 'talk', seats: '5' })
  await opened.form.submit()
  expect(asked(opened)).toEqual([['seats', 'version_conflict']])
  expect(opened.form.focus.value?.place).toBe('summary')
  await opened.form.submit()
  expect([opened.form.status.value, metadataOf(opened).seats]).toEqual(['unchanged', '5'])
  expect(asked(opened)).toEqual([])
  // Back on the form it has what was typed, and asks.
  opened.control('format').input('workshop')
  expect(opened.control('seats').held()).toBe('12')
  await opened.form.submit()
  expect(asked(opened)).toEqual([['seats', 'version_conflict']])
  expect(metadataOf(opened)).toEqual({ format: 'talk', seats: '5' })
  opened.control('seats').conflict.value?.keep()
  await opened.form.submit()
  expect(metadataOf(opened)).toEqual({ format: 'workshop', seats: '12' })
})

test('what was to be removed with its field stays where somebody else changed it', async () => {
  const opened = await openProfileForm(conditional('clear'), { user_metadata: { format: 'workshop', seats: '1' } })
  opened.control('format').input('talk')
  opened.backend.write(email, { format: 'workshop', seats: '5' })
  await opened.form.submit()
  expect(asked(opened)).toEqual([['seats', 'version_conflict']])
  expect(metadataOf(opened)).toEqual({ format: 'talk', seats: '5' })
  await opened.form.submit()
  expect(metadataOf(opened)).toEqual({ format: 'talk', seats: '5' })
  // Seen and hidden again it goes.
  opened.control('format').input('workshop')
  await opened.form.submit()
  expect(opened.control('seats').held()).toBe('5')
  opened.control('format').input('talk')
  await opened.form.submit()
  expect(metadataOf(opened)).toEqual({ format: 'talk' })
})

test('a group that goes with its field leaves the part that somebody else changed', async () => {
  const opened = await openProfileForm(
    [
      { name: 'paper', type: 'switch', label: 'Paper' },
      {
        name: 'address',
        type: 'group',
        label: 'Address',
        visibleWhen: { paper: true },
        onHide: 'clear',
        fields: [
          { name: 'city', label: 'City' },
          { name: 'zip', label: 'Zip' },
        ],
      },
    ],
    { user_metadata: { paper: true, address: { city: 'Bonn', zip: '1' } } },
  )
  opened.control('paper').input(false)
  opened.backend.write(email, { paper: true, address: { city: 'Bonn', zip: '2' } })
  await opened.form.submit()
  expect(asked(opened)).toEqual([['address.zip', 'version_conflict']])
  expect(metadataOf(opened)).toEqual({ paper: false, address: { zip: '2' } })
})

test('where a control may not be changed any more theirs stands with the next save', async () => {
  const fields = [
    { name: 'donates', type: 'switch', label: 'Donates' },
    { name: 'fee', label: 'Fee', readOnlyWhen: { donates: true } },
    { name: 'note', label: 'Note' },
  ]
  const opened = await openProfileForm(fields, { user_metadata: { donates: false, fee: '250' } })
  opened.control('fee').input('300')
  opened.backend.write(email, { donates: true, fee: '100' })
  await opened.form.submit()
  expect(asked(opened)).toEqual([['fee', 'version_conflict']])
  expect(opened.form.focus.value?.place).toBe('summary')
  expect(opened.control('fee').held()).toBe('300')
  opened.control('note').input('Hello')
  await opened.form.submit()
  expect(opened.form.status.value).toBe('saved')
  expect(opened.control('fee').held()).toBe('100')
  expect(metadataOf(opened)).toEqual({ donates: true, fee: '100', note: 'Hello' })
})

test('a change under an earlier name is asked about at the field that has it now', async () => {
  const decode = (stored: JsonValue) => String(stored).replace(/^old /, '')
  const fields = [{ name: 'talk_title', label: 'Title', renamedFrom: 'title', decode }]
  const opened = await openProfileForm(fields, { user_metadata: { title: 'old One' } })
  opened.control('talk_title').input('Mine')
  opened.backend.write(email, { title: 'old Theirs' })
  await opened.form.submit()
  expect(asked(opened)).toEqual([['talk_title', 'version_conflict']])
  expect(opened.control('talk_title').conflict.value?.theirs).toBe('Theirs')
  opened.control('talk_title').conflict.value?.take()
  await opened.form.submit()
  expect(metadataOf(opened)).toEqual({ talk_title: 'Theirs' })
})

const company = [
  { name: 'company', label: 'Company' },
  { name: 'phone', label: 'Phone' },
]

test('typing while a save is under way is no conflict with that save', async () => {
  const opened = await openProfileForm(company, { user_metadata: { company: 'A', phone: '1' } })
  opened.control('company').input('B')
  const saving = opened.form.submit()
  opened.control('phone').input('2')
  await expect.poll(() => opened.backend.requests.some(({ call }) => call === 'patchProfile')).toBe(true)
  opened.control('company').input('BC')
  await saving
  expect([opened.form.status.value, opened.control('company').held()]).toEqual(['saved', 'BC'])
  await opened.form.submit()
  expect(metadataOf(opened)).toEqual({ company: 'BC', phone: '2' })
})

test('a save that was carried out though nobody heard of it is not taken for somebody else’s', async () => {
  const opened = await openProfileForm(company, { user_metadata: { company: 'A' } })
  opened.control('company').input('B')
  opened.backend.fail({ kind: 'droppedAfterCommit' }, { call: 'patchProfile' })
  await opened.form.submit()
  expect(opened.errors.map(({ code }) => code)).toEqual(['network'])
  opened.control('company').input('BC')
  await opened.form.submit()
  expect([opened.form.status.value, metadataOf(opened).company]).toEqual(['saved', 'BC'])
})

test('what a server makes of a value is taken over, and is nobody’s change', async () => {
  const opened = await openProfileForm(company, { user_metadata: { phone: '1' } })
  opened.control('phone').input('0170')
  const { backend } = opened
  const write = backend.patchProfile
  Object.assign(backend, {
    async patchProfile(...given: Parameters<typeof write>) {
      const answer = await write(...given)
      return { ...answer, user: { ...answer.user, user_metadata: { phone: '+49 170' } } }
    },
  })
  await opened.form.submit()
  expect([opened.form.status.value, opened.control('phone').held()]).toEqual(['saved', '+49 170'])
  await opened.form.submit()
  expect(opened.form.status.value).toBe('unchanged')
})

test('an error of a conflict names the places and holds no values', async () => {
  const opened = await openProfileForm(company, { user_metadata: { company: 'A' } })
  opened.control('company').input('Mine')
  opened.backend.write(email, { company: 'Theirs' })
  await opened.form.submit()
  const [error] = opened.errors
  expect([error?.code, error?.field, error?.conflicts]).toEqual(['version_conflict', 'company', []])
  expect(JSON.stringify([error?.message, error?.issues])).not.toMatch(/Mine|Theirs/)
})

test('where a value is refused for what somebody else made of another one, the person is asked about that one', async () => {
  const opened = await openProfileForm(conditional('keep'), { user_metadata: { format: 'talk' } })
  opened.control('format').input('workshop')
  opened.control('seats').input('12')
  const { backend } = opened
  backend.write(email, { format: 'story' })
  const write = backend.patchProfile
  Object.assign(backend, {
    // As an account server that knows the fields.
    patchProfile(...given: Parameters<typeof write>) {
      const [{ user_metadata = {} }] = given
      const format = user_metadata.format ?? metadataOf(opened).format
      const isHidden = user_metadata.seats !== undefined && format !== 'workshop'
      const issues = [{ code: 'hidden_field', pointer: '/user_metadata/seats' }] as const
      return isHidden ? Promise.reject(new LatchkeyError('hidden_field', 'seats', { issues })) : write(...given)
    },
  })
  await opened.form.submit()
  expect(asked(opened)).toEqual([['format', 'version_conflict']])
  opened.control('format').conflict.value?.keep()
  await opened.form.submit()
  expect(metadataOf(opened)).toEqual({ format: 'workshop', seats: '12' })
})

test('what is just wrong is said as such, also while somebody else’s change waits out of sight', async () => {
  const opened = await openProfileForm([...conditional('keep'), ...company], {
    user_metadata: { format: 'workshop', seats: '1' },
  })
  opened.control('seats').input('12')
  opened.backend.write(email, { format: 'talk', seats: '5' })
  await opened.form.submit()
  const issues = [{ code: 'invalid_value', pointer: '/user_metadata/company' }] as const
  Object.assign(opened.backend, {
    patchProfile: () => Promise.reject(new LatchkeyError('invalid_value', 'company', { issues })),
  })
  opened.control('company').input('A')
  await opened.form.submit()
  expect(asked(opened)).toEqual([['company', 'invalid_value']])
})
