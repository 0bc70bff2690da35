// Entry `latchkey/element`: defines <latch-key> and <latch-field> when imported in a browser.
export { defineElements } from '../element.ts'
