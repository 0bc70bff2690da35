// Reading is the one thing that is tried again by itself: it changes nothing, so nothing can happen twice.
import { isLatchkeyError, type LatchkeyError } from '../contract/errors.ts'

/** Milliseconds before the second and the third try; as many as there are, no more. */
const PAUSES = [250, 1000]

/** Longest wait that a server can ask for, in seconds, before the person is asked instead. */
const MAX_WAIT = 5

/** Statuses of a server between: the one behind may answer the next time. */
const PASSING: readonly (number | null)[] = [502, 503, 504]

/** Calls `read`, and at most twice more where nothing came back or the server says that it will soon answer. */
export async function reading<Result>(
  read: () => Promise<Result>,
  pause: (milliseconds: number) => Promise<void>,
): Promise<Result> {
  for (const milliseconds of PAUSES) {
    try {
      return await read()
    } catch (error) {
      const wait = isLatchkeyError(error) ? waitOf(error, milliseconds) : null
      if (wait === null) throw error
      await pause(wait)
    }
  }
  return read()
}

function waitOf({ code, status, retryAfter }: LatchkeyError, milliseconds: number): number | null {
  if (code === 'network' && status === null) return milliseconds
  const asked = retryAfter !== null && retryAfter <= MAX_WAIT ? retryAfter * 1000 : null
  if (status === 429) return asked
  if (!PASSING.includes(status)) return null
  return retryAfter === null ? milliseconds : asked
}
