// Cases about an update that is refused: all or nothing, and never an error of the server.
import type { JsonValue } from '../contract/json.ts'
import { MAX_BODY_BYTES } from '../contract/limits.ts'
import { PATHS } from '../contract/paths.ts'
import type { Person } from './accounts.ts'
import type { ConformanceCase } from './case.ts'
import type { Probe } from './probe.ts'

/** Depth of the body in case 28 that a parser which calls itself would not survive. */
const TOO_DEEP = 1000

export const refusalCases: readonly ConformanceCase[] = [
  {
    number: 22,
    title: 'A bad name inside a value refuses the whole update',
    tag: 'wire',
    async run(probe) {
      const [name = ''] = probe.keys(1)
      const ada = await probe.person()
      const nested = probe.facts.keys.find((key) => key.nested && key.name !== name)?.name ?? name
      const patch = { ...probe.sample([name]), [nested]: { 'x.y': 1 } }
      probe.check(await ada.visitor.patch(patch), { status: 422 })
      await unchanged(probe, ada)
    },
  },
  {
    number: 23,
    title: 'user_metadata that is no object is refused',
    tag: 'wire',
    async run(probe) {
      const [name = ''] = probe.keys(1)
      const ada = await probe.person(probe.sample([name]))
      for (const value of [null, [], 's'] satisfies JsonValue[]) {
        const refused = { status: 422, code: 'invalid_type', pointer: '/user_metadata' } as const
        probe.check(await ada.visitor.patch(value), refused)
      }
      await unchanged(probe, ada)
    },
  },
  {
    number: 24,
    title: "What is not the person's to set refuses the whole update",
    tag: 'wire',
    async run(probe) {
      const [name = ''] = probe.keys(1)
      const ada = await probe.person()
      const before = await ada.visitor.me()
      const foreign: readonly (readonly [string, JsonValue])[] = [
        ['id', 'made-up'],
        ['email_verified', true],
        ['app_metadata', { role: 'admin' }],
      ]
      for (const [attribute, value] of foreign) {
        const body = { [attribute]: value, user_metadata: probe.sample([name]) }
        probe.check(await ada.visitor.send('PATCH', PATHS.profile, { body }), { status: 422 })
      }
      const after = await ada.visitor.me()
      const passed = after.status === 200 && after.text === before.text
      probe.hold({ request: after.request, expected: before.text, got: after.text, passed })
    },
  },
  {
    number: 28,
    title: 'A body of another type, too large, ambiguous or too deep is refused',
    tag: 'wire',
    async run(probe) {
      const [name = ''] = probe.keys(1)
      const ada = await probe.person()
      const body = JSON.stringify({ user_metadata: probe.sample([name]) })
      const send = (text: string, type = 'application/json') =>
        ada.visitor.send('PATCH', PATHS.profile, { body: text, headers: { 'content-type': type } })
      const typed = { status: 415, headers: { 'accept-patch': ['application/json'] } } as const
      probe.check(await send(body, 'text/plain'), typed)
      probe.check(await send(body, 'application/merge-patch+json'), typed)
      const large = JSON.stringify({ user_metadata: { [name]: 'x'.repeat(MAX_BODY_BYTES) } })
      probe.check(await send(large), { status: 413 })
      const twice = `${JSON.stringify(name)}:"one",${JSON.stringify(name)}:"two"`
      probe.check(await send(`{"user_metadata":{${twice}}}`), { status: 'refused' })
      const deep = `${'{"a":'.repeat(TOO_DEEP)}1${'}'.repeat(TOO_DEEP)}`
      probe.check(await send(`{"user_metadata":{${JSON.stringify(name)}:${deep}}}`), { status: 'refused' })
      await unchanged(probe, ada)
    },
  },
]

async function unchanged(probe: Probe, { metadata, visitor }: Person): Promise<void> {
  probe.check(await visitor.me(), { status: 200, metadata })
}
