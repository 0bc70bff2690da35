// Opens the road to an Auth0 tenant that the environment names; the pages of the demo stay as they are.
import { createAuth0Management } from 'latchkey/management'
import { createAuth0Road } from './auth0-road.ts'
import { createRoadSessions } from './auth0-road-sessions.ts'
import { fields } from './fields.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Null where the environment names no tenant. Throws TypeError naming what is missing. */
export function auth0RoadFrom(environment: Environment, origin: string) {
  const domain = environment.AUTH0_DOMAIN
  if (!domain) return null
  const given = (name: string) => {
    const value = environment[name]
    if (!value) throw new TypeError(`${name}: is missing; the README says what it is`)
    return value
  }
  const connection = environment.AUTH0_CONNECTION ?? 'Username-Password-Authentication'
  const machine = { clientId: given('AUTH0_MACHINE_ID'), clientSecret: given('AUTH0_MACHINE_SECRET') }
  const sessions = createRoadSessions({
    ...{ domain, connection, clientId: given('AUTH0_CLIENT_ID'), clientSecret: given('AUTH0_CLIENT_SECRET') },
    ...{ cookieSecret: given('COOKIE_SECRET'), secure: origin.startsWith('https:') },
  })
  const management = createAuth0Management({ domain, connection, ...machine })
  return { fetch: createAuth0Road({ origin, management, fields, sessions }), close: async () => {} }
}
