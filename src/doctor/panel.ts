// The panel that lists findings in a corner of a page under development. Plain nodes, so that the strictest policies hold.
import { countLine, type Finding } from './finding.ts'
import { PANEL_STYLE } from './panel-style.ts'

/** Name of the panel, and what tells a build with it from one without. */
export const PANEL_LABEL = 'Latchkey: check of the definition'

export interface Panel {
  /** Lists these findings in the place of the earlier ones, and shows the panel if it is hidden. */
  show(findings: readonly Finding[]): void
}

export function createPanel(document: Document): Panel {
  const host = document.createElement('div')
  const root = host.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(PANEL_STYLE)
  root.adoptedStyleSheets = [sheet]
  const make = maker(document)
  const title = make('p', 'title')
  const hide = make('button', '', 'Hide')
  hide.type = 'button'
  const list = make('ul')
  // A list without marks is none to some screen readers, and one that scrolls has to take the keyboard.
  list.setAttribute('role', 'list')
  list.tabIndex = 0
  const header = make('header')
  header.append(title, hide)
  const section = make('section')
  section.setAttribute('aria-label', PANEL_LABEL)
  section.append(header, list)
  root.append(section)

  const close = () => {
    host.remove()
    document.removeEventListener('keydown', closeByKey)
  }
  const closeByKey = (event: KeyboardEvent) => {
    const { activeElement, body } = document
    // Elsewhere in the page the key belongs to what has the focus, such as a dialog.
    const isOurs = activeElement === host || activeElement === body || activeElement === null
    if (event.key === 'Escape' && isOurs && !event.defaultPrevented) close()
  }
  hide.addEventListener('click', close)

  return {
    show(findings) {
      title.textContent = `Latchkey: ${countLine(findings)}`
      list.replaceChildren(...findings.map((finding) => itemFor(finding, make)))
      if (host.isConnected) return
      document.body.append(host)
      document.addEventListener('keydown', closeByKey)
    },
  }
}

type Make = <Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className?: string,
  text?: string,
) => HTMLElementTagNameMap[Name]

function maker(document: Document): Make {
  return (name, className = '', text = '') => {
    const element = document.createElement(name)
    if (className) element.className = className
    if (text) element.textContent = text
    return element
  }
}

function itemFor({ level, path, given, problem, fix }: Finding, make: Make): HTMLElement {
  const place = make('p')
  place.append(make('span', `level ${level}`, level), ' ', make('code', '', given === null ? path : `${path} ${given}`))
  const item = make('li')
  item.append(place, make('p', '', problem), make('p', 'fix', `Fix: ${fix}`))
  return item
}
