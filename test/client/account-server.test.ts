// The client against the real account server, on both databases: one account, one save, and nobody's edit lost.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rest } from '../../src/backends/rest.ts'
import { createClient } from '../../src/client/client.ts'
import { systemEnvironment } from '../../src/client/environment.ts'
import { isLatchkeyError } from '../../src/contract/errors.ts'
import type { JsonValue } from '../../src/contract/json.ts'
import { valueAt } from '../../src/fields/stored.ts'
import { DATABASES } from '../server/databases.ts'
import { ADA, type Opened, ORIGIN, openerOn } from '../server/visitor.ts'
import { RUNS, SOAK_TIMEOUT } from '../soak.ts'

/** A browser at the server: its cookie, and which of its next answers get lost on the way. */
function browserAt({ server }: Opened) {
  let cookie = ''
  let lost = 0
  const fetch: typeof globalThis.fetch = async (input, init = {}) => {
    const headers = new Headers(init.headers)
    headers.set('origin', ORIGIN)
    if (cookie) headers.set('cookie', cookie)
    const { method = 'GET', body = null } = init
    const answer = await server.fetch(new Request(ORIGIN + String(input), { method, headers, body }))
    const [line = ''] = answer.headers.getSetCookie()
    if (line) cookie = line.split(';')[0] ?? ''
    if (lost === 0) return answer
    lost -= 1
    throw new TypeError('fetch failed')
  }
  const lose = (answers: number) => {
    lost = answers
  }
  return { fetch, lose }
}

const clientWith = (fetch: typeof globalThis.fetch) =>
  createClient({ backend: rest('/account'), environment: { ...systemEnvironment(), fetch } })

const settled = (call: Promise<unknown>) => call.then(() => null).catch((error: unknown) => error)

describe.each(DATABASES)('$kind', (kind) => {
  const open = openerOn(kind)

  test('a sign-up whose answer was lost, sent again, is one account and a success', async () => {
    const opened = await open()
    const { fetch, lose } = browserAt(opened)
    const client = clientWith(fetch)
    lose(2)
    const signUp = () => client.signUp({ ...ADA, user_metadata: { company: 'Acme' } })
    expect([isLatchkeyError(await settled(signUp())), isLatchkeyError(await settled(signUp()))]).toEqual([true, true])
    const { user } = await signUp()
    expect(user.user_metadata).toEqual({ company: 'Acme' })
    expect((await client.getProfile()).user.id).toBe(user.id)
    expect(await opened.rows('SELECT email FROM users')).toEqual([{ email: ADA.email }])
  })

  test('a save whose answer was lost, sent again, is stored once; another body after it is another save', async () => {
    const opened = await open()
    const { fetch, lose } = browserAt(opened)
    const client = clientWith(fetch)
    const base = await client.signUp(ADA)
    lose(1)
    await settled(client.updateMetadata({ company: 'Acme' }, { base }))
    const saved = await client.updateMetadata({ company: 'Acme' }, { base })
    expect([saved?.user.user_metadata, saved?.version]).toEqual([{ company: 'Acme' }, '"v2"'])
    lose(1)
    await settled(client.updateMetadata({ company: 'Else' }))
    await client.updateMetadata({ company: 'More' })
    expect((await client.getProfile()).user.user_metadata).toEqual({ company: 'More' })
  })

  test(
    'two people at one profile: every saved value was made over the one before',
    async () => {
      const place = fc.constantFrom(['company'], ['address', 'city'], ['address', 'zip'])
      const places = fc.array(place, { minLength: 1, maxLength: 4 })
      const opened = await open()
      let account = 0
      await fc.assert(
        fc.asyncProperty(fc.scheduler(), places, places, async (scheduler, mine, theirs) => {
          account += 1
          const credentials = { email: `ada${account}@example.org`, password: ADA.password }
          const first = browserAt(opened)
          await clientWith(first.fetch).signUp(credentials)
          const second = browserAt(opened)
          await clientWith(second.fetch).logIn({ identifier: credentials.email, password: credentials.password })

          const saves: { readonly place: string; readonly before: JsonValue | undefined; readonly value: string }[] = []
          async function edit(name: string, { fetch }: typeof first, list: typeof mine): Promise<void> {
            const client = clientWith(async (input, init) => {
              await scheduler.schedule(Promise.resolve())
              return scheduler.schedule(fetch(input, init))
            })
            for (const [index, path] of list.entries()) {
              const base = await client.getProfile()
              const value = `${name}${index}`
              const error = await settled(
                client.save([{ target: 'user_metadata', action: 'setIn', path, value }], { base }),
              )
              const before = valueAt(base.user.user_metadata, path)
              if (error === null) saves.push({ place: path.join('/'), before, value })
              else expect(isLatchkeyError(error) && error.code).toBe('version_conflict')
            }
          }
          await scheduler.waitFor(Promise.all([edit('a', first, mine), edit('b', second, theirs)]))

          const { user } = await clientWith(first.fetch).getProfile()
          for (const path of new Set([...mine, ...theirs].map((keys) => keys.join('/')))) {
            const here = saves.filter((save) => save.place === path)
            // Two that were made over the same value would have lost one of them.
            expect(new Set(here.map(({ before }) => before)).size).toBe(here.length)
            const overwritten = here.map(({ before }) => before)
            const last = here.map(({ value }) => value).filter((value) => !overwritten.includes(value))
            expect(valueAt(user.user_metadata, path.split('/'))).toBe(last[0])
          }
        }),
        RUNS,
      )
      expect(opened.errors).toEqual([])
    },
    SOAK_TIMEOUT,
  )
})
