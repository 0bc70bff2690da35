// <latch-key> and <latch-field>: the widget as elements of a page, in light DOM. Defines them when loaded in a browser.
import { rest } from './backends/rest.ts'
import { onDemand } from './client/on-demand.ts'
import { createLatchkey, type Latchkey } from './create.ts'
import type { FieldDefinition } from './fields/definition.ts'
import type { Fields } from './fields/field.ts'
import { type WrittenFields, writeFields } from './fields/written.ts'
import { EVENT_NAMES } from './state/events.ts'
import { screenNames } from './state/screens.ts'
import type { UnreadFields } from './state/whole-fields.ts'
import type { Draft } from './state/widget.ts'
import type { CustomControls } from './ui/custom-controls.ts'

/** What says something about fields inside of `<latch-key>`. */
const WRITTEN = 'latch-field, script[type="application/json"]'

/** Fields that do not stand in a form before something is typed. */
const AT_FIRST_HIDDEN = '[type=hidden], [visible-when], [visiblewhen], [sign-up-step], [signupstep]'

/** What the widget is built from, beside the fields. */
const ATTRIBUTES = [
  ...[
    'endpoint',
    'redirect-to',
    'screen',
    'session',
    'usernames',
    'token-storage',
    'login-after-sign-up',
    'remember-me',
  ],
]

/**
 * Defines both elements. Does nothing outside a browser and nothing the second time.
 *
 * `<latch-key>` takes `endpoint` (the account server's address), `screen` (`login` unless given), `session`, `usernames`
 * and the options `redirect-to`, `login-after-sign-up`, `remember-me` and `token-storage`; its `<latch-field>` children, or the definitions in a `<script type="application/json">` child, are the additional fields; a script can set
 * them as `fields`, a list or what `defineFields` returned, and controls of its own as `controls`.
 * Each event of the widget is dispatched on it under the same name.
 * `element.latchkey` is the public object.
 */
export function defineElements(): void {
  if (typeof customElements === 'undefined' || customElements.get('latch-key')) return

  class LatchKeyElement extends HTMLElement {
    #latchkey: Latchkey | null = null
    #host: HTMLElement | null = null
    #built = ''
    #fields: Fields | readonly FieldDefinition[] | null = null
    #controls: CustomControls = {}
    #draft: Draft = new Map()
    readonly #observer = new MutationObserver((records) => {
      if (records.some(({ target }) => !this.#host?.contains(target))) this.#build()
    })

    /** The public object, or null while the element is not in a page. */
    get latchkey(): Latchkey | null {
      return this.#latchkey
    }

    /** Fields set by a script; they take the place of those in the HTML. Null for none. */
    get fields(): Fields | readonly FieldDefinition[] | null {
      return this.#fields
    }
    set fields(fields: Fields | readonly FieldDefinition[] | null) {
      this.#fields = fields
      this.#rebuild()
    }

    /** Controls of the site's own, for fields of type `custom`. */
    get controls(): CustomControls {
      return this.#controls
    }
    set controls(controls: CustomControls) {
      this.#controls = controls
      this.#rebuild()
    }

    /** Once for all properties that a script sets in one go, in whatever order. */
    #rebuild(): void {
      this.#built = ''
      queueMicrotask(() => {
        if (this.isConnected && this.#built === '') this.#build()
      })
    }

    connectedCallback(): void {
      // Set before the element was defined, the properties stand on the element itself and hide the accessors.
      for (const name of ['fields', 'controls'] as const) {
        if (!Object.hasOwn(this, name)) continue
        const value = Reflect.get(this, name)
        Reflect.deleteProperty(this, name)
        Reflect.set(this, name, value)
      }

      this.#observer.observe(this, { attributes: true, childList: true, subtree: true, characterData: true })
      this.#build()
    }

    disconnectedCallback(): void {
      this.#observer.disconnect()
      this.#tearDown()
    }

    #tearDown(): void {
      if (this.#latchkey) this.#draft = this.#latchkey.draft()
      this.#latchkey?.destroy()
      this.#host?.remove()
      this.#latchkey = null
      this.#host = null
      this.#built = ''
    }

    /** The fields a script set, or those of the HTML; whichever way they are written, the same checks hold. */
    #definition(written: readonly Element[]): Fields | WrittenFields | UnreadFields {
      const set = this.#fields
      if (set !== null) return 'policy' in set ? set : writeFields(set)
      return {
        // Those in a script are not counted before they are read.
        count: written.filter((child) => !child.matches(AT_FIRST_HIDDEN)).length,
        read: async () => {
          const { fieldsIn } = await onDemand(() => import('./element-fields.ts'))
          const { fields, policy } = fieldsIn(written)
          return writeFields(fields, policy)
        },
      }
    }

    /** An attribute that is one of some words; undefined where it is not there. */
    #wordOf<Word extends string>(name: string, words: readonly Word[]): Word | undefined {
      const given = this.getAttribute(name)
      const word = words.find((candidate) => candidate === given)
      if (given === null || word) return word
      throw new TypeError(`<latch-key ${name}=${JSON.stringify(given)}>: use one of ${words.join(', ')}`)
    }

    /** An attribute that is true when present, false when written as `="false"`; undefined where it is not there. */
    #flagOf(name: string): boolean | undefined {
      return this.hasAttribute(name) ? this.getAttribute(name) !== 'false' : undefined
    }

    /** Builds the widget from attributes and children; what was typed goes over into the new one. */
    #build(): void {
      const given = ATTRIBUTES.map((name) => this.getAttribute(name))
      const written = [...this.children].filter((child) => child.matches(WRITTEN))
      const plan = JSON.stringify([given, ...written.map((child) => child.outerHTML)])
      if (plan === this.#built) return
      this.#tearDown()
      this.#built = plan
      const [endpoint, redirectTo] = given
      if (typeof endpoint !== 'string')
        throw new TypeError('<latch-key>: needs the account server\'s address; write endpoint="/account"')
      const screen = this.#wordOf('screen', screenNames) ?? 'login'
      const latchkey = createLatchkey({
        backend: rest(endpoint, {
          session: this.#wordOf('session', ['cookie', 'bearer']) ?? 'cookie',
          usernames: this.#flagOf('usernames') ?? false,
        }),
        fields: this.#definition(written),
        controls: this.#controls,
        draft: this.#draft,
        redirectTo: redirectTo ?? undefined,
        tokenStorage: this.#wordOf('token-storage', ['memory', 'tab', 'browser']),
        loginAfterSignUp: this.#flagOf('login-after-sign-up'),
        rememberMe: this.#flagOf('remember-me'),
      })
      for (const name of EVENT_NAMES) {
        latchkey.on(name, (detail) => {
          // A bubbling "error" would reach the page's own error handler.
          this.dispatchEvent(new CustomEvent(name, { detail, bubbles: name !== 'error' }))
        })
      }
      const host = this.ownerDocument.createElement('div')
      this.#host = host
      this.append(host)
      this.#latchkey = latchkey
      latchkey.mount(host, screen)
    }
  }

  customElements.define('latch-key', LatchKeyElement)
}

defineElements()
