// Lets work on the same thing run one after another inside this process.

/** Runs `work` once everything handed in earlier under the same key has ended. */
export type Turns = <Result>(key: string, work: () => Promise<Result>) => Promise<Result>

export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>()
  return async (key, work) => {
    const earlier = last.get(key) ?? Promise.resolve()
    // How the one before ended is its own caller's business.
    const mine = earlier.then(work, work)
    last.set(key, mine)
    try {
      return await mine
    } finally {
      if (last.get(key) === mine) last.delete(key)
    }
  }
}
