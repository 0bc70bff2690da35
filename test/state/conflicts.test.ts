// Two writers at one profile form, in any order: what one of them changed stays, and where both did, what was chosen.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { MemoryProfile } from '../../src/backends/memory-profiles.ts'
import { createClient } from '../../src/client/client.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/contract/json.ts'
import { withValue } from '../../src/fields/merge.ts'
import { valueAt } from '../../src/fields/stored.ts'
import { RUNS, SOAK_TIMEOUT } from '../soak.ts'
import { email, openProfileForm, type ProfileForm } from './profile-form.ts'

interface Place {
  /** Of its control. */
  readonly name: string
  readonly path: readonly string[]
  /** What can be stored there; undefined is nothing. */
  readonly values: readonly (JsonValue | undefined)[]
  /** What the control holds for it. */
  readonly held: (stored: JsonValue | undefined) => JsonValue
}

const text = (name: string, ...path: readonly string[]): Place => ({
  name,
  path: ['user_metadata', ...path],
  values: [undefined, 'a', 'b', 'c'],
  held: (stored) => stored ?? '',
})

const places: readonly Place[] = [
  text('company', 'company'),
  text('address.city', 'address', 'city'),
  text('address.zip', 'address', 'zip'),
  text('address.deep.floor', 'address', 'deep', 'floor'),
  text('town', 'book', 'town'),
  { ...text('given_name'), path: ['given_name'] },
  {
    name: 'seats',
    path: ['user_metadata', 'seats'],
    values: [undefined, 1, 2, 2.5],
    held: (stored) => String(stored ?? ''),
  },
  {
    name: 'news',
    path: ['user_metadata', 'news'],
    values: [undefined, true, false],
    held: (stored) => stored === true,
  },
  {
    name: 'links',
    path: ['user_metadata', 'links'],
    values: [undefined, ['a'], ['a', 'b'], ['b', 'a']],
    held: (stored) => stored ?? [],
  },
  {
    name: 'map',
    path: ['user_metadata', 'map'],
    values: [undefined, { x: 1 }, { x: 1, y: [2] }, 'text'],
    held: (stored) => stored ?? null,
  },
]

const definitions = [
  { name: 'company', label: 'Company' },
  {
    name: 'address',
    type: 'group',
    label: 'Address',
    fields: [
      { name: 'city', label: 'City' },
      { name: 'zip', label: 'Zip' },
      { name: 'deep', type: 'group', label: 'Deep', fields: [{ name: 'floor', label: 'Floor' }] },
    ],
  },
  { name: 'town', label: 'Town', path: ['book', 'town'] },
  { name: 'given_name', label: 'First name', storage: 'root' },
  { name: 'seats', type: 'number', label: 'Seats' },
  { name: 'news', type: 'checkbox', label: 'News' },
  { name: 'links', type: 'list', label: 'Links', item: { label: 'Link' } },
  { name: 'map', type: 'custom', control: 'map', label: 'Map' },
]

interface Edit {
  readonly kind: 'mine' | 'theirs'
  readonly place: Place
  readonly value: JsonValue | undefined
}

/** `keep` and `take` are choices, at every place that asks. */
interface Deed {
  readonly kind: 'save' | 'news' | 'keep' | 'take'
}

type Step = Edit | Deed

/** Steps at a few places only, so that both people meet there. */
const someSteps = fc
  .shuffledSubarray([...places], { minLength: 1, maxLength: 2 })
  .chain((few) => fc.array(stepsAt(few), { minLength: 3, maxLength: 9, size: 'max' }))
  .map((steps) => steps.flat())

function stepsAt(few: readonly Place[]): fc.Arbitrary<readonly Step[]> {
  const edit = (...kinds: readonly Edit['kind'][]) =>
    fc.constantFrom(...few).chain((place) =>
      fc.record<Edit>({
        kind: fc.constantFrom(...kinds),
        place: fc.constant(place),
        value: fc.constantFrom(...place.values),
      }),
    )
  const deed = (...kinds: readonly Deed['kind'][]) => fc.record<Deed>({ kind: fc.constantFrom(...kinds) })
  const clash = fc.tuple(edit('theirs'), edit('mine'), deed('save'), deed('keep', 'take'))
  const unseen = fc.tuple(edit('mine'), edit('theirs'), deed('news'), edit('mine'), deed('save'))
  const any = fc.oneof(edit('mine', 'theirs'), edit('mine', 'theirs'), deed('save', 'news', 'keep', 'take'))
  return fc.oneof<fc.Arbitrary<readonly Step[]>[]>(
    clash,
    unseen,
    any.map((step) => [step]),
  )
}

const someProfile = fc
  .tuple(...places.map(({ values }) => fc.constantFrom<JsonValue | undefined>(...values)))
  .map((values) =>
    places.reduce<JsonObject>((whole, { path }, index) => withValue(whole, path, values[index]), {
      user_metadata: { other: { kept: [1] } },
    }),
  )

/** The profile as one place sees it: what is stored, what the form was filled from, and what stands in the control. */
interface Model {
  readonly place: Place
  stored: JsonValue
  seen: JsonValue
  held: JsonValue
  status: 'none' | 'open' | 'said'
}

const same = (one: JsonValue, other: JsonValue) => JSON.stringify(one) === JSON.stringify(other)
const isOpen = ({ status, held, seen }: Model) => status !== 'none' && !same(held, seen)

function follow(model: Model): void {
  const isEdited = !same(model.held, model.seen)
  if (!isEdited || same(model.held, model.stored)) {
    model.held = model.stored
    model.status = 'none'
  } else if (!same(model.stored, model.seen) && model.status !== 'said') model.status = 'open'
  model.seen = model.stored
}

/** What a save does to the model; true where it is refused. */
function save(models: readonly Model[]): boolean {
  for (const model of models) if (model.status === 'said') model.status = 'open'
  const open = models.filter(isOpen)
  for (const model of open) model.status = 'said'
  if (open.length > 0) return true
  const edited = models.filter(({ held, seen }) => !same(held, seen))
  for (const model of models) model.status = 'none'
  if (edited.length === 0) return false
  const contested = edited.filter(({ stored, seen, held }) => !same(stored, seen) && !same(stored, held))
  for (const model of edited) if (!contested.includes(model)) model.stored = model.held
  for (const model of models) follow(model)
  for (const model of contested) model.status = 'said'
  return contested.length > 0
}

async function writeTheirs({ backend }: ProfileForm, { path }: Place, value: JsonValue | undefined): Promise<void> {
  const [key = ''] = path
  if (key !== 'user_metadata') {
    const client = createClient({ backend: backend.browser(email) })
    await client.save([{ target: 'root', action: 'set', key, value: value ?? null }])
    return
  }
  backend.write(email, withValue(backend.account(email)?.user_metadata ?? {}, path.slice(1), value))
}

function type({ control }: ProfileForm, { name, held }: Place, value: JsonValue | undefined): void {
  const made = control(name)
  if (Array.isArray(value) || name === 'links')
    made.arrange((Array.isArray(value) ? value : []).flatMap((item) => made.makeItem(item) ?? []))
  else made.input(held(value))
}

const BACKENDS: readonly MemoryProfile[] = ['latchkey', 'unversioned']

test.each(BACKENDS)(
  '%s: whatever two people do, every place ends as the last who changed it knowingly wanted',
  async (imitate) => {
    const check = fc.asyncProperty(someProfile, someSteps, async (profile, steps) => {
      const { user_metadata, ...root } = profile
      const metadata = isJsonObject(user_metadata) ? user_metadata : {}
      const opened = await openProfileForm(definitions, { imitate, root, user_metadata: metadata })
      const all = places.map((place): Model => {
        const value = place.held(valueAt(profile, place.path))
        return { place, stored: value, seen: value, held: value, status: 'none' }
      })
      const modelOf = (wanted: Place) => {
        const model = all.find(({ place }) => place === wanted)
        if (!model) throw new Error(`no model of ${wanted.name}`)
        return model
      }

      async function submit(): Promise<boolean> {
        const before = opened.writes()
        const wasOpen = all.some(isOpen)
        const refused = save(all)
        await opened.form.submit()
        if (wasOpen) expect(opened.writes()).toBe(before)
        expect(opened.form.status.value === 'idle').toBe(refused)
        return refused
      }

      function agree(): void {
        const stored = opened.stored()
        for (const model of all) {
          const { place } = model
          const control = opened.control(place.name)
          expect([place.name, place.held(valueAt(stored, place.path))]).toEqual([place.name, model.stored])
          expect([place.name, control.held()]).toEqual([place.name, model.held])
          const asked = control.conflict.value?.status === 'open' && isOpen(model)
          expect([place.name, asked]).toEqual([place.name, model.status === 'said' && isOpen(model)])
          if (asked) expect([place.name, control.conflict.value?.theirs]).toEqual([place.name, model.seen])
        }
        expect(valueAt(stored, ['user_metadata', 'other'])).toEqual({ kept: [1] })
      }

      for (const each of steps) {
        if ('value' in each) {
          const { place, value } = each
          const model = modelOf(place)
          if (each.kind === 'theirs') {
            await writeTheirs(opened, place, value)
            model.stored = place.held(value)
          } else {
            type(opened, place, value)
            model.held = place.held(value)
            if (model.status === 'said') model.status = 'none'
          }
        } else if (each.kind === 'keep' || each.kind === 'take') {
          for (const model of all.filter((candidate) => candidate.status === 'said' && isOpen(candidate))) {
            opened.control(model.place.name).conflict.value?.[each.kind]()
            if (each.kind === 'take') model.held = model.seen
            model.status = 'none'
          }
        } else if (each.kind === 'save') await submit()
        else {
          await opened.refresh()
          for (const model of all) follow(model)
        }
        agree()
      }

      // Whoever decides gets it saved: a refusal for what was news, another for what was new since, and no more.
      let refusals = 0
      while (await submit()) {
        refusals += 1
        expect(refusals).toBeLessThanOrEqual(2)
        for (const { name } of places) opened.control(name).conflict.value?.keep()
        for (const model of all) model.status = 'none'
      }
      agree()
      await opened.refresh()
      for (const model of all) follow(model)
      agree()
      expect(all.filter(({ held, stored, status }) => !same(held, stored) || status !== 'none')).toEqual([])
    })
    // Each has a dozen saves.
    await fc.assert(check, { ...RUNS, numRuns: RUNS.numRuns / 2 })
  },
  SOAK_TIMEOUT,
)
