// Entry `latchkey/better-auth`: the backend for sites whose accounts are kept by better-auth.
export { type BetterAuthBackend, betterAuth } from '../backends/better-auth.ts'
export type { ColumnType } from '../backends/better-auth-columns.ts'
export { type BetterAuthOptions, betterAuthCapabilities } from '../backends/better-auth-options.ts'
