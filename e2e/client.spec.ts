// The client of a page in a real browser: wishes in place of payloads, held to the database.
import type { Page } from '@playwright/test'
import type { Intents } from 'latchkey/client'
import { closeAccountSites, startAccountSite } from './account-site.ts'
import { person } from './doors.ts'
import { expect, test } from './fixture.ts'

test.afterAll(closeAccountSites)

const SCRIPT = `import { createLatchkey, defineFields, rest } from '/latchkey/latchkey.js'
  const fields = defineFields([{ name: 'company', label: 'Company' }], { denyList: ['plan'] })
  window.client = createLatchkey({ backend: rest('ACCOUNT'), fields }).client`

const before = { company: 'Acme', fax: '1', address: { city: 'Lisbon', zip: '1000', 'old.key': 1 }, tags: ['a'] }

/** Opens the page and signs up by its client. */
async function open(page: Page, expectOrigin: (origin: string) => void) {
  const site = await startAccountSite({ script: SCRIPT })
  expectOrigin(site.origin)
  await page.goto(site.origin)
  await page.waitForFunction(() => 'client' in window)
  const call = (name: string, ...args: readonly unknown[]): Promise<unknown> =>
    page.evaluate(
      async ([method, given]) => {
        try {
          return await Reflect.get(Reflect.get(window, 'client'), method)(...given)
        } catch (error) {
          const { code, issues, conflicts } = Object(error)
          return { code, issues, conflicts }
        }
      },
      [name, args] as const,
    )
  // Stored as an earlier program left it: a dotted key in the depths is none that may be written.
  await call('signUp', { ...person, user_metadata: { ...before, address: { city: 'Lisbon', zip: '1000' } } })
  site.write((metadata) => ({ ...metadata, address: before.address }))
  const sent: unknown[] = []
  page.on('request', (request) => {
    if (request.method() === 'PATCH') sent.push(request.postDataJSON())
  })
  return { site, call, sent, stored: () => site.metadata() }
}

const wishes: Intents = [
  { target: 'root', action: 'set', key: 'given_name', value: 'Ana' },
  { target: 'user_metadata', action: 'setIn', path: ['address', 'city'], value: 'Porto' },
  { target: 'user_metadata', action: 'unsetIn', path: ['address', 'zip'] },
  { target: 'user_metadata', action: 'unset', key: 'fax' },
]

test('several wishes are one request, whose neighbours stay, and a preview says so before', async ({
  page,
  declared,
}) => {
  const { call, sent, stored } = await open(page, declared.expectOrigin)
  const preview = await call('preview', wishes, { base: await call('getProfile') })
  expect(preview).toMatchObject({ removed: ['/user_metadata/address/zip', '/user_metadata/fax'], refused: [] })
  expect(sent).toEqual([])
  await call('save', wishes, { base: await call('getProfile') })
  expect(stored()).toEqual({ company: 'Acme', address: { city: 'Porto', 'old.key': 1 }, tags: ['a'] })
  expect(sent).toHaveLength(1)
  expect(await call('getProfile')).toMatchObject({ user: { given_name: 'Ana' } })
})

test('what changes nothing sends nothing, and an empty update never clears', async ({ page, declared }) => {
  const { call, sent, stored } = await open(page, declared.expectOrigin)
  expect(await call('updateMetadata', {})).toBeNull()
  expect(await call('save', [])).toBeNull()
  expect(sent).toEqual([])
  expect(await call('clearMetadata')).toMatchObject({ user: { user_metadata: {} } })
  expect(stored()).toEqual({})
  expect(sent).toEqual([{ user_metadata: {} }])
})

test('over another writer: their key stays, the same value is a success, another one is named', async ({
  page,
  declared,
}) => {
  const { site, call, stored } = await open(page, declared.expectOrigin)
  declared.expectFailure('/account/me', 412)
  const base = await call('getProfile')
  site.write((metadata) => ({ ...metadata, company: 'Same', tags: ['theirs'] }))
  expect(await call('updateMetadata', { company: 'Same', fax: '2' }, { base })).toMatchObject({
    user: { user_metadata: { company: 'Same', fax: '2', tags: ['theirs'] } },
  })
  site.write((metadata) => ({ ...metadata, company: 'Theirs' }))
  expect(await call('updateMetadata', { company: 'Mine', note: 'new' }, { base })).toMatchObject({
    code: 'version_conflict',
    conflicts: [{ pointer: '/user_metadata/company', base: 'Acme', mine: 'Mine', theirs: 'Theirs' }],
  })
  expect(stored()).toMatchObject({ company: 'Theirs', fax: '2', tags: ['theirs'], note: 'new' })
})

test('a name that may not be written leaves the browser in no request', async ({ page, declared }) => {
  const { call, sent, stored } = await open(page, declared.expectOrigin)
  const refusals: readonly (readonly [object, string])[] = [
    [{ 'a.b': 1 }, 'invalid_field_name'],
    [{ address: { $x: 1 } }, 'invalid_field_name'],
    [{ user_id: '1' }, 'reserved_field_name'],
    [{ plan: 'team' }, 'denied_field_name'],
    [{ company: 'x'.repeat(10_300) }, 'metadata_too_large'],
  ]
  for (const [update, code] of refusals) expect(await call('updateMetadata', update)).toMatchObject({ code })
  expect(sent).toEqual([])
  expect(stored()).toEqual(before)
})
