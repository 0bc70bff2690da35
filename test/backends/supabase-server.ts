// A GoTrue in memory behind Supabase's gateway: the calls of its Auth server with its shapes, as its source has them (supabase/auth).
import { isJsonObject, type JsonObject } from '../../src/contract/json.ts'
import { createAccounts, madeUp, Refusal, type StoredUser, shown } from './supabase-accounts.ts'
import { behindGateway } from './supabase-gateway.ts'

export interface GoTrueOptions {
  /**
   * "Confirm email" switched off: an address counts as confirmed.
   * @default true
   */
  readonly autoconfirm?: boolean
  /** @default 3600 s */
  readonly accessTokenLifetime?: number
  /** @default 6 */
  readonly passwordMinLength?: number
  /** Sets of characters of each of which a password has one. */
  readonly requiredCharacters?: readonly string[]
  /** Passwords that are known from leaks. */
  readonly leaked?: readonly string[]
  readonly signUpDisabled?: boolean
  readonly captcha?: boolean
  /** Milliseconds since the epoch. */
  readonly now?: () => number
}

export interface GoTrueRequest {
  readonly method: string
  readonly path: string
  readonly headers: Headers
  readonly body: JsonObject
}

/** Milliseconds between two messages to one address. */
const MAIL_FREQUENCY = 60_000

export type GoTrue = ReturnType<typeof createGoTrue>

export function createGoTrue(options: GoTrueOptions = {}) {
  const { autoconfirm = true, accessTokenLifetime = 3600, passwordMinLength = 6, now = Date.now } = options
  const { requiredCharacters = [], leaked = [], signUpDisabled = false, captcha = false } = options
  const accounts = createAccounts({ now, accessTokenLifetime })
  const requests: GoTrueRequest[] = []
  const messages: { readonly email: string; readonly redirectTo: string | null }[] = []

  function checkPassword(password: string): void {
    if (Buffer.byteLength(password) > 72)
      throw new Refusal(400, 'validation_failed', 'Password cannot be longer than 72 characters')
    const reasons: string[] = []
    const sentences: string[] = []
    const refuse = (reason: string, sentence: string) => {
      reasons.push(reason)
      sentences.push(sentence)
    }
    if (Buffer.byteLength(password) < passwordMinLength)
      refuse('length', `Password should be at least ${passwordMinLength} characters.`)
    if (requiredCharacters.some((set) => ![...set].some((character) => password.includes(character)))) {
      const sets = requiredCharacters.join(', ')
      refuse('characters', `Password should contain at least one character of each: ${sets}.`)
    }
    if (leaked.includes(password))
      refuse('pwned', 'Password is known to be weak and easy to guess, please choose a different one.')
    if (reasons.length > 0) throw new Refusal(422, 'weak_password', sentences.join(' '), reasons)
  }

  function checkEmail(email: string): void {
    if (!/^[^\s@]+@[^\s@]+$/.test(email))
      throw new Refusal(400, 'validation_failed', 'Unable to validate email address: invalid format')
  }

  function checkCaptcha({ gotrue_meta_security: security }: JsonObject): void {
    if (captcha && !(isJsonObject(security) && security.captcha_token))
      throw new Refusal(400, 'captcha_failed', 'captcha protection: request disallowed (no captcha_token found)')
  }

  function sendConfirmation(user: StoredUser, redirectTo: string | null): void {
    const { confirmationSentAt } = user
    const left = confirmationSentAt === null ? 0 : confirmationSentAt + MAIL_FREQUENCY - now()
    if (left > 0) {
      const seconds = Math.floor(left / 1000)
      const sentence = `For security purposes, you can only request this after ${seconds} seconds.`
      throw new Refusal(429, 'over_email_send_rate_limit', sentence)
    }
    user.confirmationSentAt = now()
    messages.push({ email: user.email, redirectTo })
  }

  function signUp(body: JsonObject, redirectTo: string | null): JsonObject {
    if (signUpDisabled) throw new Refusal(422, 'signup_disabled', 'Signups not allowed for this instance')
    checkCaptcha(body)
    const email = textOf(body, 'email')
    const password = textOf(body, 'password')
    const data = objectOf(body, 'data') ?? {}
    if (email === '') throw new Refusal(422, 'anonymous_provider_disabled', 'Anonymous sign-ins are disabled')
    if (password === '') throw new Refusal(400, 'validation_failed', 'Signup requires a valid password')
    checkPassword(password)
    checkEmail(email)
    const found = accounts.find(email)
    if (found && found.emailConfirmedAt !== null) {
      if (autoconfirm) throw new Refusal(422, 'user_already_exists', 'User already registered')
      return madeUp(email, data, now())
    }
    // Who is there unconfirmed stays as they are: nobody knows who asks.
    const user = found ?? accounts.create({ email, password, user_metadata: structuredClone(data) })
    if (!found) user.user_metadata = { ...data, ...user.identityData }
    if (!autoconfirm) {
      sendConfirmation(user, redirectTo)
      return shown(user)
    }
    accounts.confirm(user)
    return accounts.begin(user)
  }

  function logIn(body: JsonObject): JsonObject {
    checkCaptcha(body)
    const email = textOf(body, 'email')
    if (email === '') throw new Refusal(400, 'validation_failed', 'missing email or phone')
    const user = accounts.find(email)
    if (!user) throw new Refusal(400, 'invalid_credentials', 'Invalid login credentials')
    if (user.bannedUntil !== null && user.bannedUntil > now()) throw new Refusal(400, 'user_banned', 'User is banned')
    if (user.password !== textOf(body, 'password'))
      throw new Refusal(400, 'invalid_credentials', 'Invalid login credentials')
    if (user.emailConfirmedAt === null) throw new Refusal(400, 'email_not_confirmed', 'Email not confirmed')
    return accounts.begin(user)
  }

  function handle({ method, path, headers, body }: GoTrueRequest, query: URLSearchParams): JsonObject | null {
    const authorization = headers.get('authorization')
    switch (`${method} ${path}`) {
      case 'POST /signup':
        return signUp(body, query.get('redirect_to'))
      case 'POST /token': {
        const grant = query.get('grant_type')
        if (grant === 'password') return logIn(body)
        if (grant === 'refresh_token') return accounts.refresh(textOf(body, 'refresh_token'))
        throw new Refusal(400, 'invalid_credentials', 'unsupported_grant_type')
      }
      case 'GET /user':
        return shown(accounts.authenticated(authorization).user)
      case 'PUT /user': {
        const { user } = accounts.authenticated(authorization)
        if (body.app_metadata !== undefined)
          throw new Refusal(403, 'not_admin', 'Updating app_metadata requires admin privileges')
        const data = objectOf(body, 'data')
        if (data) accounts.updateMetadata(user, data)
        return shown(user)
      }
      case 'POST /logout':
        accounts.end(query.get('scope') ?? 'global', accounts.authenticated(authorization).session)
        return null
      case 'POST /recover':
        return {}
      default:
        throw new Refusal(404, 'unknown', 'requested path is invalid')
    }
  }

  async function answer(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url)
    // Another value than a date is the first version.
    const version = request.headers.get('x-supabase-api-version')
    const codes = version !== null && version >= '2024-01-01'
    const echo = codes ? { 'x-supabase-api-version': '2024-01-01' } : {}
    try {
      const { method, headers } = request
      const path = pathname.replace(/^\/auth\/v1/, '')
      const call = { method, path, headers, body: await bodyOf(request) }
      requests.push(call)
      const result = handle(call, searchParams)
      return result === null ? new Response(null, { status: 204 }) : Response.json(result)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const { status, code, message, reasons } = error
      const weak = reasons ? { weak_password: { reasons } } : {}
      const body = codes ? { code, message, ...weak } : { code: status, error_code: code, msg: message, ...weak }
      return Response.json(body, { status, headers: echo })
    }
  }

  return {
    accounts,
    /** Every call that came through the gateway, oldest first. */
    requests,
    /** The messages that were sent with a link to confirm an address. */
    messages,
    fetch: behindGateway(answer),
  }
}

async function bodyOf(request: Request): Promise<JsonObject> {
  const text = await request.text()
  if (text === '') return {}
  try {
    const body: unknown = JSON.parse(text)
    if (isJsonObject(body)) return body
  } catch {
    // Said below.
  }
  throw new Refusal(400, 'bad_json', 'Could not parse request body as JSON: unexpected value')
}

function textOf(body: JsonObject, name: string): string {
  const value = body[name] ?? ''
  if (typeof value === 'string') return value
  throw new Refusal(400, 'bad_json', `Could not parse request body as JSON: json: cannot unmarshal ${name} into string`)
}

function objectOf(body: JsonObject, name: string): JsonObject | null {
  const value = body[name] ?? null
  if (value === null || isJsonObject(value)) return value
  throw new Refusal(400, 'bad_json', `Could not parse request body as JSON: json: cannot unmarshal ${name} into object`)
}
