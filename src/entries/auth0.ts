// Entry `latchkey/auth0`: the backend for an Auth0 tenant that a page talks to by itself.
export { type Auth0Backend, type Auth0Options, auth0 } from '../backends/auth0.ts'
export { auth0Capabilities } from '../backends/auth0-capabilities.ts'
