// The page of the contestant that is no library: labels and inputs, to tell what the browser itself takes.
import { startBench } from './bench-page.ts'

startBench((fields, host) => {
  const form = document.createElement('form')
  for (const { name, label } of fields) {
    const field = document.createElement('div')
    const input = document.createElement('input')
    const caption = document.createElement('label')
    caption.textContent = label
    input.name = name
    field.append(caption, input)
    form.append(field)
  }
  host.append(form)
}, null)
