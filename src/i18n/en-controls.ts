// English, for the controls that are fetched on first use.
import type { ControlMessages } from './messages.ts'

export const enControls: ControlMessages = {
  add: (item) => `Add ${item}`,
  remove: (item) => `Remove ${item}`,
  moveUp: (item) => `Move ${item} up`,
  moveDown: (item) => `Move ${item} down`,
  item: (item, position) => `${item} ${position}`,
  moved: (item, position, count) => `${item} is now number ${position} of ${count}.`,
  added: (item) => `${item} was added.`,
  removed: (item) => `${item} was removed.`,
  noMatches: 'Nothing found',
  matches: (count) => (count === 1 ? '1 choice' : `${count} choices`),
  search: (label) => `Search: ${label}`,
  searchHere: 'Search',
  choices: 'Choices',
  narrow: 'There are more: type to find them',
  chosen: (labels) => `Chosen: ${labels.join(', ')}`,
  clear: 'Clear',
  loadingChoices: 'Loading choices …',
  preview: (label) => `${label}, preview`,
  notSet: 'Not set',
}
