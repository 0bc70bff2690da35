// Watches a page under development: looks every definition through, and shows what is wrong in a panel.
import { diagnose } from './diagnose.ts'
import { byLevel, type Finding, findingLine } from './finding.ts'
import { createPanel, type Panel } from './panel.ts'
import { configuredTokens } from './theme.ts'
import { thrownFinding } from './thrown.ts'

/** What is told of a widget when it is made. */
export interface Watched {
  readonly fields: unknown
  readonly backend: { readonly id: string }
}

/**
 * Starts to listen for mistakes; the answer takes in each widget that is made. Notes alone show nothing.
 * Outside of a browser it does nothing, and after the signal it listens no more.
 */
export function startOverlay(signal?: AbortSignal): (made: Watched) => void {
  if (typeof window === 'undefined' || typeof CSSStyleSheet === 'undefined') return () => {}
  const { document } = window
  const known = new Map<string, Finding>()
  let panel: Panel | null = null

  function add(findings: readonly Finding[]): void {
    const before = known.size
    for (const finding of findings) known.set(findingLine(finding), finding)
    const all = byLevel([...known.values()])
    if (known.size === before || all.every(({ level }) => level === 'note')) return
    panel ??= createPanel(document)
    panel.show(all)
  }

  function addThrown(error: unknown): void {
    const finding = error instanceof TypeError ? thrownFinding(error.message) : null
    if (finding) add([finding])
  }

  const until = signal ? { signal } : {}
  window.addEventListener('error', ({ error }) => addThrown(error), until)
  window.addEventListener('unhandledrejection', ({ reason }) => addThrown(reason), until)
  return ({ fields, backend }) => {
    // The page may set its colours after it has made the widget.
    setTimeout(() => {
      const style = document.defaultView?.getComputedStyle(document.documentElement)
      const theme = configuredTokens((token) => style?.getPropertyValue(token) ?? '')
      add(diagnose(fields, { backend: backend.id, theme }))
    })
  }
}
