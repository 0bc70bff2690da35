// Cases about an update that is taken: merged at the root, null removes, {} clears, and no two updates lose each other.
import { PATHS } from '../contract/paths.ts'
import { type ConformanceCase, NotRun } from './case.ts'
import type { Probe } from './probe.ts'

/** Updates at once in case 27, where the server takes that many keys. */
const WRITERS = 50

export const updateCases: readonly ConformanceCase[] = [
  {
    number: 16,
    title: 'An update merges at the root and makes a new version',
    tag: 'wire',
    async run(probe) {
      const [a = '', b = ''] = probe.keys(2)
      const { metadata, visitor } = await probe.person(probe.sample([a]))
      const before = await visitor.me()
      probe.check(before, { status: 200, metadata, headers: { etag: 'present' } })
      const merged = { ...metadata, ...probe.sample([b]) }
      const patched = await visitor.patch(probe.sample([b]))
      probe.check(patched, { status: 200, metadata: merged, headers: { etag: 'present' } })
      const after = await visitor.me()
      probe.check(after, { status: 200, metadata: merged })
      const versions = [before, patched, after].map(({ headers }) => headers.get('etag'))
      probe.hold({
        request: patched.request,
        expected: 'an ETag that differs from the one before and is the one that is read afterwards',
        got: versions.map(String).join(', '),
        passed: versions[0] !== versions[1] && versions[1] === versions[2],
      })
    },
  },
  {
    number: 17,
    title: 'A nested value is replaced whole',
    tag: 'wire',
    async run(probe) {
      const name = probe.nestedKey()
      const { metadata, visitor } = await probe.person()
      await visitor.patch({ [name]: { home: 'y' } })
      const replaced = { ...metadata, [name]: { work: 'x' } }
      probe.check(await visitor.patch({ [name]: { work: 'x' } }), { status: 200, metadata: replaced })
      probe.check(await visitor.me(), { status: 200, metadata: replaced })
    },
  },
  {
    number: 18,
    title: 'null removes a key, and does nothing where there is none',
    tag: 'wire',
    async run(probe) {
      const [a = '', b = ''] = probe.keys(2)
      const { metadata, visitor } = await probe.person(probe.sample([a, b]))
      const { [a]: _removed, ...rest } = metadata
      probe.check(await visitor.patch({ [a]: null }), { status: 200, metadata: rest })
      probe.check(await visitor.patch({ [a]: null }), { status: 200, metadata: rest })
      probe.check(await visitor.me(), { status: 200, metadata: rest })
    },
  },
  {
    number: 19,
    title: 'null inside a nested value is stored',
    tag: 'wire',
    async run(probe) {
      const name = probe.nestedKey()
      const { metadata, visitor } = await probe.person()
      const stored = { ...metadata, [name]: { home: null } }
      probe.check(await visitor.patch({ [name]: { home: null } }), { status: 200, metadata: stored })
      probe.check(await visitor.me(), { status: 200, metadata: stored })
    },
  },
  {
    number: 20,
    title: '{} clears user_metadata, which is an object ever after',
    tag: 'wire',
    async run(probe) {
      const [a = ''] = probe.keys(1)
      const { visitor } = await probe.person(probe.sample([a]))
      const answer = await visitor.patch({})
      if (!probe.facts.open && answer.status === 422)
        throw new NotRun('the server holds metadata to a definition with required keys, which cannot be cleared')
      probe.check(answer, { status: 200, metadata: {} })
      probe.check(await visitor.me(), { status: 200, metadata: {} })
    },
  },
  {
    number: 26,
    title: 'If-Match ties an update to a version',
    tag: 'wire',
    async run(probe) {
      const [a = '', b = ''] = probe.keys(2)
      const { metadata, visitor } = await probe.person()
      const stale = (await visitor.me()).headers.get('etag')
      if (!stale) return void probe.check(await visitor.me(), { status: 200, headers: { etag: 'present' } })
      const withA = { ...metadata, ...probe.sample([a]) }
      probe.check(await visitor.patch(probe.sample([a]), { 'if-match': stale }), { status: 200, metadata: withA })
      const late = await visitor.patch(probe.sample([b]), { 'if-match': stale })
      probe.check(late, { status: 412, code: 'version_conflict' })
      probe.check(await visitor.me(), { status: 200, metadata: withA })
      const any = await visitor.patch(probe.sample([b]), { 'if-match': '*' })
      probe.check(any, { status: 200, metadata: { ...withA, ...probe.sample([b]) } })
    },
  },
  {
    number: 27,
    title: 'Updates of different keys at once all stay, each with a version of its own',
    tag: 'wire',
    async run(probe) {
      const names = mostKeys(probe)
      const { metadata, visitor } = await probe.person()
      const answers = await Promise.all(names.map((name) => visitor.patch(probe.sample([name]))))
      for (const answer of answers) if (answer.status !== 200) probe.check(answer, { status: 200 })
      probe.check(await visitor.me(), { status: 200, metadata: { ...metadata, ...probe.sample(names) } })
      const versions = new Set(answers.map(({ headers }) => headers.get('etag')))
      probe.hold({
        request: `PATCH ${PATHS.profile} of ${names.length} keys at once`,
        expected: `${names.length} ETags`,
        got: `${versions.size} different ETags`,
        passed: versions.size === names.length,
      })
    },
  },
]

/** 50 keys, or as many as a definition has; one alone would show nothing. */
function mostKeys(probe: Probe): readonly string[] {
  const found = probe.facts.keys.filter(({ removable }) => removable).length
  return probe.keys(Math.max(2, Math.min(WRITERS, found)))
}
