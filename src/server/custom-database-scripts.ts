// The seven scripts to paste into an Auth0 tenant's custom database connection: each stands alone, as a tenant runs it.

export interface CustomDatabaseScripts {
  readonly login: string
  readonly getUser: string
  readonly create: string
  readonly verify: string
  readonly changePassword: string
  readonly changeEmail: string
  readonly deleteUser: string
}

/** Milliseconds that a call may take; a tenant gives a script about 20 seconds. */
const LIMIT = 15_000

/**
 * Writes the scripts for accounts that `customDatabase` opens at an address. The secret stands in the connection's own
 * settings, under `LATCHKEY_SECRET`, and in no script. Throws TypeError for an address that is not https.
 *
 * @example
 * const { login } = customDatabaseScripts('https://example.com/custom-database')
 */
export function customDatabaseScripts(endpoint: string): CustomDatabaseScripts {
  const isLocal = typeof endpoint === 'string' && /^http:\/\/(localhost|127\.0\.0\.1)(:\d+)?(\/|$)/.test(endpoint)
  if (typeof endpoint !== 'string' || !(isLocal || /^https:\/\/[^/\\?#]+[^?#]*$/.test(endpoint))) {
    throw new TypeError('endpoint : must be an https address; write "https://example.com/custom-database"')
  }
  const base = endpoint.replace(/\/+$/, '')
  const script = (name: string, parameters: string, path: string, body: string, answered: string, refused = '') =>
    `function ${name}(${parameters}, callback) {
  fetch(${JSON.stringify(base + path)}, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer ' + configuration.LATCHKEY_SECRET },
    body: JSON.stringify(${body}),
    signal: AbortSignal.timeout(${LIMIT}),
  })
    .then(async function (response) {
      const answer = await response.json()
      if (response.ok) return function () { ${answered} }
${refused}      return function () { callback(new Error('The accounts answered ' + response.status + ' ' + answer.code)) }
    })
    .catch(function () {
      return function () { callback(new Error('The accounts could not answer')) }
    })
    .then(function (finish) { finish() })
}
`
  const found = 'callback(null, answer.user)'
  const changed = 'callback(null, answer.changed)'
  const exists = `      if (answer.code === 'user_exists' || answer.code === 'username_taken') {
        return function () { callback(new ValidationError('user_exists', 'The user already exists')) }
      }
`
  const invalid = `      if (response.status === 422) {
        const first = answer.errors[0]
        return function () { callback(new ValidationError(first.code, first.pointer)) }
      }
`
  return {
    login: script(
      'login',
      'userNameOrEmail, password',
      '/login',
      '{ identifier: userNameOrEmail, password: password }',
      found,
      `      if (response.status === 401 && answer.code === 'invalid_credentials') {
        return function () { callback(new WrongUsernameOrPasswordError(userNameOrEmail)) }
      }
`,
    ),
    getUser: script(
      'getUser',
      'loginByEmail',
      '/get-user',
      '{ email: loginByEmail }',
      'if (answer.user) callback(null, answer.user); else callback(null)',
    ),
    create: script('create', 'user', '/create', '{ user: user }', 'callback(null)', exists + invalid),
    verify: script('verify', 'email', '/verify', '{ email: email }', changed),
    changePassword: script(
      'changePassword',
      'email, newPassword',
      '/change-password',
      '{ email: email, password: newPassword }',
      changed,
      invalid,
    ),
    changeEmail: script(
      'changeEmail',
      'email, newEmail, verified',
      '/change-email',
      '{ email: email, newEmail: newEmail, verified: verified }',
      changed,
      exists + invalid,
    ),
    deleteUser: script('remove', 'id', '/delete', '{ id: id }', 'callback(null)'),
  }
}
