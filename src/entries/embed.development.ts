// The script tag of a page under development: the same module, and a panel with what is wrong in the definition.
import './start.development.ts'

export * from '../embed.ts'
