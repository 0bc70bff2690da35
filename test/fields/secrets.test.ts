// Card numbers and keys are found in any text around them; ordinary numbers and prose are left alone.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { looksLikeSecret } from '../../src/fields/secrets.ts'

const LONG = 100_000

/** `count` characters that look random; the keys are put together here so that no scanner takes this file for a leak. */
const random = (count: number) => 'aB3dE5fG7hJ9kL2m'.repeat(8).slice(0, count)
const upper = (count: number) => random(count).toUpperCase()

test.each([
  ['4111111111111111', 'Visa'],
  ['4222222222222', 'Visa of 13 digits'],
  ['4000 0566 5566 5556', 'by fours'],
  ['4000-0566-5566-5556', 'with dashes'],
  ['4000\u00a00566\u00a05566\u00a05556', 'with spaces that do not break'],
  ['5555 5555 5555 4444', 'Mastercard'],
  ['2223003122003222', 'Mastercard of the new range'],
  ['2720992593319364', 'the end of that range'],
  ['378282246310005', 'American Express'],
  ['3782 822463 10005', 'American Express in its groups'],
  ['3056 930902 5904', 'Diners'],
  ['38520000023237', 'Diners'],
  ['3566002020360505', 'JCB'],
  ['6011111111111117', 'Discover'],
  ['6200 0000 0000 0005', 'UnionPay'],
  ['6205500000000000004', 'UnionPay of 19 digits'],
  ['6759 6498 2643 8453', 'Maestro'],
  ['5018 0000 0009', 'twelve digits', null],
  ['My card is 4111 1111 1111 1111, valid until 12/27.', 'in a sentence'],
  ['4111 1111 1111 1111 123', 'with its check code'],
  ['4111 1111 1111 1111 12 27', 'with its date'],
  ['12 4111 1111 1111 1111', 'after another number'],
  ['4111 1111 1111 1111 2nd card', 'before a word'],
  ['Kartennummer:4111111111111111', 'after a colon'],
  ['4111\u00a01111-1111 1111', 'with mixed separators'],
  ['4111 1111 1111 1112', 'wrong check digit', null],
  ['4111  1111  1111  1111', 'two spaces', null],
  ['41 11 11 11 11 11 11 11', 'groups no card has', null],
  ['41111111111111111111', 'twenty digits', null],
  ['9111111111111111', 'no such issuer', null],
])('%s (%s)', (text, _, expected: 'card' | null = 'card') => expect(looksLikeSecret(text)).toBe(expected))

test.each([
  ['a private key', '-----BEGIN PRIVATE KEY-----\nMIIE'],
  ['a private RSA key', 'x\\n-----BEGIN RSA PRIVATE KEY-----'],
  ['a private OpenSSH key', '-----BEGIN OPENSSH PRIVATE KEY-----'],
  ['a private PGP key', '-----BEGIN PGP PRIVATE KEY BLOCK-----'],
  ['AWS', `AK${'IA'}${upper(16)}`],
  ['AWS, temporary', `key=AS${'IA'}${upper(16)};`],
  ['Stripe', `sk_${'live'}_${random(24)}`],
  ['Stripe, restricted', `rk_${'live'}_${random(24)}`],
  ['Stripe, for tests', `sk_${'test'}_${random(24)}`],
  ...['p', 'o', 's', 'u', 'r'].map((kind): [string, string] => [`GitHub ${kind}`, `gh${kind}_${random(36)}`]),
  ['GitHub, fine-grained', `github_${'pat'}_${random(22)}_${random(59)}`],
  ['GitLab', `gl${'pat'}-${random(20)}`],
  ['Slack', `xox${'b'}-123456789012-${random(24)}`],
  ['Google', `AI${'za'}${random(35)}`],
  ['npm', `npm_${random(36)}`],
  ['SendGrid', `S${'G'}.${random(22)}.${random(43)}`],
  ['OpenAI', `sk-${random(48)}`],
  ['OpenAI, project', `sk-${'proj'}-${random(20)}-${random(100)}`],
  ['JSON Web Token', `Bearer ey${'J'}${random(17)}.ey${'J'}${random(40)}.${random(43)}`],
  ['in an address', `https://x:gh${'p'}_${random(36)}@example.com`],
])('a key of %s', (_, text) => expect(looksLikeSecret(text)).toBe('key'))

test.each([
  '',
  'Ms. Ada Lovelace, 12 St James Square, London SW1Y 4JH',
  '+4915123456789',
  '+49 1512 3456 7890',
  '+4111111111111111',
  '0049 151 2345 6789',
  '4aee6f4e-4111-4111-8111-111111111111',
  '41111111-1111-4111-8111-111111111111',
  '2026-11-24T09:30:00.000Z',
  '2026-11-24 09:30 - 2026-11-25 10:30',
  '20261124 20261125',
  '1760000000000',
  '1760000000000000',
  'DE89 3704 0044 0532 0130 00',
  'DE89370400440532013000',
  'de89 3704 0044 0532 0130 00',
  'RO49 AAAA 4111 1111 1111 1111',
  'GB29 NWBK 6016 1331 9268 19',
  'NL91ABNA0417164300',
  '0.4111111111111111',
  'https://example.com/photos/4111111111111111',
  'https://example.com/?id=4111111111111111',
  'A4111111111111111',
  '4111111111111111_1',
  '-----BEGIN PUBLIC KEY-----',
  '-----BEGIN CERTIFICATE-----',
  'task-management-for-everybody-in-the-house',
  'sk-bratislava-stare-mesto-byt-10',
  'sk-learn',
  'npm_config_registry',
  'eyJhbGciOiJIUzI1NiJ9',
  'github_pat_',
  'ASIA AND AFRICA',
  'SG.Kinderheim.Hilfe',
])('nothing in %j', (text) => expect(looksLikeSecret(text)).toBeNull())

test.each([
  ['digits', '4'.repeat(LONG), null],
  ['digits that end in a letter', `${'4'.repeat(LONG)}x`, null],
  ['groups', '4 '.repeat(LONG / 2), null],
  ['groups of four', '4111 '.repeat(LONG / 5), null],
  ['a card behind groups', `${'1 '.repeat(LONG / 2)}4111 1111 1111 1111`, 'card'],
  ['beginnings of keys', 'sk-'.repeat(LONG / 3), null],
  ['almost a key', `sk-${`${'a'.repeat(19)}-`.repeat(LONG / 20)}`, null],
  ['beginnings of tokens', 'eyJa.'.repeat(LONG / 5), null],
  ['one long beginning of a token', `eyJ${'a'.repeat(LONG)}`, null],
  ['beginnings of PEM', '-----BEGIN A '.repeat(LONG / 13), null],
  ['one long beginning of PEM', `-----BEGIN ${'A '.repeat(LONG / 2)}`, null],
  ['a key behind beginnings', `${'eyJ.'.repeat(LONG / 4)} npm_${random(36)}`, 'key'],
])('100 kB of %s', (_, text, expected) => expect(looksLikeSecret(text)).toBe(expected))

test('of Mastercard numbers exactly one check digit in ten is right', () => {
  fc.assert(
    fc.property(fc.integer({ min: 51, max: 55 }), fc.stringMatching(/^\d{13}$/), (issuer, account) => {
      const hits = [...'0123456789'].filter((check) => looksLikeSecret(`${issuer}${account}${check}`) === 'card')
      expect(hits).toHaveLength(1)
    }),
  )
})

const phone = fc.stringMatching(/^\+[1-9]\d{0,2}(?:[ -]?\d{2,4}){2,3}$/)
const moment = fc.date({ min: new Date(0), max: new Date('2032-01-01'), noInvalidDate: true })

test('no UUID, phone number, date or timestamp is a secret', () => {
  const ordinary = fc.oneof(
    fc.uuid(),
    phone,
    moment.map((date) => date.toISOString()),
    moment.map(Number).map(String),
  )
  fc.assert(
    fc.property(ordinary, (text) => {
      expect(looksLikeSecret(text)).toBeNull()
      expect(looksLikeSecret(`See ${text}, please.`)).toBeNull()
    }),
    { numRuns: 1000 },
  )
})
