// The state of one widget on the page: its screen, its forms, and what each form does when it is submitted.
import { batch, effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals'
import type { Client } from '../client/client.ts'
import type { Environment } from '../client/environment.ts'
import { reportUncaught } from '../client/uncaught.ts'
import type { Backend } from '../contract/backend.ts'
import { isLatchkeyError, LatchkeyError } from '../contract/errors.ts'
import type { JsonObject } from '../contract/json.ts'
import type { Profile } from '../contract/profile.ts'
import type { FieldValue } from '../fields/field.ts'
import { type Control, standardControl } from './control.ts'
import type { Events } from './events.ts'
import type { FieldForm } from './field-form.ts'
import { createFieldPart } from './field-part.ts'
import { createForm, type Form } from './form.ts'
import { saveProfile } from './profile-action.ts'
import { type ScreenName, screens } from './screens.ts'
import type { SessionState } from './session.ts'
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

export interface Widget {
  readonly view: ReadonlySignal<View>
  /** True after the person moved to another screen, which is when focus follows. */
  readonly moved: ReadonlySignal<boolean>
  readonly session: SessionState<JsonObject>['session']
  /** What the fetched parts take from the outside; undefined for the globals. */
  readonly environment: Environment | undefined
  form(screen: ScreenName): Form
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
  const { client, definition, session, events, environment, pressEnded, aborted } = options
  const email: Signal<FieldValue> = signal(options.draft.get('email') ?? options.draft.get('identifier') ?? '')
  const moved = signal(false)
  const view = signal<View>(
    screens[options.screen].signedIn ? { kind: 'loading' } : { kind: 'screen', screen: options.screen },
  )
  const screen = () => (view.value.kind === 'screen' ? view.value.screen : options.screen)
  const forms = new Map<ScreenName, Form>()
  let { draft } = options
  /** The signed-in person, whom the profile form follows. */
  const profile: Signal<Profile | null> = signal(null)
  const ended = new AbortController()

  const actions: Readonly<
    Record<
      ScreenName,
      (controls: readonly Control[], made: FieldForm | null) => Promise<'saved' | 'unchanged' | 'idle'>
    >
  > = {
    async login(controls) {
      const identifier = textOf(controls, 'identifier').trim()
      const answer = await client.logIn({ identifier, password: textOf(controls, 'password') }, { signal: aborted })
      forget(controls)
      session.take(answer)
      events.emit('signedIn', { user: await definition.publicUser(answer.user) })
      return 'idle'
    },
    async signUp(controls, made) {
      const { user_metadata, root } = made?.creation() ?? { user_metadata: {}, root: {} }
      const input = { email: textOf(controls, 'email').trim(), password: textOf(controls, 'password'), ...root }
      const answer = await client.signUp({ ...input, user_metadata }, { signal: aborted })
      forget(controls)
      session.take(answer)
      leave('signUp')
      events.emit('signedUp', { user: await definition.publicUser(answer.user) })
      events.emit('signedIn', { user: await definition.publicUser(answer.user) })
      return 'idle'
    },
    profile: (_, made) => saveProfile(made, options),
  }

  function form(name: ScreenName): Form {
    const existing = forms.get(name)
    if (existing) return existing
    const { controls: sources, fields: place, signedIn } = screens[name]
    const standard = sources.map((source) =>
      standardControl(source, source.kind === 'email' ? email : signal(''), pressEnded),
    )
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
      storesTexts: options.backend.capabilities.signUpValues.type === 'strings',
      ended: ended.signal,
    })
    // A failure stands in the place of the fields, and is said again by a submit; the page hears of its own mistake.
    part.load().catch((error) => {
      if (!isLatchkeyError(error)) reportUncaught(error)
    })
    const made = createForm({
      standard,
      part,
      action: () => actions[name](standard, part.form.value),
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

  function go(to: ScreenName): void {
    batch(() => {
      for (const made of forms.values()) made.settle()
      moved.value = true
      view.value = { kind: 'screen', screen: to }
    })
  }

  const stop = effect(() => {
    const { value } = session.session
    untracked(() => {
      const elsewhere = view.value.kind !== 'screen' || !screens[view.value.screen].signedIn
      if (value.status === 'signedIn') {
        profile.value = value.user
        if (elsewhere) go('profile')
      } else if (value.status === 'signedOut') {
        profile.value = null
        forms.delete('profile')
        if (view.value.kind !== 'screen' || !elsewhere) go('login')
      }
    })
  })

  return {
    view,
    moved,
    session: session.session,
    environment,
    form,
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
        await session.load()
      } catch (error) {
        if (!isLatchkeyError(error)) throw error
        if (error.code === 'aborted') return
        if (view.value.kind === 'loading') view.value = { kind: 'failed', error }
        events.emit('error', { error, screen: screen() })
      }
    },
    async logOut() {
      try {
        await client.logOut({ signal: aborted })
        email.value = ''
        session.take(null)
        leave('signUp')
        events.emit('signedOut', {})
      } catch (error) {
        if (!isLatchkeyError(error)) throw error
        events.emit('error', { error, screen: screen() })
        form('profile').refuse(error)
      }
    },
    dispose() {
      stop()
      ended.abort()
    },
  }
}

function textOf(controls: readonly Control[], name: string): string {
  return String(controls.find((control) => control.name === name)?.value.value ?? '')
}

/** An error without the values that two people wrote: some may be sensitive, and events tell everyone. */
function publicError(error: LatchkeyError): LatchkeyError {
  const { code, issues, status, conflicts } = error
  return conflicts.length > 0
    ? new LatchkeyError(code, 'somebody else changed it meanwhile', { issues, status })
    : error
}

/** A password is of no use once it was accepted. */
function forget(controls: readonly Control[]): void {
  for (const control of controls) if (control.name === 'password') control.value.value = ''
}
