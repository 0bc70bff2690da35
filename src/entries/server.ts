// Entry `latchkey/server`: the account server, for sites without a backend of their own.
export { type AccountServer, type AccountServerOptions, createAccountServer } from '../server/account-server.ts'
