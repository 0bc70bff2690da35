// Mistakes of the site that the widget survives: the page still hears of them.

/** Hands an error to the page's own error handler, as if nobody had caught it. */
export function reportUncaught(error: unknown): void {
  if (typeof reportError === 'function') reportError(error)
  else void Promise.reject(error)
}
