// A control of a kind that not every form has: its part of the library is fetched when the first one is drawn.
import { type Signal, signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Field } from '../fields/field.ts'
import type { ControlMessages, Messages } from '../i18n/messages.ts'
import { type ControlProps, Labelled } from './control-frame.tsx'
import { part } from './part.ts'
import { adoptStyles } from './styles.ts'

type Controls = typeof import('./more-controls.tsx')

interface Fetched {
  readonly status: 'loading' | 'ready' | 'failed'
  readonly controls: Controls | null
  readonly texts: ReadonlyMap<Messages, ControlMessages>
}

/** One for the page: the code is fetched once, the texts once a language. */
const fetched: Signal<Fetched> = signal({ status: 'loading', controls: null, texts: new Map() })

async function fetchControls(messages: Messages): Promise<void> {
  const { texts } = fetched.peek()
  if (texts.has(messages) && fetched.peek().status === 'ready') return
  fetched.value = { ...fetched.peek(), status: 'loading' }
  try {
    const [controls, own] = await Promise.all([import('./more-controls.tsx'), messages.controls()])
    fetched.value = { status: 'ready', controls, texts: new Map([...fetched.peek().texts, [messages, own]]) }
  } catch {
    fetched.value = { ...fetched.peek(), status: 'failed' }
  }
}

export function FetchedControl(props: ControlProps & { readonly field: Field }) {
  const { messages } = props
  const { status, controls, texts } = fetched.value
  const own = texts.get(messages)
  useEffect(() => {
    void fetchControls(messages)
  }, [messages])
  useEffect(() => (controls ? adoptStyles(document, controls.styles) : undefined), [controls])
  if (controls && own) return <controls.MoreControl {...props} texts={own} />
  if (status !== 'failed')
    return (
      <Labelled {...props}>
        <span id={props.id} class={part('skeleton')} />
      </Labelled>
    )
  return (
    <Labelled {...props}>
      <button id={props.id} type="button" class={part('secondary')} onClick={() => void fetchControls(messages)}>
        {messages.tryAgain}
      </button>
    </Labelled>
  )
}
