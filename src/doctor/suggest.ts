// Finds the word that was meant: by spelling, or because other libraries call it so.

/** What the same thing is called elsewhere, in lower case and without marks. A list says that more than one may be meant. */
const ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
  string: ['text'],
  input: ['text'],
  multiline: ['textarea'],
  longtext: ['textarea'],
  mail: ['email'],
  phone: ['tel'],
  telephone: ['tel'],
  link: ['url'],
  website: ['url'],
  integer: ['number'],
  int: ['number'],
  float: ['number'],
  slider: ['range'],
  datetimelocal: ['datetime'],
  dropdown: ['select'],
  enum: ['select'],
  checkboxes: ['multiselect'],
  tags: ['multiselect'],
  radios: ['radio'],
  boolean: ['checkbox'],
  bool: ['checkbox'],
  toggle: ['switch'],
  terms: ['consent'],
  object: ['group'],
  array: ['list'],
  repeater: ['list'],
  image: ['picture'],
  avatar: ['picture'],
  locale: ['language'],
  id: ['name'],
  key: ['name'],
  title: ['label'],
  caption: ['label'],
  arialabel: ['label'],
  placeholder: ['hint'],
  description: ['hint'],
  help: ['hint'],
  helptext: ['hint'],
  instructions: ['hint'],
  mandatory: ['required'],
  default: ['prefill'],
  defaultvalue: ['prefill'],
  initialvalue: ['prefill'],
  value: ['prefill'],
  choices: ['options'],
  values: ['options'],
  min: ['minLength', 'minItems'],
  minimum: ['min'],
  max: ['maxLength', 'maxItems'],
  maximum: ['max'],
  length: ['maxLength'],
  regex: ['pattern', 'matches'],
  regexp: ['pattern', 'matches'],
  pattern: ['matches'],
  validator: ['validate'],
  showif: ['visibleWhen'],
  visibleif: ['visibleWhen'],
  requiredif: ['requiredWhen'],
  readonly: ['access'],
  disabled: ['access'],
  items: ['item', 'options'],
  children: ['fields'],
  eq: ['equal'],
  is: ['equal'],
  gt: ['greater'],
  morethan: ['greater'],
  lt: ['less'],
  lessthan: ['less'],
  includes: ['contains'],
  has: ['contains'],
  oneof: ['in'],
  register: ['signUp'],
  account: ['profile'],
}

const plain = (word: string) => word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

/** The word of the list that was meant, or null where none is near. */
export function closest(word: string, words: readonly string[]): string | null {
  const bare = plain(word)
  const same = words.find((known) => plain(known) === bare)
  if (same !== undefined) return same
  const elsewhere = (Object.hasOwn(ELSEWHERE, bare) ? ELSEWHERE[bare] : undefined)?.find((name) => words.includes(name))
  if (elsewhere !== undefined) return elsewhere
  if (bare.length < 2) return null
  const [best] = words
    .map((known) => ({
      known,
      distance: bare.length > 2 && plain(known).startsWith(bare) ? 1 : distanceOf(bare, plain(known)),
    }))
    .filter(({ known, distance }) => distance <= Math.max(1, Math.min(bare.length, known.length) / 2.5))
    .sort((one, other) => one.distance - other.distance)
  return best ? best.known : null
}

/** Fewest letters to add, drop, replace or swap with a neighbour (Damerau and Levenshtein, without edits of what was swapped). */
export function distanceOf(one: string, other: string): number {
  // A word far longer than any name is meant by nobody, and would take long to measure.
  if (Math.abs(one.length - other.length) > 10) return Number.POSITIVE_INFINITY
  let before: readonly number[] = []
  let above: readonly number[] = Array.from({ length: other.length + 1 }, (_, column) => column)
  for (let row = 1; row <= one.length; row++) {
    const current = [row]
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1]
      const isSwap = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      current[column] = Math.min(
        at(above, column) + 1,
        at(current, column - 1) + 1,
        at(above, column - 1) + (isSame ? 0 : 1),
        isSwap ? at(before, column - 2) + 1 : Number.POSITIVE_INFINITY,
      )
    }
    before = above
    above = current
  }
  return at(above, other.length)
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY
}
