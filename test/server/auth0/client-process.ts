// Auth0's own clients, unmodified, in a process that trusts the test's certificate; told what to call by lines of JSON.
import { createInterface } from 'node:readline'
import { ManagementClient } from 'auth0'
import { AuthenticationClient } from 'auth0/legacy'
import { Window } from 'happy-dom'

const DOMAIN = process.env.TEST_DOMAIN ?? ''
const PAGE = process.env.TEST_PAGE ?? ''

// auth0-js is for browsers: it finds its page's XMLHttpRequest, which holds answers to the rules of CORS.
const page = new Window({ url: `${PAGE}/` })
Object.assign(globalThis, { window: page, document: page.document, XMLHttpRequest: page.XMLHttpRequest })
// It brings no types, so that the compiler must not look for any.
const PACKAGE: string = 'auth0-js'
const auth0js: { readonly WebAuth: NewableFunction; readonly Management: NewableFunction } = await import(
  /* @vite-ignore */ PACKAGE
)

interface Task {
  readonly client: 'ManagementClient' | 'AuthenticationClient' | 'WebAuth' | 'Management'
  readonly options: object
  /** Such as `users.get`. */
  readonly call: string
  readonly args: readonly unknown[]
}

const MAKERS: Readonly<Record<Task['client'], (options: object) => object>> = {
  ManagementClient: (options) => Reflect.construct(ManagementClient, [{ domain: DOMAIN, maxRetries: 0, ...options }]),
  AuthenticationClient: (options) => Reflect.construct(AuthenticationClient, [{ domain: DOMAIN, ...options }]),
  WebAuth: (options) => Reflect.construct(auth0js.WebAuth, [{ domain: DOMAIN, ...options }]),
  Management: (options) => Reflect.construct(auth0js.Management, [{ domain: DOMAIN, ...options }]),
}

function perform({ client, options, call, args }: Task): Promise<unknown> {
  const names = call.split('.')
  const name = names.pop() ?? ''
  const owner = names.reduce<object>((object, key) => Object(Reflect.get(object, key)), MAKERS[client](options))
  const method = Reflect.get(owner, name)
  if (client === 'ManagementClient' || client === 'AuthenticationClient') return method.apply(owner, args)
  // auth0-js calls back.
  return new Promise((resolve, reject) => {
    method.apply(owner, [...args, (error: unknown, value: unknown) => (error ? reject(error) : resolve(value))])
  })
}

/** What an error says, without what it carries along. */
function said(error: unknown): object {
  const { name, message, statusCode, body, code, description, error: word, error_description, policy } = Object(error)
  return { name, message, statusCode, body, code, description, error: word, error_description, policy }
}

for await (const line of createInterface({ input: process.stdin })) {
  const outcome = await perform(JSON.parse(line)).then(
    (value) => ({ ok: true, value }),
    (error: unknown) => ({ ok: false, error: said(error) }),
  )
  process.stdout.write(`${JSON.stringify(outcome)}\n`)
}
