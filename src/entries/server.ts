// Entry `latchkey/server`: the account server, for sites without a backend of their own.
export { type AccountServer, createAccountServer } from '../server/account-server.ts'
export { type Auth0Facade, auth0Facade } from '../server/auth0-facade.ts'
export type { Auth0Api, Auth0Client, Auth0FacadeOptions, Auth0Grant, ManagementScope } from '../server/auth0-options.ts'
export { type CustomDatabase, type CustomDatabaseOptions, customDatabase } from '../server/custom-database.ts'
export { type CustomDatabaseScripts, customDatabaseScripts } from '../server/custom-database-scripts.ts'
export type { AccountServerOptions, ManagementOptions } from '../server/options.ts'
