// Entry `latchkey/server`: the account server, for sites without a backend of their own.
export { type AccountServer, createAccountServer } from '../server/account-server.ts'
export type { AccountServerOptions, ManagementOptions } from '../server/options.ts'
