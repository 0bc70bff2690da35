// The widget's style as constructable sheets of the document; a `<style>` element would break strict policies.

const adopted = new WeakMap<Document, Map<string, { readonly sheet: CSSStyleSheet; users: number }>>()

/** Puts a sheet into the document for as long as someone uses it; the answer lets go of it. */
export function adoptStyles(document: Document, styles: string): () => void {
  const sheets = adopted.get(document) ?? new Map()
  adopted.set(document, sheets)
  let entry = sheets.get(styles)
  if (!entry) {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(styles)
    entry = { sheet, users: 0 }
    sheets.set(styles, entry)
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  }
  const used = entry
  used.users += 1
  return () => {
    used.users -= 1
    if (used.users > 0) return
    sheets.delete(styles)
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== used.sheet)
  }
}
