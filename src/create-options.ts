// What createLatchkey, show and mount take, and the check of it: a mistake of the site is named with its fix.
import type { Environment } from './client/environment.ts'
import type { TokenStorage } from './client/token-place.ts'
import type { Backend } from './contract/backend.ts'
import type { FieldDefinition } from './fields/definition.ts'
import type { Field, Fields } from './fields/field.ts'
import type { WrittenFields } from './fields/written.ts'
import type { Messages } from './i18n/messages.ts'
import { redirectAddress } from './state/redirect.ts'
import { screenNames } from './state/screens.ts'
import type { UnreadFields } from './state/whole-fields.ts'
import type { Draft } from './state/widget.ts'
import type { CustomControls } from './ui/custom-controls.ts'

export interface LatchkeyOptions<Definitions extends readonly FieldDefinition[] = readonly FieldDefinition[]> {
  /** Who answers: `rest('/account')` for a server of the site's own. */
  readonly backend: Backend
  /**
   * The site's additional fields, from `defineFields`.
   * @default none
   */
  readonly fields?: Fields<Definitions> | WrittenFields | UnreadFields
  /**
   * Controls of the site's own, by the name that fields of type `custom` call them by.
   * @default none
   */
  readonly controls?: CustomControls
  /**
   * Every text of the widget.
   * @default English
   */
  readonly messages?: Messages
  /**
   * Milliseconds after which a call is given up.
   * @default 10000
   */
  readonly timeout?: number
  /**
   * Where the page goes after a log-in or sign-up: an http(s) address of its own origin. Nobody is sent there who was
   * signed in already, or who logs in again because the session had ended.
   * @default the page stays
   */
  readonly redirectTo?: string | undefined
  /**
   * Whether a person is signed in by signing up; if not, the log-in form follows.
   * @default true
   */
  readonly loginAfterSignUp?: boolean | undefined
  /**
   * Whether people are asked if they want to stay signed in; those who do not say so are signed out with the end of the browser.
   * @default false
   */
  readonly rememberMe?: boolean | undefined
  /**
   * Where the tokens of a backend with such are kept: until the page is left, until the tab is closed, or in the browser
   * for every tab. A script on the page can read what a tab or browser keeps, whoever brought it there.
   * @default 'memory'
   */
  readonly tokenStorage?: TokenStorage | undefined
  /**
   * What the library takes from the outside: fetch, clock and timer.
   * @default the globals
   */
  readonly environment?: Environment
  /**
   * Values to start from, by name of the control, for code that builds a widget anew around what was typed.
   * @default none
   */
  readonly draft?: Draft
}

export interface ScreenOptions {
  /**
   * Where the page goes after a log-in or sign-up on this screen, under the same rules.
   * @default that of createLatchkey
   */
  readonly redirectTo?: string
}

const FLAG: readonly unknown[] = [true, false]

/** Every option, with the values it can have where these are few. */
const OPTIONS: Readonly<Record<string, readonly unknown[] | null>> = {
  backend: null,
  fields: null,
  controls: null,
  messages: null,
  timeout: null,
  environment: null,
  draft: null,
  redirectTo: null,
  loginAfterSignUp: FLAG,
  rememberMe: FLAG,
  tokenStorage: ['memory', 'tab', 'browser'],
}

export function checkOptions(options: LatchkeyOptions): void {
  for (const [name, given] of Object.entries(options)) {
    const choices = Object.hasOwn(OPTIONS, name) ? OPTIONS[name] : undefined
    if (choices === undefined) {
      const known = Object.keys(OPTIONS).join(', ')
      throw new TypeError(`options.${name}: there is no such option; use one of ${known}`)
    }
    if (given !== undefined && choices?.includes(given) === false)
      throw new TypeError(`options.${name}: use one of ${choices.join(', ')}`)
  }
  const backend: unknown = options.backend
  if (typeof backend !== 'object' || backend === null || !('patchProfile' in backend)) {
    throw new TypeError("options.backend: must be a backend; write createLatchkey({ backend: rest('/account') })")
  }
  const fields: unknown = options.fields
  if (
    fields !== undefined &&
    (typeof fields !== 'object' || fields === null || !('policy' in fields || 'read' in fields))
  ) {
    throw new TypeError('options.fields: must come from defineFields; write fields: defineFields([{ name, label }])')
  }
  const { timeout } = options
  if (timeout !== undefined && !(Number.isFinite(timeout) && timeout > 0)) {
    throw new TypeError('options.timeout: must be a number of milliseconds above 0')
  }
}

/** What is said of one screen: where the page goes after it. */
export function checkScreenOptions(call: string, options: ScreenOptions, environment: Environment | undefined): void {
  const { redirectTo, ...others } = options
  const [other] = Object.keys(others)
  if (other !== undefined) throw new TypeError(`${call}.${other}: there is no such option; use redirectTo`)
  const page = environment ? environment.location() : (globalThis.location?.href ?? null)
  if (redirectTo !== undefined) redirectAddress(redirectTo, `${call}.redirectTo`, page)
}

/** Every field of type `custom` needs its control, also those inside groups and lists. */
export function checkControls({ fields }: Fields, controls: CustomControls): void {
  const every = (list: readonly Field[]): readonly Field[] =>
    list.flatMap((field) => [field, ...every(field.fields), ...every(field.item ? [field.item] : [])])
  for (const { name, control } of every(fields)) {
    if (control === null || (Object.hasOwn(controls, control) && typeof controls[control] === 'function')) continue
    throw new TypeError(
      `options.controls.${control}: is missing, but the field ${JSON.stringify(name)} needs it; write controls: { ${control}: (host, context) => … }`,
    )
  }
}

export function checkScreen(call: string, screen: unknown): void {
  if (!screenNames.some((name) => name === screen))
    throw new TypeError(`${call}(): ${JSON.stringify(screen)} is no screen; use one of ${screenNames.join(', ')}`)
}

export function hostOf(target: string | Element): Element {
  const host = typeof target === 'string' ? document.querySelector(target) : target
  if (!(host instanceof Element)) {
    throw new TypeError(
      `mount(${JSON.stringify(target)}): no such element; mount after it is in the page, and check the selector`,
    )
  }
  if (host.closest('form')) {
    throw new TypeError(
      'mount(): the element is inside a <form> of the page, and forms cannot be nested; move it outside',
    )
  }
  return host
}
