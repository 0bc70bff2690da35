// How a test's words for a control are compared with those that a person reads.

/** Whether a caption is this label; a note in brackets after it, such as "(optional)", may be left out. */
export function matchesLabel(caption: string | null, label: string): boolean {
  return labelPattern(label).test((caption ?? '').replace(/\s+/g, ' ').trim())
}

/** The same as an expression, for tools that compare by themselves. */
export function labelPattern(label: string): RegExp {
  return new RegExp(`^\\s*${escaped(label)}(\\s*\\([^)]*\\))?\\s*$`)
}

/** What a choice begins with, which may have a description after its label. */
export function choicePattern(label: string): RegExp {
  return new RegExp(`^\\s*${escaped(label)}`)
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}

/** The mistake of a test that puts a value where it does not belong. */
export function notTaken(label: string, value: unknown, takes: string): TypeError {
  return new TypeError(`${JSON.stringify(label)}: does not take ${JSON.stringify(value)}; it takes ${takes}`)
}
