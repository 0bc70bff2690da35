// The texts for what went wrong, in the language of the widget, and what shows them: fetched once a language.
import type { ComponentChildren } from 'preact'
import type { Issue } from '../contract/issues.ts'
import type { Messages } from '../i18n/messages.ts'
import { perLanguage } from './fetched.ts'

const fetched = perLanguage(async (messages) => {
  const [failures, texts] = await Promise.all([import('./failures.tsx'), messages.errors()])
  return { ...failures, texts }
})

/** Begins to fetch them, before there is anything to say. */
export function fetchErrorTexts(messages: Messages): void {
  fetched(messages).fetch()
}

/** What shows failures; null until it is there, whoever draws it is drawn again then. */
export function failuresOf(messages: Messages) {
  const { part, fetch } = fetched(messages)
  fetch()
  return part.value
}

/** What has something to say: an issue, or an error as a whole. */
export type Said = Pick<Issue, 'code' | 'params' | 'text' | 'rules'>

/** What to say of an issue; whoever draws it is drawn again once the texts are there. */
export function errorText(messages: Messages, issue: Said, own?: Readonly<Record<string, string>>): ComponentChildren {
  const known = failuresOf(messages)
  return known ? known.said(known.texts, issue, own) : unknownText(messages)
}

/** What stands for any failure while its text is not there. */
export function unknownText(messages: Messages): string {
  return fetched(messages).failed.value ? messages.failed : messages.loading
}
