// Refresh tokens in rotation: a lost answer logs nobody out, a copied token ends the session, and there is never more than one way on.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { askForTokens, bearer, refresh, statusWith, type Tokens, tokensIn } from './bearer-visitor.ts'
import { DATABASES, sqlite } from './databases.ts'
import { startProcess } from './processes.ts'
import { openerOn } from './visitor.ts'

const RACERS = 20

describe.each(DATABASES)('on $kind', (kind) => {
  const openOn = openerOn(kind)
  const open: typeof openOn = (options = {}, database) => openOn({ bearer: true, ...options }, database)

  test('a refresh gives new tokens, which are good at once; the access token before them stays good for its time', async () => {
    const { visitor } = await open()
    await visitor().signUp()
    const first = tokensIn(await askForTokens(visitor()))
    const answer = await refresh(visitor(), first.refresh_token)
    expect([answer.status, Object.keys(Object(answer.json)), answer.headers.getSetCookie()]).toEqual([
      200,
      ['session'],
      [],
    ])
    const second = tokensIn(answer)
    expect(second.refresh_token).not.toBe(first.refresh_token)
    expect(second.access_token).not.toBe(first.access_token)
    for (const tokens of [first, second]) expect(await statusWith(visitor(), tokens)).toBe(200)
  })

  test('a refresh whose answer was lost can be sent again, and gets the same successor', async () => {
    const { visitor } = await open()
    await visitor().signUp()
    const first = tokensIn(await askForTokens(visitor()))
    const lost = tokensIn(await refresh(visitor(), first.refresh_token))
    // The access token of before proves nothing about what arrived.
    expect(await statusWith(visitor(), first)).toBe(200)
    const again = tokensIn(await refresh(visitor(), first.refresh_token))
    expect(again.refresh_token).toBe(lost.refresh_token)
    expect(await statusWith(visitor(), again)).toBe(200)
    expect((await refresh(visitor(), again.refresh_token)).status).toBe(200)
  })

  test.each<readonly [string, (tokens: Tokens) => { readonly path: string; readonly headers?: object }]>([
    ['its access token for the profile', ({ access_token }) => ({ path: '/me', headers: bearer(access_token) })],
    ['its access token for the session', ({ access_token }) => ({ path: '/session', headers: bearer(access_token) })],
  ])('once the successor has arrived, by %s, the token before it ends the session', async (_what, use) => {
    const { visitor, rows } = await open()
    await visitor().signUp()
    const other = tokensIn(await askForTokens(visitor()))
    const first = tokensIn(await askForTokens(visitor()))
    const second = tokensIn(await refresh(visitor(), first.refresh_token))
    const { path, headers } = use(second)
    await visitor().send('GET', path, { headers: { ...headers } })
    const reused = await refresh(visitor(), first.refresh_token)
    expect([reused.status, reused.json]).toMatchObject([401, { code: 'unauthenticated' }])
    for (const tokens of [first, second]) {
      expect(await statusWith(visitor(), tokens)).toBe(401)
      expect((await refresh(visitor(), tokens.refresh_token)).status).toBe(401)
    }
    // Sessions of the same person elsewhere go on.
    expect(await statusWith(visitor(), other)).toBe(200)
    expect(await rows('SELECT id FROM bearer_sessions')).toHaveLength(1)
  })

  test('a copied token is found out however old it is', async () => {
    const { visitor } = await open()
    await visitor().signUp()
    const first = tokensIn(await askForTokens(visitor()))
    let last = first
    for (const _ of [1, 2, 3]) last = tokensIn(await refresh(visitor(), last.refresh_token))
    expect(await statusWith(visitor(), last)).toBe(200)
    expect((await refresh(visitor(), first.refresh_token)).status).toBe(401)
    expect(await statusWith(visitor(), last)).toBe(401)
    expect((await refresh(visitor(), last.refresh_token)).status).toBe(401)
  })

  test('a refresh token of another session, or with one letter changed, is a stranger to the others', async () => {
    const { visitor } = await open()
    await visitor().signUp()
    const [one, other] = [tokensIn(await askForTokens(visitor())), tokensIn(await askForTokens(visitor()))]
    const letter = one.refresh_token.startsWith('A') ? 'B' : 'A'
    expect((await refresh(visitor(), letter + one.refresh_token.slice(1))).status).toBe(401)
    const mixed = one.refresh_token.slice(0, 24) + other.refresh_token.slice(24)
    expect((await refresh(visitor(), mixed)).status).toBe(401)
    expect((await refresh(visitor(), one.refresh_token)).status).toBe(401)
    expect((await refresh(visitor(), other.refresh_token)).status).toBe(200)
  })

  test(`${RACERS} refreshes with one token at once, on two servers, have one successor between them`, async () => {
    const first = await open()
    const second = await open({}, first.database)
    await first.visitor().signUp()
    let tokens = tokensIn(await askForTokens(first.visitor()))
    for (const _ of ['once', 'and from there again']) {
      const { refresh_token } = tokens
      const answers = await Promise.all(
        Array.from({ length: RACERS }, (_, index) => refresh((index % 2 ? first : second).visitor(), refresh_token)),
      )
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
      expect(new Set(answers.map((answer) => tokensIn(answer).refresh_token)).size).toBe(1)
      for (const answer of answers) expect(await statusWith(first.visitor(), tokensIn(answer))).toBe(200)
      tokens = tokensIn(answers[0] ?? (await refresh(first.visitor(), refresh_token)))
    }
    expect((await refresh(second.visitor(), tokens.refresh_token)).status).toBe(200)
    expect([...first.errors, ...second.errors]).toEqual([])
  })

  test('the same from three processes', async () => {
    const database = await kind.create()
    const processes = [startProcess(database.url), startProcess(database.url), startProcess(database.url)]
    await Promise.all(processes.map(({ tell }) => tell({ open: true })))
    const { visitor } = await open({}, database)
    await visitor().signUp()
    const { refresh_token } = tokensIn(await askForTokens(visitor()))
    const refreshes = Array.from({ length: RACERS }, () => refresh_token)
    const answers = (await Promise.all(processes.map(({ tell }) => tell({ refreshes })))).flat()
    expect(answers).toHaveLength(processes.length * RACERS)
    const [successor] = answers
    expect(new Set(answers)).toEqual(new Set([successor]))
    expect(successor).not.toBe(refresh_token)
    const next = tokensIn(await refresh(visitor(), String(successor)))
    expect(await statusWith(visitor(), next)).toBe(200)
  }, 60_000)

  test('of a refresh and a log-out at once the log-out stays', async () => {
    const { visitor, errors, rows } = await open()
    await visitor().signUp()
    const sessions = await Promise.all(Array.from({ length: 10 }, async () => tokensIn(await askForTokens(visitor()))))
    const refreshed = await Promise.all(
      sessions.map(async ({ access_token, refresh_token }) => {
        const headers = bearer(access_token)
        const [answer, out] = await Promise.all([
          refresh(visitor(), refresh_token),
          visitor().send('POST', '/logout', { body: {}, headers }),
        ])
        expect(out.status).toBe(204)
        return answer
      }),
    )
    for (const answer of refreshed) {
      expect([200, 401]).toContain(answer.status)
      if (answer.status === 200) expect(await statusWith(visitor(), tokensIn(answer))).toBe(401)
    }
    expect(await rows('SELECT id FROM bearer_sessions')).toEqual([])
    expect(await rows('SELECT token_hash FROM access_tokens')).toEqual([])
    expect(errors).toEqual([])
  })
})

/** What has to happen to a session: `at` is the refresh token that is good, `named` whether its successor was handed out. */
interface Model {
  at: number
  named: boolean
  over: boolean
}

test('whatever a page and a thief do with the tokens, in whatever order', async () => {
  const { visitor, errors } = await openerOn(sqlite)({ bearer: true })
  await visitor().signUp()
  const step = fc.record({ act: fc.constantFrom('refresh', 'refresh', 'use'), pick: fc.nat() })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
      const model: Model = { at: 0, named: false, over: false }
      // Every token that was handed out, with its place in the row of refresh tokens.
      const held = [{ place: 0, tokens: tokensIn(await askForTokens(visitor())) }]
      for (const { act, pick } of steps) {
        const { place, tokens } = held[pick % held.length] ?? held[0] ?? { place: 0, tokens: null }
        if (tokens === null) return
        const isNext = model.named && place === model.at + 1
        if (act === 'use') {
          expect(await statusWith(visitor(), tokens)).toBe(model.over ? 401 : 200)
          if (isNext && !model.over) Object.assign(model, { at: place, named: false })
          continue
        }
        if (isNext) Object.assign(model, { at: place, named: false })
        const isGood = !model.over && place === model.at
        const answer = await refresh(visitor(), tokens.refresh_token)
        expect(answer.status).toBe(isGood ? 200 : 401)
        if (isGood) {
          model.named = true
          held.push({ place: place + 1, tokens: tokensIn(answer) })
        } else model.over = true
      }
      // One refresh token for each place, whoever asked.
      const places = new Set(held.map((one) => one.place))
      expect(new Set(held.map((one) => one.tokens.refresh_token)).size).toBe(places.size)
    }),
    { numRuns: 60 },
  )
  expect(errors).toEqual([])
}, 60_000)
