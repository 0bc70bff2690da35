// Tells why a database refused a row: one it refers to is gone, or its value is taken.

/** Whether a row refers to one that is not there, such as a session to an account that was deleted meanwhile. */
export function isGone(error: unknown): boolean {
  return hasCode(error, 'SQLITE_CONSTRAINT_FOREIGNKEY', '23503')
}

/** Whether a value that can be there once is there already. */
export function isTaken(error: unknown): boolean {
  return hasCode(error, 'SQLITE_CONSTRAINT_UNIQUE', '23505')
}

/** SQLite's extended result code, or PostgreSQL's SQLSTATE (PostgreSQL documentation, appendix A). */
function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.some((code) => code === error.code)
}
