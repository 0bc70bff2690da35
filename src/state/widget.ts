// The state of one widget on the page: its screen, its forms, and how it follows the session.
import { batch, effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals'
import type { Client } from '../client/client.ts'
import type { Environment } from '../client/environment.ts'
import { onDemand } from '../client/on-demand.ts'
import { reportUncaught } from '../client/uncaught.ts'
import type { Backend } from '../contract/backend.ts'
import { isLatchkeyError, LatchkeyError } from '../contract/errors.ts'
import type { JsonObject } from '../contract/json.ts'
import type { Profile } from '../contract/profile.ts'
import type { FieldValue } from '../fields/field.ts'
import type { Stage } from './actions.ts'
import { standardControl } from './control.ts'
import type { Events } from './events.ts'
import { createFieldPart } from './field-part.ts'
import { createForm, type Form } from './form.ts'
import { type Occasion, type Screen, type ScreenName, screens } from './screens.ts'
import type { Session, SessionState } from './session.ts'
import type { WholeFields } from './whole-fields.ts'

export interface WidgetOptions {
  readonly client: Client
  readonly backend: Backend
  readonly definition: WholeFields
  readonly session: SessionState<JsonObject>
  readonly events: Events<JsonObject>
  readonly screen: ScreenName
  /** Values to start from, by name of the control. */
  readonly draft: Draft
  /** Undefined for the globals, which the parts that need them read when they are fetched. */
  readonly environment: Environment | undefined
  /** Resolves once nothing on the page is pressed. */
  readonly pressEnded: () => Promise<void>
  /** Where the page goes after a log-in or sign-up; null stays. */
  readonly redirectTo: string | null
  readonly loginAfterSignUp: boolean
  /** Whether people are asked if they want to stay signed in. */
  readonly rememberMe: boolean
  /** Aborts when the widget is taken off the page. */
  readonly aborted: AbortSignal
}

/** What was typed and not sent, by name of the control. */
export type Draft = ReadonlyMap<string, FieldValue>

/** What stands on the page: a screen, a wait for the session, or the reason why it could not be read. */
export type View =
  | { readonly kind: 'screen'; readonly screen: ScreenName }
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: LatchkeyError }

/**
 * What brought the person to a screen without their doing: their session ended (`expired`), with edits that wait for
 * them to come back (`kept`); they came back to these (`returned`); or they made an account and now log in to it, where
 * need be once they have confirmed their e-mail address (`addressToConfirm`).
 */
export type Turn = 'expired' | 'kept' | 'returned' | 'accountMade' | 'addressToConfirm'

export interface Widget {
  readonly view: ReadonlySignal<View>
  /** True after the person moved to another screen, which is when focus follows even from nowhere. */
  readonly moved: ReadonlySignal<boolean>
  readonly turn: ReadonlySignal<Turn | null>
  readonly definition: WholeFields
  readonly session: SessionState<JsonObject>['session']
  /** What the fetched parts take from the outside; undefined for the globals. */
  readonly environment: Environment | undefined
  form(screen: ScreenName): Form
  /** Whether there is more to do here after a log-in: for who came for the profile, or was at it when the session ended. */
  staysAfterLogin(): boolean
  /** Where the screen's form posts to if the script breaks. */
  address(screen: ScreenName): string
  /** What stands in the controls now. */
  draft(): Draft
  go(screen: ScreenName): void
  /** Asks for the session and shows the screen that fits the answer. */
  load(): Promise<void>
  logOut(): Promise<void>
  dispose(): void
}

export function createWidget(options: WidgetOptions): Widget {
  const { definition, session, events, environment, pressEnded, rememberMe } = options
  const { redirect, capabilities } = options.backend
  const { usernames } = capabilities
  const email: Signal<FieldValue> = signal(options.draft.get('email') ?? options.draft.get('identifier') ?? '')
  // A user name is no address to sign up with.
  const identifier = usernames ? signal<FieldValue>('') : email
  const asked: Readonly<Record<Occasion, boolean>> = {
    ...{ emails: !usernames, usernames, rememberMe },
    passwords: !redirect?.only,
  }
  const moved = signal(false)
  const turn = signal<Turn | null>(null)
  const view = signal<View>(
    screens[options.screen].signedIn ? { kind: 'loading' } : { kind: 'screen', screen: options.screen },
  )
  const screen = () => (view.value.kind === 'screen' ? view.value.screen : options.screen)
  const forms = new Map<ScreenName, Form>()
  let { draft } = options
  let wasAtProfile = screens[options.screen].signedIn
  /** The person of the profile form: who is signed in, or whose session ended while they were at it. */
  const profile: Signal<Profile | null> = signal(null)
  const ended = new AbortController()
  const fetchActions = () => onDemand(() => import('./actions.ts'))

  const stage: Stage = {
    ...options,
    forms,
    form,
    turn,
    profile,
    isReturning: ({ id }) => isWaiting() && profile.value?.id === id,
    leave,
    logInAs(address, reason) {
      batch(() => {
        identify(address)
        if (reason) turn.value = reason
        go('login')
      })
    },
  }

  function form(name: ScreenName): Form {
    const existing = forms.get(name)
    if (existing) return existing
    const { controls: sources, fields: place, signedIn }: Screen = screens[name]
    const shared = { email, identifier }
    const standard = sources
      .filter(({ when }) => !when || asked[when])
      .map((source) => {
        const { name, kind } = source
        const value =
          name === 'email' || name === 'identifier' ? shared[name] : signal(kind === 'checkbox' ? false : '')
        return standardControl(source, value, pressEnded)
      })
    for (const control of standard) {
      const drafted = draft.get(control.name)
      if (drafted !== undefined) control.fill(drafted)
    }
    const part = createFieldPart({
      definition: place ? definition : null,
      screen: place ?? 'signUp',
      profile: signedIn ? profile : null,
      draft,
      environment,
      pressEnded,
      capabilities,
      ended: ended.signal,
    })
    // A failure stands in the place of the fields, and is said again by a submit; the page hears of its own mistake.
    part.load().catch((error) => {
      if (!isLatchkeyError(error)) reportUncaught(error)
    })
    const made = createForm({
      standard,
      part,
      async action() {
        const { actions } = await fetchActions()
        if (turn.value === 'returned') turn.value = null
        return actions[name](stage, standard, part.form.value)
      },
      onError: (error) => events.emit('error', { error: publicError(error), screen: name }),
    })
    forms.set(name, made)
    return made
  }

  /** What was typed there is of no more use, and the next person's business least of all. */
  function leave(name: ScreenName): void {
    forms.delete(name)
    draft = new Map()
  }

  function identify(address: string): void {
    email.value = address
    identifier.value = address
  }

  function go(to: ScreenName, isMoved = true): void {
    batch(() => {
      for (const made of forms.values()) made.settle()
      moved.value = isMoved
      view.value = { kind: 'screen', screen: to }
    })
  }

  /** Shows another screen because the session is another, which somebody may have done elsewhere. */
  const lead = (to: ScreenName) =>
    go(
      to,
      [...forms.values()].some(({ status }) => status.value === 'submitting'),
    )

  const isWaiting = () => turn.value === 'expired' || turn.value === 'kept'

  /** Brings the widget to what the session is now. */
  function follow(now: Session): void {
    const { value: person } = profile
    const isAtProfile = view.value.kind === 'screen' && screens[view.value.screen].signedIn
    if (now.status === 'signedIn') {
      const isOther = person !== null && person.id !== now.user.id
      if (isOther) leave('profile')
      turn.value = turn.value === 'kept' && !isOther ? 'returned' : null
      profile.value = now.user
      if (!isAtProfile || isOther) lead('profile')
    } else if (now.status === 'signedOut') {
      if (session.hasEnded() && person) {
        turn.value = forms.get('profile')?.part.form.value?.intents().length ? 'kept' : 'expired'
        wasAtProfile = true
        identify(person.email)
      } else {
        if (isWaiting()) turn.value = null
        profile.value = null
        forms.delete('profile')
      }
      if (view.value.kind !== 'screen' || isAtProfile) lead('login')
    }
  }

  const stop = effect(() => {
    const { value } = session.session
    untracked(() => batch(() => follow(value)))
  })

  return {
    view,
    moved,
    turn,
    definition,
    session: session.session,
    environment,
    form,
    staysAfterLogin: () => wasAtProfile,
    address: (name) => options.backend.address(screens[name].submit),
    draft: () =>
      new Map([
        ...draft,
        ...[...forms.values()].flatMap((made) =>
          made.controls.value.map((control) => [control.name, control.held()] as const),
        ),
      ]),
    go,
    async load() {
      if (view.value.kind === 'failed') view.value = { kind: 'loading' }
      try {
        await (redirect ? (await fetchActions()).load(stage) : session.load())
      } catch (error) {
        if (!isLatchkeyError(error)) throw error
        if (error.code === 'aborted') return
        if (view.value.kind === 'loading') view.value = { kind: 'failed', error }
        events.emit('error', { error, screen: screen() })
      }
    },
    async logOut() {
      try {
        await (await fetchActions()).logOut(stage)
      } catch (error) {
        if (!isLatchkeyError(error)) throw error
        events.emit('error', { error, screen: screen() })
        form(screen()).refuse(error)
      }
    },
    dispose() {
      stop()
      ended.abort()
    },
  }
}

/** An error without the values that two people wrote: some may be sensitive, and events tell everyone. */
function publicError(error: LatchkeyError): LatchkeyError {
  const { code, issues, status, conflicts } = error
  return conflicts.length > 0
    ? new LatchkeyError(code, 'somebody else changed it meanwhile', { issues, status })
    : error
}
