// The whole widget: the screen that stands now, its title and the way to the next.
import { useSignalEffect } from '@preact/signals'
import { useRef } from 'preact/hooks'
import type { Messages } from '../i18n/messages.ts'
import { type ScreenName, screens } from '../state/screens.ts'
import type { Widget } from '../state/widget.ts'
import type { CustomControls } from './custom-controls.ts'
import { errorText } from './error-texts.ts'
import { FormView } from './form.tsx'
import { part } from './part.ts'

export interface WidgetProps {
  readonly widget: Widget
  readonly messages: Messages
  readonly controls: CustomControls
  readonly prefix: string
}

export function WidgetView({ widget, messages, controls, prefix }: WidgetProps) {
  const view = widget.view.value
  const title = useRef<HTMLHeadingElement>(null)
  useSignalEffect(() => {
    // The control that led here is gone with its screen; focus must not fall to the page's body (WCAG 2.4.3).
    if (widget.view.value.kind === 'screen' && widget.moved.value) title.current?.focus()
  })
  return (
    <div
      class={part('card')}
      lang={messages.language}
      data-screen={view.kind === 'screen' ? view.screen : undefined}
      aria-busy={view.kind === 'loading'}
    >
      {view.kind === 'loading' ? (
        <div class={part('loading')}>
          <p role="status" class={part('visually-hidden')}>
            {messages.loading}
          </p>
          <span class={part('skeleton')} />
          <span class={part('skeleton')} />
          <span class={part('skeleton')} />
        </div>
      ) : view.kind === 'failed' ? (
        <div class={part('form')}>
          <div role="alert" class={part('summary')}>
            <p class={part('summary-title')}>{errorText(messages, view.error)}</p>
          </div>
          <button type="button" class={part('submit')} onClick={() => void widget.load()}>
            {messages.tryAgain}
          </button>
        </div>
      ) : (
        <>
          <div class={part('header')}>
            <h2 id={`${prefix}-title`} ref={title} tabIndex={-1} class={part('title')}>
              {messages.screens[view.screen].title}
            </h2>
            {screens[view.screen].signedIn ? <Account widget={widget} messages={messages} /> : null}
          </div>
          <FormView
            key={view.screen}
            widget={widget}
            screen={view.screen}
            messages={messages}
            controls={controls}
            prefix={prefix}
          />
          <Links widget={widget} screen={view.screen} messages={messages} />
        </>
      )}
    </div>
  )
}

function Account({ widget, messages }: Omit<WidgetProps, 'prefix' | 'controls'>) {
  const session = widget.session.value
  return (
    <div class={part('account')}>
      {session.status === 'signedIn' ? <p class={part('hint')}>{messages.signedInAs(session.user.email)}</p> : null}
      <button type="button" class={part('secondary')} onClick={() => void widget.logOut()}>
        {messages.logOut}
      </button>
    </div>
  )
}

function Links({
  widget,
  screen,
  messages,
}: Omit<WidgetProps, 'prefix' | 'controls'> & { readonly screen: ScreenName }) {
  const { link } = screens[screen]
  if (!link) return null
  const [question, label] = link === 'signUp' ? messages.toSignUp : messages.toLogin
  return (
    <p class={part('links')}>
      {question}{' '}
      <button type="button" class={part('link')} onClick={() => widget.go(link)}>
        {label}
      </button>
    </p>
  )
}
