// From the markup that Lock took in some texts to plain text, without a document: nothing in it is ever run or drawn.

export interface MarkupLink {
  readonly label: string
  readonly href: string
}

export interface PlainText {
  readonly text: string
  /** The links the markup held, in order. */
  readonly links: readonly MarkupLink[]
}

const ATTRIBUTES = `(?:"[^"]*"|'[^']*'|[^"'>])*`
const SILENT = /<!--[\s\S]*?-->|<(script|style|template)\b[\s\S]*?<\/\1\s*>/gi
const LINK = new RegExp(`<a\\b(${ATTRIBUTES})>([\\s\\S]*?)</a\\s*>`, 'gi')
const BREAK = new RegExp(`</?(?:br|p|div|li|ul|ol|h[1-6]|hr|tr|td|section)\\b${ATTRIBUTES}>`, 'gi')
const TAG = new RegExp(`</?[a-z]${ATTRIBUTES}>`, 'gi')
const HREF = /\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i
const ENTITY = /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+\d*));/gi

/** The entities that texts of forms use; a name that is not among them stays as it is written. */
const ENTITIES = new Map([
  ['nbsp', '\u00a0'],
  ...pairsIn(
    'amp & lt < gt > quot " apos \' hellip … mdash — ndash – lsquo ‘ rsquo ’ ldquo “ rdquo ” sbquo ‚ bdquo „ ' +
      'laquo « raquo » copy © reg ® trade ™ euro € pound £ sect § deg ° middot · bull • times × rarr → larr ← ' +
      'auml ä ouml ö uuml ü Auml Ä Ouml Ö Uuml Ü szlig ß agrave à aacute á acirc â atilde ã aring å aelig æ ccedil ç ' +
      'egrave è eacute é ecirc ê euml ë igrave ì iacute í icirc î iuml ï ntilde ñ ograve ò oacute ó ocirc ô otilde õ ' +
      'oslash ø ugrave ù uacute ú ucirc û yacute ý Agrave À Aacute Á Acirc Â Aring Å AElig Æ Ccedil Ç Egrave È ' +
      'Eacute É Ecirc Ê Iacute Í Ntilde Ñ Oacute Ó Ocirc Ô Oslash Ø Uacute Ú',
  ),
])

function pairsIn(words: string): readonly (readonly [string, string])[] {
  return [...words.matchAll(/(\S+) (\S+)/g)].map(([, name = '', character = '']) => [name, character])
}

/** The text of a piece of HTML: tags dropped, entities decoded, white space collapsed. */
export function plainText(markup: string): PlainText {
  const spoken = markup.replace(SILENT, '')
  const links = [...spoken.matchAll(LINK)].map(([, attributes = '', content = '']): MarkupLink => {
    const [, double, single, bare] = HREF.exec(attributes) ?? []
    return { label: withoutTags(content), href: decoded(double ?? single ?? bare ?? '').trim() }
  })
  return { text: withoutTags(spoken), links }
}

function withoutTags(markup: string): string {
  return decoded(markup.replace(BREAK, ' ').replace(TAG, '')).replace(/\s+/g, ' ').trim()
}

function decoded(text: string): string {
  return text.replace(ENTITY, (entity, hexadecimal?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return ENTITIES.get(name) ?? entity
    const code = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16)
    const character = code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd'
    return character.isWellFormed() ? character : '\ufffd'
  })
}
