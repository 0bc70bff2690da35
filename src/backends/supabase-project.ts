// Which project a Supabase backend is for: its address and key, checked before anything is sent.
import { isJsonObject } from '../contract/json.ts'

export interface SupabaseOptions {
  /** The project's publishable key, or its older `anon` key: everybody who opens the page can read it. */
  readonly key: string
  /**
   * Where the link of the message leads that confirms an e-mail address; one of the project's redirect URLs.
   * @default the project's site URL
   */
  readonly emailRedirectTo?: string
}

/** Where the calls go, and what goes along with each. */
export interface SupabaseProject {
  /** Address of the Auth server, without a slash at its end. */
  readonly base: string
  readonly key: string
  readonly emailRedirectTo: string | null
}

const EXAMPLE = "supabase('https://xyz.supabase.co', { key: 'sb_publishable_…' })"
const OPTIONS: readonly string[] = ['key', 'emailRedirectTo']

/** The project that is meant. Throws TypeError that names the place, the rule and the fix, and never the key. */
export function projectOf(url: string, options: SupabaseOptions): SupabaseProject {
  const given: unknown = options
  if (!isJsonObject(given)) throw new TypeError(`supabase(): options: must be an object with the key; write ${EXAMPLE}`)
  for (const name of Object.keys(given)) {
    if (!OPTIONS.includes(name))
      throw new TypeError(`supabase(): options.${name}: there is no such option; use one of ${OPTIONS.join(', ')}`)
  }
  const problem = keyProblem(given.key)
  if (problem) throw new TypeError(`supabase(): options.key: ${problem}`)
  const { key, emailRedirectTo } = options
  if (emailRedirectTo !== undefined && !webAddress(emailRedirectTo)) {
    const rule = 'must be a whole http(s) address; write https://example.com/welcome'
    throw new TypeError(`supabase(): options.emailRedirectTo: ${rule}`)
  }
  return { base: baseOf(url), key, emailRedirectTo: emailRedirectTo ?? null }
}

function baseOf(url: unknown): string {
  const address = webAddress(url)
  if (!address || address.search || address.hash || address.username || address.password) {
    const rule = 'must be http(s) with a host, and no user, query or fragment'
    throw new TypeError(`supabase(): the address of the project ${rule}; write ${EXAMPLE}`)
  }
  if (/^(www\.|app\.)?supabase\.(com|io)$/.test(address.hostname)) {
    const what = `${address.hostname} is where projects are managed`
    throw new TypeError(`supabase(): ${what}; use the project's own address: ${EXAMPLE}`)
  }
  return `${address.origin}${address.pathname.replace(/\/+$/, '').replace(/\/auth\/v1$/, '')}/auth/v1`
}

/** Why a key cannot be used, with the fix; null for one that can. */
function keyProblem(key: unknown): string | null {
  if (typeof key !== 'string' || !/^[\x21-\x7e]+$/.test(key))
    return `must be the project's publishable key, without blanks; write ${EXAMPLE}`
  const instead =
    'a page hands it to everybody who opens it. Use the publishable key, or the anon key; renew this one if a page has had it'
  if (key.startsWith('sb_secret_')) return `is a secret key, and ${instead}`
  const role = roleOf(key)
  if (role === null || role === 'anon') return null
  if (role === 'service_role') return `is the service_role key, for which no rule of the database holds, and ${instead}`
  return "is a token of another role than anon; use the project's publishable key, or its anon key"
}

/** The role in a key of the older kind, a JSON Web Token (RFC 7519); null in any other. */
function roleOf(key: string): string | null {
  const [, payload, signature] = key.split('.')
  if (payload === undefined || signature === undefined) return null
  try {
    const claims: unknown = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')))
    return isJsonObject(claims) && typeof claims.role === 'string' ? claims.role : null
  } catch {
    return null
  }
}

function webAddress(url: unknown): URL | null {
  return typeof url === 'string' && /^https?:\/\//i.test(url) && URL.canParse(url) ? new URL(url) : null
}
