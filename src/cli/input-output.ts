// What the command takes from the outside, handed in so that it can be tested without a process.

export interface InputOutput {
  readonly write: (text: string) => void
  readonly writeError: (text: string) => void
  /** Whether what is written may carry colours: a terminal that wants them. */
  readonly colors: boolean
  readonly version: string
  /** The text of a file; rejects like `fs.readFile`. */
  readonly readFile: (path: string) => Promise<string>
  /** What a module exports, TypeScript too. */
  readonly importModule: (path: string) => Promise<unknown>
  readonly fetch: typeof globalThis.fetch
}

/** 0: nothing to mend; 1: errors or warnings; 2: the command could not do its work. */
export type ExitCode = 0 | 1 | 2

/** Why the command cannot do its work, with the fix; ends it with exit code 2. */
export interface Failure {
  readonly failure: string
}

export function fail(problem: string, fix: string): Failure {
  return { failure: `${problem}; ${fix}` }
}
