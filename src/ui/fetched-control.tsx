// A control of a kind that not every form has: its part of the library is fetched when the first one is drawn.
import { useEffect, useLayoutEffect } from 'preact/hooks'
import type { Field } from '../fields/field.ts'
import { type ControlProps, Labelled } from './control-frame.tsx'
import { createFetched, perLanguage } from './fetched.ts'
import { part } from './part.ts'
import { Retry } from './retry.tsx'
import { adoptStyles } from './styles.ts'

const controls = createFetched(() => import('./more-controls.tsx'))

const textsOf = perLanguage((messages) => messages.controls())

export function FetchedControl(props: ControlProps & { readonly field: Field }) {
  const { messages, id } = props
  const own = textsOf(messages)
  const fetch = () => {
    controls.fetch()
    own.fetch()
  }
  useEffect(fetch, [messages])
  const loaded = controls.part.value
  // Before the browser draws, and taken back at once when the form leaves the page.
  useLayoutEffect(() => (loaded ? adoptStyles(document, loaded.styles) : undefined), [loaded])
  if (loaded && own.part.value) return <loaded.MoreControl {...props} texts={own.part.value} />
  return (
    <Labelled {...props}>
      {controls.failed.value || own.failed.value ? (
        <div role="alert" class={part('failed')}>
          <p class={part('failed-text')}>{messages.partFailed}</p>
          <Retry id={id} messages={messages} onClick={fetch} />
        </div>
      ) : (
        <span id={id} class={part('skeleton')} />
      )}
    </Labelled>
  )
}
