// How many random cases a law is held to: enough for every run of the tests, or many more on `npm run soak`.

const soak = process.env.SOAK === '1'

/** Settings of fast-check: the same 200 cases each time, or 10,000 new ones; a failure prints its seed. */
export const RUNS = soak ? { numRuns: 10_000 } : { numRuns: 200, seed: 7 }

/** Milliseconds that such a test may take. */
export const SOAK_TIMEOUT = soak ? 1_800_000 : 60_000
