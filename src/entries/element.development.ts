// Entry `latchkey/element` of a page under development: the same module, and a panel with what is wrong in the definition.
import './start.development.ts'

// The elements act as soon as they are defined; chunks have no order of their own, so this waits for the check to listen.
export const { defineElements } = await import('./element.ts')
