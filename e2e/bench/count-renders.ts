// Counts how often Preact draws each component, through the hook that it calls before every draw.
import { Fragment, options, type VNode } from 'preact'

export interface Draw {
  /** Name of the component's function. */
  readonly component: string
  /** Name of the control it draws, where it draws one. */
  readonly control: string | null
}

export interface Renders {
  /** Every draw since the last call, in order. */
  take(): readonly Draw[]
  /** Draws since the counting began. */
  readonly total: number
}

/** Name that Preact's build gives its hook `_render`, which is not part of its types. */
const RENDER_HOOK = '__r'

/** Begins to count; to be called once in a page, before anything is drawn. */
export function countRenders(): Renders {
  const before: unknown = Reflect.get(options, RENDER_HOOK)
  let draws: Draw[] = []
  let total = 0
  Reflect.set(options, RENDER_HOOK, (node: VNode) => {
    // The tracking of signals stands on the same hook.
    if (typeof before === 'function') before(node)
    if (typeof node.type !== 'function' || node.type === Fragment) return
    draws.push({ component: node.type.displayName ?? node.type.name, control: controlOf(node.props) })
    total += 1
  })
  return {
    take() {
      const taken = draws
      draws = []
      return taken
    },
    get total() {
      return total
    },
  }
}

function controlOf(props: object): string | null {
  const control: unknown = 'control' in props ? props.control : null
  return typeof control === 'object' && control !== null && 'name' in control ? String(control.name) : null
}
