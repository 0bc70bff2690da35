// createLatchkey: the one public object, which ties client, session, widgets and events together.

import { styles } from 'virtual:latchkey-styles'
import type { ReadonlySignal } from '@preact/signals'
import type { Client, StoredMetadata } from './client/client.ts'
import { createLazyClient } from './client/lazy-client.ts'
import { onDemand } from './client/on-demand.ts'
import type { Backend } from './contract/backend.ts'
import type { JsonObject } from './contract/json.ts'
import {
  checkControls,
  checkOptions,
  checkScreen,
  checkScreenOptions,
  hostOf,
  type LatchkeyOptions,
  type ScreenOptions,
} from './create-options.ts'
import type { FieldDefinition } from './fields/definition.ts'
import type { Fields } from './fields/field.ts'
import { type WrittenFields, writeFields } from './fields/written.ts'
import { en } from './i18n/en.ts'
import { createEvents, type Events } from './state/events.ts'
import type { ScreenName } from './state/screens.ts'
import { createSession, type Session } from './state/session.ts'
import { createWholeFields } from './state/whole-fields.ts'
import { createWidget, type Draft, type Widget } from './state/widget.ts'
import { pressEnded } from './ui/press.ts'
import { renderDialog, renderInline } from './ui/render.tsx'
import { adoptStyles } from './ui/styles.ts'

export interface Latchkey<Metadata extends object = JsonObject> {
  /** The calls, without a form. */
  readonly client: Client<Metadata>
  /**
   * Who is signed in; `unknown` until something was shown or `load` was called. `getToken` resolves to the access token
   * for calls to the site's own API, renewed when it is about to end; it rejects with `unauthenticated` when nobody is
   * signed in, with `unsupported` where the session is a cookie.
   */
  readonly session: ReadonlySignal<Session<Metadata>> & { getToken(): Promise<string> }
  /** Asks the backend who is signed in. Rejects with `LatchkeyError`. */
  load(): Promise<void>
  /**
   * Opens the modal dialog. It closes by itself when the person has signed in, unless they came for the profile.
   * Throws TypeError for a screen or an address there is not.
   * @default 'login'
   */
  show(screen?: ScreenName, options?: ScreenOptions): void
  /** Closes the modal dialog. */
  hide(): void
  /**
   * Draws the widget inside an element of the page, named by a selector or handed in.
   * Throws TypeError where there is none, or inside a `<form>` of the page.
   */
  mount(target: string | Element, screen?: ScreenName, options?: ScreenOptions): void
  /** Calls the listener on every such event; the answer takes it off again. */
  readonly on: Events<Metadata>['on']
  /** What stands in the inline widget's controls now. */
  draft(): Draft
  /** Takes everything off the page and stops every call; nothing stays behind. */
  destroy(): void
}

/** What a build for development is told of: every widget that is made. Nothing else listens. */
export const watchers = new Set<
  (made: { readonly fields: Fields | WrittenFields; readonly backend: Backend }) => void
>()

let instances = 0

/**
 * Makes the front door of a site. Nothing happens on the page before `mount` or `show`.
 * Throws TypeError with path and fix when an option is wrong.
 *
 * @example
 * const latchkey = createLatchkey({ backend: rest('/account'), fields })
 * latchkey.mount('#account', 'profile')
 */
export function createLatchkey<const Definitions extends readonly FieldDefinition[] = readonly FieldDefinition[]>(
  options: LatchkeyOptions<Definitions>,
): Latchkey<StoredMetadata<Definitions>>
// That stored values follow the definition is the site's own statement; here every profile is what `profileSchema` has proven.
export function createLatchkey(options: LatchkeyOptions): Latchkey {
  checkOptions(options)
  const { redirectTo = null, loginAfterSignUp = true, rememberMe = false } = options
  const { backend, messages = en, controls = {}, draft = new Map() } = options
  const definition = createWholeFields(options.fields ?? writeFields([]), (fields) => checkControls(fields, controls))
  // A definition that cannot be one is said where it is needed.
  for (const watch of watchers)
    definition.written().then(
      (fields) => watch({ fields, backend }),
      () => {},
    )
  const { timeout, tokenStorage, environment } = options
  if (redirectTo !== null) checkScreenOptions('options', { redirectTo }, environment)
  const client = createLazyClient(async () => ({
    backend,
    policy: (await definition.written()).policy,
    ...(environment && { environment }),
    ...(timeout !== undefined && { timeout }),
    ...(tokenStorage && { tokenStorage }),
  }))
  const events = createEvents<JsonObject>()
  const controller = new AbortController()
  const session = createSession(client, controller.signal)
  const inline = new Map<Element, Drawn>()
  let dialog: Drawn | null = null

  let isJoining = false
  /** Tabs have one session where a cookie is its proof, or tokens that the browser keeps for all of them. */
  function join(): void {
    if (isJoining || (backend.capabilities.session !== 'cookie' && tokenStorage !== 'browser')) return
    isJoining = true
    const name = `${backend.id} ${backend.address('logIn')}`
    onDemand(() => import('./state/tabs.ts')).then(
      ({ joinTabs }) => {
        if (controller.signal.aborted) return
        controller.signal.addEventListener('abort', joinTabs({ name, session, events, definition, environment }))
      },
      () => {
        // Without it a tab hears nothing of the others, and is as right as it was; the next screen tries again.
        isJoining = false
      },
    )
  }

  function draw(host: Element, screen: ScreenName, own: ScreenOptions, modal: boolean): Drawn {
    if (controller.signal.aborted) throw new TypeError('latchkey: it was destroyed; make another with createLatchkey')
    const ended = new AbortController()
    const aborted = ended.signal
    const shared = { client, backend, definition, session, events, environment, pressEnded }
    const entering = { redirectTo: own.redirectTo ?? redirectTo, loginAfterSignUp, rememberMe }
    const widget = createWidget({ ...shared, ...entering, screen, draft, aborted })
    instances += 1
    const props = { widget, messages, controls, prefix: `latchkey-${instances}` }
    const releaseStyles = adoptStyles(host.ownerDocument, styles)
    const erase = modal ? renderDialog(host, props, hide) : renderInline(host, props)
    join()
    if (session.session.value.status === 'unknown') void widget.load()
    return {
      widget,
      screen,
      remove() {
        ended.abort()
        widget.dispose()
        erase()
        releaseStyles()
      },
    }
  }

  function hide(): void {
    if (!dialog) return
    const { screen, remove } = dialog
    dialog = null
    remove()
    events.emit('hide', { screen })
  }

  return {
    client,
    session: Object.assign(session.session, { getToken: () => client.getToken({ signal: controller.signal }) }),
    load() {
      join()
      return session.load()
    },
    show(screen = 'login', own = {}) {
      checkScreen('show', screen)
      checkScreenOptions('show() options', own, environment)
      hide()
      const host = document.createElement('div')
      document.body.append(host)
      const drawn = draw(host, screen, own, true)
      const off = events.on('signedIn', () => {
        if (!drawn.widget.staysAfterLogin()) hide()
      })
      dialog = {
        ...drawn,
        remove() {
          off()
          drawn.remove()
          host.remove()
        },
      }
      events.emit('show', { screen })
    },
    hide,
    mount(target, screen = 'login', own = {}) {
      checkScreen('mount', screen)
      checkScreenOptions('mount() options', own, environment)
      const host = hostOf(target)
      inline.get(host)?.remove()
      inline.set(host, draw(host, screen, own, false))
    },
    on: events.on,
    draft: () => new Map([...inline.values()].flatMap(({ widget }) => [...widget.draft()])),
    destroy() {
      hide()
      for (const drawn of inline.values()) drawn.remove()
      inline.clear()
      controller.abort()
      events.clear()
    },
  }
}

interface Drawn {
  readonly widget: Widget
  readonly screen: ScreenName
  readonly remove: () => void
}
