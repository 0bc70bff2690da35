// What a person is asked where somebody else changed the same: fetched with the first such place.
import type { ComponentChildren } from 'preact'
import type { Messages } from '../i18n/messages.ts'
import type { Control } from '../state/control.ts'
import { perLanguage } from './fetched.ts'

export interface ConflictProps {
  readonly control: Control
  readonly messages: Messages
  /** Of the control that it stands at; undefined in the summary. */
  readonly id?: string
}

const fetched = perLanguage((messages) => Promise.all([import('./conflict.tsx'), messages.conflicts()]))

/** Its children stand in its place where there is no conflict, and until it is there. */
export function FetchedConflict({ children, ...props }: ConflictProps & { readonly children: ComponentChildren }) {
  const { value: conflict } = props.control.conflict
  if (!conflict) return children
  const { part, fetch } = fetched(props.messages)
  fetch()
  if (!part.value) return children
  const [{ ConflictView }, texts] = part.value
  return <ConflictView {...props} conflict={conflict} texts={texts} />
}
