// The script tag: one module that defines the elements and hands out what a page's own script needs.
import './element.ts'

export { rest } from './backends/rest.ts'
export { createLatchkey } from './create.ts'
export { defineFields } from './fields/define.ts'
