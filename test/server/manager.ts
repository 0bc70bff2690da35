// What the tests of management stand on: an account server whose management routes are open, and a server that uses them.
import type { AccountServerOptions } from 'latchkey/server'
import type { DatabaseKind } from './databases.ts'
import { type Answer, type Opened, openerOn, type Sent } from './visitor.ts'

export const TOKEN = 'management-token-0123456789-abcdef'
export const OTHER_TOKEN = 'another-token-0123456789-abcdefghi'

export interface Managed extends Opened {
  /** Sends a management request; `path` is relative to the managed users. */
  manage(method: string, path: string, body?: unknown, headers?: Sent['headers']): Promise<Answer>
}

export function managedOpenerOn(kind: DatabaseKind) {
  const open = openerOn(kind)
  return async (options: Partial<AccountServerOptions> = {}, database?: Opened['database']): Promise<Managed> => {
    const opened = await open({ management: { tokens: [TOKEN, OTHER_TOKEN] }, ...options }, database)
    return {
      ...opened,
      manage: (method, path, body, headers = {}) =>
        opened.visitor().send(method, `/management/users${path}`, {
          ...(body !== undefined && { body }),
          headers: { origin: undefined, authorization: `Bearer ${TOKEN}`, ...headers },
        }),
    }
  }
}

/** The id in an answer about an account. */
export const idOf = ({ json }: Answer): string => Object(json).user.id
