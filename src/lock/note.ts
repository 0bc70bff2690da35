// What is said about an option of Lock that has no equal here, or means something else.

/** One such remark: where the option stands, and what it did in Lock, what happens here and what to do instead. */
export interface LockNote {
  /** Place in the options, such as `additionalSignUpFields[0].icon` or `theme.logo`. */
  readonly path: string
  readonly message: string
  /** Name of the field the note belongs to, or null where it belongs to none that was taken over. */
  readonly field: string | null
}

export type AddNote = (path: string, message: string) => void

export interface NoteCollector {
  readonly add: AddNote
  /** What was added, as notes about a field, or about none. */
  about(field: string | null): readonly LockNote[]
}

/** Collects remarks until it is known which field they belong to. */
export function collectNotes(): NoteCollector {
  const found: { readonly path: string; readonly message: string }[] = []
  return {
    add: (path, message) => {
      found.push({ path, message })
    },
    about: (field) => found.map((note) => ({ ...note, field })),
  }
}

/** A value of the options in a few words, for a sentence about it. */
export function described(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value)
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return String(value)
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'an object' : typeof value === 'function' ? 'a function' : String(typeof value)
}

/** The path of a key below another; keys that are no words stand in brackets. */
export function below(path: string, key: string): string {
  if (!/^[\w$]+$/.test(key)) return `${path}[${JSON.stringify(key)}]`
  return path === '' ? key : `${path}.${key}`
}
