// What became of the session, said above the form: that it ended, what waits for the person, and what is not stored yet.
import { useComputed, useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { isLatchkeyError } from '../contract/errors.ts'
import type { Messages } from '../i18n/messages.ts'
import { pendingLabels } from '../state/pending.ts'
import type { ScreenName } from '../state/screens.ts'
import { NONE } from '../state/session.ts'
import type { Turn, Widget } from '../state/widget.ts'
import { perLanguage } from './fetched.ts'
import { part } from './part.ts'

const textsOf = perLanguage((messages) => messages.notices())

/** The screen on which each is said. */
const PLACES: Readonly<Record<Turn, ScreenName>> = {
  expired: 'login',
  kept: 'login',
  returned: 'profile',
  accountMade: 'login',
  addressToConfirm: 'login',
}

export interface NoticesProps {
  readonly widget: Widget
  readonly screen: ScreenName
  readonly messages: Messages
}

export function Notices({ widget, screen, messages }: NoticesProps) {
  const texts = textsOf(messages)
  const isDrawn = useSignal(false)
  const labels = useSignal<readonly string[]>([])
  const turn = useComputed(() => {
    const { value } = widget.turn
    return value && PLACES[value] === screen ? value : null
  }).value
  const pending = useComputed(() => {
    const { value } = widget.session
    return screen === 'profile' && value.status === 'signedIn' ? value.pending : NONE
  }).value
  useEffect(() => {
    texts.fetch()
    isDrawn.value = true
  }, [texts])
  useEffect(() => {
    if (pending.length === 0) return
    widget.definition.whole().then(
      (fields) => {
        labels.value = pendingLabels(fields, pending)
      },
      (error: unknown) => {
        // The form says that it could not be fetched, and the page hears of a wrong definition from there.
        if (!isLatchkeyError(error) && !(error instanceof TypeError)) throw error
      },
    )
  }, [pending])
  // Read only where there is something to say, so that nothing is drawn when they come.
  const known = (turn || pending.length > 0) && isDrawn.value ? texts.part.value : null
  return (
    // In the page before its text, so that screen readers announce it.
    <div role="status" class="latchkey-part">
      {known && turn ? <p class={part('notice')}>{known[turn]}</p> : null}
      {known && pending.length > 0 ? <p class={part('notice')}>{known.notStored(labels.value)}</p> : null}
    </div>
  )
}
