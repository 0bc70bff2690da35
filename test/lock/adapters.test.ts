// Lock's functions as the functions of a field: validators of both shapes, and loaders that answer by callback.
import { expect, test } from 'vitest'
import { type LockLoader, lockOptions, lockPrefill, lockValidator } from '../../src/lock/adapters.ts'
import { fromLock } from '../../src/lock/from-lock.ts'

const context = () => ({ signal: new AbortController().signal })

test('a validator of either shape', async () => {
  const verdict = (answer: unknown) => lockValidator(() => answer)('x')
  expect(verdict(true)).toBe(true)
  expect(verdict('yes')).toBe(true)
  expect(verdict(undefined)).toBe(false)
  expect(verdict(null)).toBe(false)
  expect(verdict({ valid: true, hint: 'ignored' })).toBe(true)
  expect(verdict({ valid: false })).toBe(false)
  expect(verdict({ valid: 0, hint: 'Too short' })).toBe('Too short')
  expect(verdict({ hint: '' })).toBe(false)
  await expect(verdict(Promise.resolve({ valid: false, hint: 'Taken' }))).resolves.toBe('Taken')
  await expect(verdict(Promise.resolve(true))).resolves.toBe(true)
  await expect(verdict(Promise.reject(new Error('down')))).rejects.toThrow('down')
})

test('a validator is asked about a text, also for a box', () => {
  const asked: string[] = []
  const validate = lockValidator((value) => asked.push(value) > 0)
  validate(true)
  validate(false)
  validate('x')
  expect(asked).toEqual(['true', 'false', 'x'])
})

test('an empty value decides whether a field is required, and its hint is the message', () => {
  const asked: string[] = []
  const { definitions } = fromLock({
    additionalSignUpFields: [
      {
        name: 'text',
        placeholder: 'A',
        validator: (value: string) => {
          asked.push(value)
          return { valid: value !== '', hint: 'Tell us' }
        },
      },
      {
        name: 'box',
        type: 'checkbox',
        placeholder: 'B',
        validator: (value: string) => {
          asked.push(value)
          return value === 'true'
        },
      },
    ],
  })
  expect(asked).toEqual(['', 'false'])
  expect(definitions).toMatchObject([{ required: true, messages: { required: 'Tell us' } }, { required: true }])
  expect(definitions[1]).not.toHaveProperty('messages')
})

test('options that load', async () => {
  const load = (loader: LockLoader) => lockOptions(loader)(context())
  const two = [
    { value: 'us', label: 'United States' },
    { value: 'fr', label: 'France' },
  ]
  await expect(load((callback) => callback(null, two))).resolves.toEqual(two)
  await expect(load((callback) => setTimeout(() => callback(undefined, two)))).resolves.toEqual(two)
  await expect(load(async (callback) => callback(null, two))).resolves.toEqual(two)
  await expect(
    load((callback) => callback(null, ['a', 5, { value: '' }, { value: 'b' }, { value: 'b', label: 'B' }, null])),
  ).resolves.toEqual([
    { value: 'a', label: 'a' },
    { value: '5', label: '5' },
    { value: 'b', label: 'b' },
  ])
  await expect(load((callback) => callback(new Error('down')))).rejects.toThrow('down')
  await expect(load((callback) => callback('down'))).rejects.toBe('down')
  await expect(load((callback) => callback(null, 'us'))).rejects.toThrow('options: must be a list')
  await expect(
    load(() => {
      throw new Error('at once')
    }),
  ).rejects.toThrow('at once')
  await expect(load(() => Promise.reject(new Error('later')))).rejects.toThrow('later')
})

test('a loader that never answers ends when nobody waits for it', async () => {
  const controller = new AbortController()
  const waiting = lockOptions(() => {})({ signal: controller.signal })
  controller.abort(new Error('closed'))
  await expect(waiting).rejects.toThrow('closed')
  let asked = false
  const late = lockOptions(() => {
    asked = true
  })({ signal: controller.signal })
  await expect(late).rejects.toThrow('closed')
  expect(asked).toBe(false)
})

test('a prefill that loads, and one that fails', async () => {
  const text = (loader: LockLoader) => lockPrefill(loader)(context())
  const box = (loader: LockLoader) => lockPrefill(loader, 'checkbox')(context())
  await expect(text((callback) => callback(null, 'street 123'))).resolves.toBe('street 123')
  await expect(text((callback) => callback(null, 5))).resolves.toBe('5')
  await expect(text((callback) => callback(null, {}))).resolves.toBeUndefined()
  await expect(text((callback) => callback(new Error('down')))).rejects.toThrow('down')
  await expect(box((callback) => callback(null, 'true'))).resolves.toBe(true)
  await expect(box((callback) => callback(null, 'false'))).resolves.toBe(false)
  await expect(box((callback) => callback(null, true))).resolves.toBe(true)
  await expect(box((callback) => callback('down'))).rejects.toBe('down')
})

test('the hint of a validator is what a person reads, and a validator that breaks lets nothing pass', async () => {
  const { fields } = fromLock({
    additionalSignUpFields: [
      {
        name: 'address',
        placeholder: 'Address',
        validator: (address: string) => ({ valid: address.length >= 10, hint: 'At least 10' }),
      },
      {
        name: 'broken',
        placeholder: 'Broken',
        validator: (value: string) => {
          if (value === 'x') throw new Error('x')
          return true
        },
      },
    ],
  })
  const result = async (metadata: object) => (await fields['~standard'].validate(metadata)).issues
  expect(await result({ address: 'street 123' })).toBeUndefined()
  expect(await result({ address: 'short' })).toMatchObject([{ message: 'At least 10' }])
  expect(await result({ address: 'street 123', broken: 'x' })).toHaveLength(1)
  expect(await result({})).toHaveLength(1)
})
