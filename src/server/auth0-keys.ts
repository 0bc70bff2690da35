// The key that the Auth0-compatible door signs with: made once, kept in the database, the same for all its servers.
import type { CryptoKey, JSONWebKeySet } from 'jose'
import { type AccountDatabase, sharedSecret } from './database.ts'

/** The module, which is loaded only when the door is opened. */
export type Jose = typeof import('jose')

export interface SigningKey {
  readonly id: string
  readonly key: CryptoKey
  /** What everybody may know of it. */
  readonly published: JSONWebKeySet
}

export async function signingKeyOf(database: AccountDatabase, jose: Jose): Promise<SigningKey> {
  const stored = await sharedSecret(database, 'auth0 signing key', async () => {
    const { privateKey } = await jose.generateKeyPair('RS256', { extractable: true })
    return JSON.stringify(await jose.exportJWK(privateKey))
  })
  const { kty, n, e, ...secret } = JSON.parse(stored)
  const id = await jose.calculateJwkThumbprint({ kty, n, e })
  const key = await jose.importJWK({ kty, n, e, ...secret }, 'RS256')
  if (key instanceof Uint8Array) throw new Error('The signing key in the database is not an RSA key.')
  return { id, key, published: { keys: [{ kty, n, e, alg: 'RS256', use: 'sig', kid: id }] } }
}
