// The error that a call is refused with, for tests that look at it.
import { isLatchkeyError, type LatchkeyError } from '../../src/contract/errors.ts'

export async function rejection(call: Promise<unknown>): Promise<LatchkeyError> {
  const error = await call.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!isLatchkeyError(error)) throw new Error(`expected a LatchkeyError, got ${String(error)}`)
  return error
}
