// Cases about the metadata of a sign-up: limits where values are texts, names that no server may take, broken text.
import { PATHS } from '../contract/paths.ts'
import { bodyWith, objectWith } from './accounts.ts'
import { type ConformanceCase, NotRun } from './case.ts'
import type { Expectation } from './expectation.ts'
import type { Probe } from './probe.ts'

/** Where values are texts: here, or in the configuration the hook leads to. */
async function withTexts(probe: Probe): Promise<Probe> {
  if (!probe.facts.open) throw new NotRun('the server holds metadata to a definition, which has its own limits')
  if (probe.facts.signUp.values === 'strings') return probe
  const variant = await probe.variant('stringSignUp')
  if (variant) return variant
  throw new NotRun('sign-up takes any JSON here; say --sign-up-values strings where not, or give the hook variant')
}

/** As many texts as asked for, each as long as the limit. */
function texts(probe: Probe, count: number): Readonly<Record<string, string>> {
  return Object.fromEntries(probe.keys(count).map((name) => [name, 'x'.repeat(probe.facts.signUp.maxLength)]))
}

/** Where a definition says which names there are, a bad name may as well be an unknown one. */
function nameRefused({ facts }: Probe, code: string, pointer: string): Expectation {
  return { status: 422, ...(facts.open && { code }), pointer: `/user_metadata/${pointer}` }
}

/** A name, and where in the body it is, as a JSON pointer (RFC 6901). */
const BAD_NAMES: readonly (readonly [name: string, pointer: string])[] = [
  ['a.b', 'a.b'],
  ['$x', '$x'],
  ['x$y', 'x$y'],
  ['a/b.c~d', 'a~1b.c~0d'],
  ['x'.repeat(101), 'x'.repeat(101)],
  ['', ''],
]

export const signUpValueCases: readonly ConformanceCase[] = [
  {
    number: 5,
    title: 'As many texts as sign-up takes, each as long as it takes, are taken',
    tag: 'wire',
    async run(probe) {
      if (!probe.facts.open) throw new NotRun('the server holds metadata to a definition, which has its own limits')
      const free = probe.facts.signUp.maxFields - Object.keys(probe.account().user_metadata).length
      probe.check(await probe.signUp(probe.account(texts(probe, free))), { status: probe.created })
    },
  },
  {
    number: 6,
    title: 'One field too many is refused, and makes no account',
    tag: 'wire',
    async run(given) {
      const probe = await withTexts(given)
      const account = probe.account(probe.sample(probe.keys(probe.facts.signUp.maxFields + 1)))
      const tooMany = { status: 422, code: 'too_many_fields', pointer: '/user_metadata' } as const
      probe.check(await probe.signUp(account), tooMany)
      probe.check(await probe.signUp({ ...account, user_metadata: probe.account().user_metadata }), {
        status: probe.created,
      })
    },
  },
  {
    number: 7,
    title: 'A text that is one letter too long is refused',
    tag: 'wire',
    async run(given) {
      const probe = await withTexts(given)
      const [name = ''] = probe.keys(1)
      const { maxLength } = probe.facts.signUp
      const long = probe.account({ [name]: 'x'.repeat(maxLength + 1) })
      probe.check(await probe.signUp(long), { status: 422, code: 'value_too_long', pointer: `/user_metadata/${name}` })
      // Whether an emoji is one letter or two is each server's own rule; it has to hold one of them.
      const astral = await probe.signUp(probe.account({ [name]: '\u{1f600}'.repeat(maxLength) }))
      probe.check(astral, { status: [probe.created, 422].flat() })
    },
  },
  {
    number: 8,
    title: 'A value that is no text is refused where sign-up takes texts only',
    tag: 'wire',
    async run(given) {
      const probe = await withTexts(given)
      const [name = ''] = probe.keys(1)
      for (const value of [true, 7, { nested: 'x' }]) {
        const answer = await probe.signUp(probe.account({ [name]: value }))
        probe.check(answer, { status: 422, code: 'invalid_type', pointer: `/user_metadata/${name}` })
      }
    },
  },
  {
    number: 9,
    title: 'A name with "." or "$", without letters or with more than 100 is refused, and pointed at',
    tag: 'wire',
    async run(probe) {
      for (const [name, pointer] of BAD_NAMES) {
        const answer = await probe.signUp(probe.account({ [name]: 'x' }))
        probe.check(answer, nameRefused(probe, 'invalid_field_name', pointer))
      }
    },
  },
  {
    number: 10,
    title: 'A reserved name is refused, unless reserved names are switched off',
    tag: 'wire',
    async run(probe) {
      for (const name of ['user_id', 'email_verified']) {
        const answer = await probe.signUp(probe.account({ [name]: 'x' }))
        probe.check(answer, nameRefused(probe, 'reserved_field_name', name))
      }
      const part = 'the same with reserved names switched off'
      if (!probe.facts.open)
        return probe.skip(part, 'the server holds metadata to a definition, which has its own names')
      const lenient = await probe.variant('reservedNamesOff')
      if (!lenient) return probe.skip(part, 'give the hook variant')
      lenient.check(await lenient.signUp(lenient.account({ user_id: 'x' })), { status: lenient.created })
    },
  },
  {
    number: 11,
    title: "A name that leads to an object's prototype is refused, and reaches nobody",
    tag: 'wire',
    async run(probe) {
      const ada = await probe.person()
      for (const name of ['__proto__', 'constructor']) {
        const member = `${JSON.stringify(name)}:{"latchkey_polluted":true}`
        const account = probe.account()
        probe.check(await probe.signUp(account, { body: bodyWith(account, member) }), { status: 422 })
        const body = `{"user_metadata":${objectWith({}, member)}}`
        probe.check(await ada.visitor.send('PATCH', PATHS.profile, { body }), { status: 422 })
      }
      const { request, text } = await ada.visitor.me()
      const passed = !text.includes('latchkey_polluted')
      const got = passed ? 'nothing' : 'a value of the prototype'
      probe.hold({ request, expected: 'nothing of what was refused', got, passed })
    },
  },
  {
    number: 12,
    title: 'NUL or half a surrogate pair in a value is refused, and no error of the server',
    tag: 'wire',
    async run(probe) {
      const ada = await probe.person()
      const [name = ''] = probe.keys(1)
      for (const value of ['"a\\u0000b"', '"a\\ud800b"']) {
        const member = `${JSON.stringify(name)}:${value}`
        const account = probe.account()
        probe.check(await probe.signUp(account, { body: bodyWith(account, member) }), { status: 422 })
        const body = `{"user_metadata":{${member}}}`
        probe.check(await ada.visitor.send('PATCH', PATHS.profile, { body }), { status: 422 })
      }
      probe.check(await ada.visitor.me(), { status: 200, metadata: ada.metadata })
    },
  },
]
