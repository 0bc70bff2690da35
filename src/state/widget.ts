// The state of one widget on the page: its screen, its forms, and what each form does when it is submitted.
import { batch, effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals'
import type { Client } from '../client/client.ts'
import type { Environment } from '../client/environment.ts'
import type { Backend } from '../contract/backend.ts'
import { isLatchkeyError, LatchkeyError } from '../contract/errors.ts'
import type { JsonObject } from '../contract/json.ts'
import { diff, isChanged } from '../fields/diff.ts'
import { type Fields, type FieldValue, fieldsOn } from '../fields/field.ts'
import { heldValue, type Stored, storedIn } from '../fields/stored.ts'
import { type Control, standardControl } from './control.ts'
import type { Events } from './events.ts'
import { createFieldForm, type FieldForm } from './field-form.ts'
import { createForm, type Form, type Step } from './form.ts'
import { prefill } from './prefill.ts'
import { publicUser } from './public-user.ts'
import { type ScreenName, screens } from './screens.ts'
import type { SessionState } from './session.ts'

export interface WidgetOptions {
  readonly client: Client
  readonly backend: Backend
  readonly fields: Fields
  readonly session: SessionState<JsonObject>
  readonly events: Events<JsonObject>
  readonly screen: ScreenName
  /** Values to start from, by name of the control. */
  readonly draft: Draft
  readonly environment: Environment
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
  const { client, fields, session, events, environment, aborted } = options
  const email: Signal<FieldValue> = signal(options.draft.get('email') ?? options.draft.get('identifier') ?? '')
  const moved = signal(false)
  const view = signal<View>(
    screens[options.screen].signedIn ? { kind: 'loading' } : { kind: 'screen', screen: options.screen },
  )
  const screen = () => (view.value.kind === 'screen' ? view.value.screen : options.screen)
  const forms = new Map<ScreenName, Form>()
  const fieldForms = new Map<ScreenName, FieldForm>()
  /** What the profile form was last filled from. */
  const base: Signal<Stored | null> = signal(null)
  const ended = new AbortController()

  const actions: Readonly<
    Record<ScreenName, (controls: readonly Control[]) => Promise<'saved' | 'unchanged' | 'idle'>>
  > = {
    async login(controls) {
      const identifier = textOf(controls, 'identifier').trim()
      const answer = await client.logIn({ identifier, password: textOf(controls, 'password') }, { signal: aborted })
      forget(controls)
      session.take(answer)
      events.emit('signedIn', { user: publicUser(fields, answer.user) })
      return 'idle'
    },
    async signUp(controls) {
      const { user_metadata, root } = formOf('signUp').creation()
      const input = { email: textOf(controls, 'email').trim(), password: textOf(controls, 'password'), ...root }
      const answer = await client.signUp({ ...input, user_metadata }, { signal: aborted })
      forget(controls)
      session.take(answer)
      events.emit('signedUp', { user: publicUser(fields, answer.user) })
      events.emit('signedIn', { user: publicUser(fields, answer.user) })
      return 'idle'
    },
    async profile() {
      const { value } = session.session
      if (value.status !== 'signedIn') throw new LatchkeyError('unauthenticated', 'nobody is signed in')
      const intents = diff(fieldsOn(fields, 'profile'), storedIn(value.user), formOf('profile').values())
      const answer = await client.save(intents, { signal: aborted, version: value.version }).catch(async (error) => {
        // The newer profile comes in beside what the person changed, so that a second save is based on it.
        if (isLatchkeyError(error) && error.code === 'version_conflict')
          session.take(await client.getProfile({ signal: aborted }))
        throw error
      })
      if (!answer) return 'unchanged'
      session.take(answer)
      events.emit('saved', { user: publicUser(fields, answer.user) })
      return 'saved'
    },
  }

  /** The site's fields on a screen, made together with its form. */
  function formOf(name: ScreenName): FieldForm {
    const existing = fieldForms.get(name)
    if (existing) return existing
    const { fields: place } = screens[name]
    const made = createFieldForm({
      fields: place ? fields : { ...fields, fields: [] },
      screen: place ?? 'signUp',
      stored: screens[name].signedIn ? base : signal(null),
      environment,
      ended: ended.signal,
    })
    fieldForms.set(name, made)
    return made
  }

  function form(name: ScreenName): Form {
    const existing = forms.get(name)
    if (existing) return existing
    const standard = screens[name].controls.map((source) =>
      standardControl(source, source.kind === 'email' ? email : signal('')),
    )
    const own = formOf(name).controls
    const controls = [...standard, ...own]
    for (const control of controls) {
      const drafted = options.draft.get(control.name)
      if (drafted !== undefined) control.fill(drafted)
      else if (name === 'signUp' && 'label' in control.source)
        prefill(control.source, control, environment, ended.signal)
    }
    const made = createForm({
      steps: name === 'signUp' ? stepsOf(standard, own) : [{ title: null, controls }],
      action: () => actions[name](controls),
      onError: (error) => events.emit('error', { error, screen: name }),
    })
    forms.set(name, made)
    return made
  }

  function go(to: ScreenName): void {
    batch(() => {
      for (const made of forms.values()) made.settle()
      moved.value = true
      view.value = { kind: 'screen', screen: to }
    })
  }

  // The profile form follows the session: it shows what is stored, but what the person changed meanwhile stays theirs.
  function follow(stored: Stored): void {
    const before = base.value
    batch(() => {
      base.value = stored
      for (const control of form('profile').controls) {
        const { source } = control
        if (!('label' in source)) continue
        const held = control.held()
        const edited = before !== null && isChanged(source, before, held) && isChanged(source, stored, held)
        if (!edited) control.fill(heldValue(source, stored))
      }
    })
  }

  const stop = effect(() => {
    const { value } = session.session
    untracked(() => {
      const elsewhere = view.value.kind !== 'screen' || !screens[view.value.screen].signedIn
      if (value.status === 'signedIn') {
        follow(storedIn(value.user))
        if (elsewhere) go('profile')
      } else if (value.status === 'signedOut') {
        base.value = null
        forms.delete('profile')
        fieldForms.delete('profile')
        if (view.value.kind !== 'screen' || !elsewhere) go('login')
      }
    })
  })

  return {
    view,
    moved,
    session: session.session,
    form,
    address: (name) => options.backend.address(screens[name].submit),
    draft: () =>
      new Map([...forms.values()].flatMap((made) => made.controls.map((control) => [control.name, control.held()]))),
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

/** A password is of no use once it was accepted. */
function forget(controls: readonly Control[]): void {
  for (const control of controls) if (control.name === 'password') control.value.value = ''
}

/** The steps of a sign-up: the first holds what has no step of its own. */
function stepsOf(standard: readonly Control[], own: readonly Control[]): readonly Step[] {
  const titleOf = ({ source }: Control) => ('label' in source ? source.signUpStep : null)
  const titles = [...new Set(own.map(titleOf))].filter((title) => title !== null)
  return [null, ...titles].map((title) => ({
    title,
    controls: [...(title === null ? standard : []), ...own.filter((control) => titleOf(control) === title)],
  }))
}
