// Texts that outlive the page: what a browser's storage takes, and the rest for as long as the page stands.

export interface TextStorage {
  read(key: string): string | null
  /** Keeps a text; null takes it away. */
  write(key: string, text: string | null): void
}

/** Kept until the page is left, and nowhere else. */
export function memoryStorage(): TextStorage {
  return storedIn(() => undefined)
}

/** Kept for this tab, over a reload. */
export function tabStorage(): TextStorage {
  return storedIn(() => globalThis.sessionStorage)
}

/** Kept for every tab of this origin, over the end of the browser. */
export function sharedStorage(): TextStorage {
  return storedIn(() => globalThis.localStorage)
}

/** A page that has no storage, or may not use it, keeps the text until it is left. */
function storedIn(find: () => Storage | undefined): TextStorage {
  const kept = new Map<string, string>()
  const storage = (): Storage | undefined => {
    try {
      return find()
    } catch {
      return undefined
    }
  }
  return {
    read: (key) => kept.get(key) ?? storage()?.getItem(key) ?? null,
    write(key, text) {
      kept.delete(key)
      if (text === null) return storage()?.removeItem(key)
      try {
        // Over what is there: another tab that looks in between finds the one or the other.
        storage()?.setItem(key, text)
      } catch {
        // It is full.
        storage()?.removeItem(key)
      }
      if (storage()?.getItem(key) !== text) kept.set(key, text)
    },
  }
}
