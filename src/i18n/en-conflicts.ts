// English, for a place that somebody else changed meanwhile; fetched with the first of them.
import type { ConflictMessages } from './messages.ts'

export const enConflicts: ConflictMessages = {
  changed: 'Somebody else changed this meanwhile.',
  hidden: 'Somebody else changed this meanwhile. It is not asked for now, so theirs stays.',
  fixed: 'Somebody else changed this meanwhile. It cannot be changed here now, so theirs stays.',
  mine: 'Yours',
  theirs: 'Theirs',
  keepMine: ['Keep mine', (label) => `Keep mine: ${label}`],
  takeTheirs: ['Take theirs', (label) => `Take theirs: ${label}`],
  kept: 'Yours stays and is sent with the next save.',
  taken: 'Theirs was taken.',
  yes: 'Yes',
  no: 'No',
  empty: 'empty',
  masked: 'out of sight',
}
