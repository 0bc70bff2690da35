// The conformance cases that hold at this door too (the numbers are the cases'), through both of Auth0's own clients.
import { beforeEach, describe, expect, test } from 'vitest'
import { DATABASES } from '../databases.ts'
import { ADA } from './door.ts'
import { CONNECTION } from './door-clients.ts'
import { answerOf, errorOf, PASSWORD, type Person, vendorsOf } from './vendors.ts'

const vendors = vendorsOf()
const { machine } = vendors

describe.each(DATABASES)('on $kind', (kind) => {
  beforeEach(async () => {
    await vendors.open(kind)
  })

  describe.each([vendors.auth0, vendors.auth0js])('through $name', (vendor) => {
    const account = (user_metadata?: unknown, email = ADA.email) => ({
      email,
      password: PASSWORD,
      ...(user_metadata !== undefined && { user_metadata }),
    })
    async function signedIn(user_metadata?: object, email = ADA.email): Promise<Person> {
      const id = vendor.idOf(await vendor.signUp(account(user_metadata, email)))
      return { subject: `auth0|${id}`, token: vendor.tokenOf(await vendor.logIn(email, PASSWORD)) }
    }
    const stored = async (person: Person) => answerOf(await vendor.read(person)).user_metadata

    test('1: a sign-up stores its metadata and answers without the password', async () => {
      const made = await vendor.signUp(account({ color: 'red' }))
      expect(JSON.stringify(made)).not.toContain(PASSWORD)
      const person = {
        subject: `auth0|${vendor.idOf(made)}`,
        token: vendor.tokenOf(await vendor.logIn(ADA.email, PASSWORD)),
      }
      expect(answerOf(await vendor.read(person))).toMatchObject({ email: ADA.email, user_metadata: { color: 'red' } })
    })

    test('2: an address makes one account, in any case', async () => {
      await vendor.signUp(account())
      const again = errorOf(await vendor.signUp({ ...account(), email: ADA.email.toUpperCase() }))
      expect(JSON.stringify(again)).toContain('The user already exists.')
      expect(answerOf(await machine('users.list', {})).data).toHaveLength(1)
    })

    test('4: a weak password is refused with the rules it breaks', async () => {
      const error = errorOf(await vendor.signUp({ ...account(), password: 'onlylower' }))
      const said = error.body === undefined ? error : JSON.parse(error.body)
      const broken = 'Contain at least 3 of the following 4 types of characters:'
      expect(said).toMatchObject({
        code: 'invalid_password',
        policy: `* At least 8 characters in length\n* ${broken}\n * lower case letters (a-z)\n * upper case letters (A-Z)\n * numbers (i.e. 0-9)\n * special characters (e.g. !@#$%^&*)`,
      })
      const rules = (said.original ?? said).description
      expect(JSON.stringify(rules)).toContain('containsAtLeast')
    })

    test('5 to 9: what a sign-up takes of metadata', async () => {
      const taken = [
        Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`k${index}`, 'x'.repeat(500)])),
        // Characters count as a person counts them, whatever UTF-16 makes of each.
        { k: '🐎'.repeat(500), ['n'.repeat(100)]: '' },
      ]
      for (const [index, user_metadata] of taken.entries()) {
        const person = await signedIn(user_metadata, `taken${index}@example.org`)
        expect(await stored(person)).toEqual(user_metadata)
      }
      const onlyTexts = 'invalid user_metadata.k type (only strings are allowed)'
      const refused: readonly (readonly [unknown, string])[] = [
        [Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`k${index}`, ''])), 'no more than 10 properties'],
        [{ k: 'x'.repeat(501) }, 'no more than 500 characters'],
        [{ k: true }, onlyTexts],
        [{ k: 7 }, onlyTexts],
        [{ k: { a: 'b' } }, onlyTexts],
        ['color=red', 'invalid user_metadata type (expected object)'],
        [{ 'a.b': 'x' }, 'Fields with "." are not allowed'],
        [{ $x: 'x' }, 'Fields with "$" are not allowed'],
        [{ x$y: 'x' }, 'Fields with "$" are not allowed'],
        [{ ['k'.repeat(101)]: 'x' }, 'no more than 100 characters'],
        [{ '': 'x' }, 'invalid user_metadata property name'],
      ]
      for (const [user_metadata, sentence] of refused) {
        const error = errorOf(await vendor.signUp(account(user_metadata)))
        expect(JSON.stringify(error).replaceAll('\\', '')).toContain(sentence)
      }
      expect(answerOf(await machine('users.listUsersByEmail', { email: ADA.email }))).toEqual([])
    })

    test('13: a wrong password and an unknown address are refused alike', async () => {
      await vendor.signUp(account())
      expect(vendor.tokenOf(await vendor.logIn(ADA.email, PASSWORD))).toMatch(/^ey/)
      const wrong = errorOf(await vendor.logIn(ADA.email, 'Wrong horse 7'))
      expect(JSON.stringify(wrong)).toContain('Wrong email or password.')
      expect(wrong.statusCode).toBe(403)
      expect(errorOf(await vendor.logIn('bob@example.org', 'Wrong horse 7'))).toEqual(wrong)
    })

    test('15: nobody and a broken token read nothing', async () => {
      const person = await signedIn()
      for (const token of ['garbage', `${person.token.slice(0, -8)}AAAAAAAA`]) {
        expect(errorOf(await vendor.read({ ...person, token })).statusCode).toBe(401)
      }
    })

    test('16 to 20: a patch merges at the root, null deletes, an empty one clears', async () => {
      const person = await signedIn({ a: '1' })
      const steps: readonly (readonly [unknown, unknown])[] = [
        [{ b: '2' }, { a: '1', b: '2' }],
        [{ address: { home: 'y' } }, { a: '1', b: '2', address: { home: 'y' } }],
        // A nested value is replaced whole, and a null in it is kept.
        [{ address: { work: 'x', fax: null } }, { a: '1', b: '2', address: { work: 'x', fax: null } }],
        [{ a: null, address: null }, { b: '2' }],
        [{ missing: null }, { b: '2' }],
        [{}, undefined],
      ]
      for (const [patch, after] of steps) {
        answerOf(await vendor.patch(person, patch))
        expect(await stored(person)).toEqual(after)
      }
    })

    test('22: a bad name inside a value refuses the whole patch', async () => {
      const person = await signedIn({ a: '1' })
      const error = errorOf(await vendor.patch(person, { a: '2', p: { 'x.y': 1 } }))
      expect(error.statusCode).toBe(400)
      expect(await stored(person)).toEqual({ a: '1' })
    })

    test('24: a person sets no root attribute of their own', async () => {
      const person = await signedIn()
      const error = errorOf(await vendor.patchRoot(person, { email_verified: true }))
      expect(error.statusCode).toBe(403)
      expect(answerOf(await vendor.read(person))).toMatchObject({ email_verified: false })
    })

    test('25: nobody reads or changes another account', async () => {
      const person = await signedIn()
      const other = answerOf(
        await machine('users.create', { connection: CONNECTION, email: 'bob@example.org', password: PASSWORD }),
      ).user_id
      for (const subject of [other, 'auth0|nobody']) {
        expect(errorOf(await vendor.read(person, subject)).statusCode).toBe(403)
        expect(errorOf(await vendor.patch(person, { a: '1' }, subject)).statusCode).toBe(403)
      }
    })

    test('30: a forgotten password is answered alike for everybody, as text', async () => {
      await vendor.signUp(account())
      const known = answerOf(await vendor.forget(ADA.email))
      expect(JSON.stringify(known)).toContain("We've just sent you an email to reset your password.")
      expect(answerOf(await vendor.forget('bob@example.org'))).toEqual(known)
    })
  })
})
