// A page that holds its session itself, for the tests of tokens.
import type { Answer, Sent, Visitor } from './visitor.ts'
import { ADA } from './visitor.ts'

export interface Tokens {
  readonly access_token: string
  readonly token_type: string
  readonly expires_in: number
  readonly refresh_token: string
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

/** The tokens in an answer. */
export const tokensIn = ({ json }: Answer): Tokens => Object(json).session

export const askForTokens = (visitor: Visitor, more: object = {}, headers: Sent['headers'] = {}) =>
  visitor.send('POST', '/login', {
    body: { identifier: ADA.email, password: ADA.password, session: 'bearer', ...more },
    headers,
  })

export const refresh = (visitor: Visitor, refresh_token: string) =>
  visitor.send('POST', '/token', { body: { refresh_token } })

/** The status of a profile read with an access token. */
export const statusWith = async (visitor: Visitor, { access_token }: Tokens) =>
  (await visitor.me(bearer(access_token))).status
