// The texts for what went wrong, in the language of the widget: fetched once a language.
import type { Issue } from '../contract/issues.ts'
import { type Messages, messageOf } from '../i18n/messages.ts'
import { perLanguage } from './fetched.ts'

const textsOf = perLanguage((messages) => messages.errors())

/** Begins to fetch them, before there is anything to say. */
export function fetchErrorTexts(messages: Messages): void {
  textsOf(messages).fetch()
}

/** What to say of an issue; whoever draws it is drawn again once the texts are there. */
export function errorText(
  messages: Messages,
  issue: Pick<Issue, 'code' | 'params' | 'text'>,
  own?: Readonly<Record<string, string>>,
): string {
  const texts = textsOf(messages)
  texts.fetch()
  if (texts.part.value) return messageOf(texts.part.value, issue, own)
  return texts.failed.value ? messages.failed : messages.loading
}
