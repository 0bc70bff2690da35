// The widget's style as one constructable sheet per document; a `<style>` element would break strict policies.
import { styles } from 'virtual:latchkey-styles'

const adopted = new WeakMap<Document, { readonly sheet: CSSStyleSheet; users: number }>()

/** Puts the sheet into the document for as long as someone uses it; the answer lets go of it. */
export function adoptStyles(document: Document): () => void {
  let entry = adopted.get(document)
  if (!entry) {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(styles)
    entry = { sheet, users: 0 }
    adopted.set(document, entry)
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  }
  const used = entry
  used.users += 1
  return () => {
    used.users -= 1
    if (used.users > 0) return
    adopted.delete(document)
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== used.sheet)
  }
}
