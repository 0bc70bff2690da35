// Whether something on the page is being pressed: nothing may move away from under a pointer before it is let go.

const ENDS = ['pointerup', 'pointercancel', 'click'] as const

/** Resolves once nothing is pressed, the click that belongs to it included; at once where nothing is. */
export function pressEnded(): Promise<void> {
  if (!document.querySelector(':active')) return Promise.resolve()
  return new Promise((resolve) => {
    const heard = new AbortController()
    const end = () => {
      heard.abort()
      // The click that belongs to it is dispatched in the same task.
      requestAnimationFrame(() => resolve())
    }
    for (const name of ENDS) document.addEventListener(name, end, { capture: true, signal: heard.signal })
  })
}
