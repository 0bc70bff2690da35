// What the tables of wrong definitions are made with.

/** A wrong definition, and what it is refused with. */
export type Row = readonly [given: unknown, message: string]

/** A text field called `a`, with these settings besides. */
export const one = (settings: object) => [{ name: 'a', label: 'A', ...settings }]

/** A field after one called `ok` that conditions can be about. */
export const second = (settings: object) => [{ name: 'ok', label: 'OK' }, ...one(settings)]

export const EMPTY_LABEL = 'cannot be empty; it is the name of the control for everyone (WCAG 4.1.2)'
