// One task at a time, over all tabs of an origin.

const queues = new Map<string, Promise<void>>()

/** Web Locks hold over tabs; pages without TLS have none, and there a lock holds in its own page. */
export async function oneAtATime<Result>(name: string, task: () => Promise<Result>): Promise<Result> {
  const { locks } = globalThis.navigator ?? {}
  if (locks) {
    let isStarted = false
    const start = () => {
      isStarted = true
      return task()
    }
    try {
      return await locks.request(name, start)
    } catch (error) {
      // A page without an origin of its own, such as a sandboxed frame, may not lock.
      if (isStarted) throw error
    }
  }
  const result = (queues.get(name) ?? Promise.resolve()).then(task)
  const settled = result.then(
    () => {},
    () => {},
  )
  queues.set(name, settled)
  try {
    return await result
  } finally {
    if (queues.get(name) === settled) queues.delete(name)
  }
}
