// <latch-key> and <latch-field>: the widget as elements of a page, in light DOM. Defines them when loaded in a browser.
import { rest } from './backends/rest.ts'
import { createLatchkey, type Latchkey } from './create.ts'
import { fieldOfElement } from './element-fields.ts'
import { checkFields } from './fields/define.ts'
import { EVENT_NAMES } from './state/events.ts'
import { isScreenName, screens } from './state/screens.ts'
import type { Draft } from './state/widget.ts'

/**
 * Defines both elements. Does nothing outside a browser and nothing the second time.
 *
 * `<latch-key>` takes `endpoint` (the account server's address) and `screen` (`login` unless given); its `<latch-field>`
 * children are the additional fields. Each event of the widget is dispatched on it under the same name.
 * `element.latchkey` is the public object.
 */
export function defineElements(): void {
  if (typeof customElements === 'undefined' || customElements.get('latch-key')) return

  class LatchKeyElement extends HTMLElement {
    #latchkey: Latchkey | null = null
    #host: HTMLElement | null = null
    #built = ''
    #draft: Draft = new Map()
    readonly #observer = new MutationObserver((records) => {
      if (records.some(({ target }) => !this.#host?.contains(target))) this.#build()
    })

    /** The public object, or null while the element is not in a page. */
    get latchkey(): Latchkey | null {
      return this.#latchkey
    }

    connectedCallback(): void {
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

    /** Builds the widget from attributes and children; what was typed goes over into the new one. */
    #build(): void {
      const endpoint = this.getAttribute('endpoint')
      const screen = this.getAttribute('screen') ?? 'login'
      const definitions = [...this.querySelectorAll('latch-field')].map(fieldOfElement)
      const plan = JSON.stringify([endpoint, screen, definitions])
      if (plan === this.#built) return
      this.#tearDown()
      this.#built = plan
      if (endpoint === null)
        throw new TypeError('<latch-key>: needs the account server\'s address; write endpoint="/account"')
      if (!isScreenName(screen)) {
        throw new TypeError(
          `<latch-key screen=${JSON.stringify(screen)}>: use one of ${Object.keys(screens).join(', ')}`,
        )
      }
      const latchkey = createLatchkey({
        backend: rest(endpoint),
        fields: checkFields(definitions),
        draft: this.#draft,
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
