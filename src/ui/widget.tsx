// The whole widget: the screen that stands now, its title and the way to the next.
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import type { Messages } from '../i18n/messages.ts'
import { type ScreenName, screens } from '../state/screens.ts'
import type { Turn, Widget } from '../state/widget.ts'
import type { CustomControls } from './custom-controls.ts'
import { errorText } from './error-texts.ts'
import { createFetched } from './fetched.ts'
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
  const card = useRef<HTMLDivElement>(null)
  const title = useRef<HTMLHeadingElement>(null)
  const before = useRef(view)
  const isHere = useRef(false)
  if (view !== before.current) {
    before.current = view
    const { activeElement, body } = document
    // Looked for before it is drawn: what the next screen hides loses the focus by itself, some time later.
    isHere.current = Boolean(card.current?.contains(activeElement)) || (widget.moved.value && activeElement === body)
  }
  const turn = widget.turn.value
  useLayoutEffect(() => {
    if (!isHere.current) return
    // The control that led here is gone with its screen; focus must not fall to the page's body (WCAG 2.4.3).
    title.current?.focus()
    // Who logs in is known already.
    if (turn && view.kind === 'screen' && view.screen === 'login')
      document.getElementById(`${prefix}-login-password`)?.focus()
  }, [view])
  return (
    <div
      ref={card}
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
          <NoticesView widget={widget} screen={view.screen} messages={messages} />
          {screensOf(view.screen, turn).map((screen) => (
            // Another person's form is another one, and has elements of its own.
            <FormView
              key={widget.form(screen)}
              widget={widget}
              screen={screen}
              hidden={screen !== view.screen}
              messages={messages}
              controls={controls}
              prefix={prefix}
            />
          ))}
          <Links widget={widget} screen={view.screen} messages={messages} />
        </>
      )}
    </div>
  )
}

/** The screen and, after it, the profile whose person may come back: it waits with what stands in its elements. */
function screensOf(screen: ScreenName, turn: Turn | null): readonly ScreenName[] {
  return turn === 'expired' || turn === 'kept' ? [screen, 'profile'] : [screen]
}

const notices = createFetched(() => import('./notices.tsx'))

/** What became of the session; its part is fetched with the first profile, before there is anything to say. */
function NoticesView(props: Pick<WidgetProps, 'widget' | 'messages'> & { readonly screen: ScreenName }) {
  const isNeeded = props.screen === 'profile' || props.widget.turn.value !== null
  useEffect(() => {
    if (isNeeded) notices.fetch()
  }, [isNeeded])
  const loaded = notices.part.value
  return isNeeded && loaded ? <loaded.Notices key={props.screen} {...props} /> : null
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
