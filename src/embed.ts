// The script tag: one module that defines the elements and hands out what a page's own script needs.
import './element.ts'

export { rest } from './backends/rest.ts'
export { createLatchkey } from './create.ts'
// Names are checked at once; the other settings when a form fetches the part that knows them.
export { writeFields as defineFields } from './fields/written.ts'
