// The state of one widget on the page: its screen, its forms, and what each form does when it is submitted.
import { batch, effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals'
import type { Client } from '../client/client.ts'
import type { Backend } from '../contract/backend.ts'
import { isLatchkeyError, LatchkeyError } from '../contract/errors.ts'
import type { JsonObject, JsonValue } from '../contract/json.ts'
import { decode, encode } from '../fields/codec.ts'
import { type Field, type Fields, type FieldValue, fieldsOn } from '../fields/definition.ts'
import { diff, isChanged, ownValue } from '../fields/diff.ts'
import { type Control, fieldControl, standardControl } from './control.ts'
import type { Events } from './events.ts'
import { createForm, type Form } from './form.ts'
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
  const { client, fields, session, events, aborted } = options
  const email: Signal<FieldValue> = signal(options.draft.get('email') ?? options.draft.get('identifier') ?? '')
  const moved = signal(false)
  const view = signal<View>(
    screens[options.screen].signedIn ? { kind: 'loading' } : { kind: 'screen', screen: options.screen },
  )
  const screen = () => (view.value.kind === 'screen' ? view.value.screen : options.screen)
  const forms = new Map<ScreenName, Form>()
  /** The metadata that the profile form was last filled from. */
  let base: JsonObject | null = null

  const actions: Readonly<
    Record<ScreenName, (controls: readonly Control[]) => Promise<'saved' | 'unchanged' | 'idle'>>
  > = {
    async login(controls) {
      const identifier = textOf(controls, 'identifier').trim()
      const answer = await client.logIn({ identifier, password: textOf(controls, 'password') }, { signal: aborted })
      forget(controls)
      session.take(answer)
      events.emit('signedIn', { user: answer.user })
      return 'idle'
    },
    async signUp(controls) {
      const input = { email: textOf(controls, 'email').trim(), password: textOf(controls, 'password') }
      const user_metadata = metadataOf(fieldsOn(fields, 'signUp'), controls)
      const answer = await client.signUp({ ...input, user_metadata }, { signal: aborted })
      forget(controls)
      session.take(answer)
      events.emit('signedUp', { user: answer.user })
      events.emit('signedIn', { user: answer.user })
      return 'idle'
    },
    async profile(controls) {
      const { value } = session.session
      if (value.status !== 'signedIn') throw new LatchkeyError('unauthenticated', 'nobody is signed in')
      const values = new Map(controls.map((control) => [control.name, control.value.value]))
      const intents = diff(fieldsOn(fields, 'profile'), value.user.user_metadata, values)
      const answer = await client.save(intents, { signal: aborted, version: value.version }).catch(async (error) => {
        // The newer profile comes in beside what the person changed, so that a second save is based on it.
        if (isLatchkeyError(error) && error.code === 'version_conflict')
          session.take(await client.getProfile({ signal: aborted }))
        throw error
      })
      if (!answer) return 'unchanged'
      session.take(answer)
      events.emit('saved', { user: answer.user })
      return 'saved'
    },
  }

  function form(name: ScreenName): Form {
    const existing = forms.get(name)
    if (existing) return existing
    const { controls: standard, fields: place } = screens[name]
    const shown = place ? fieldsOn(fields, place).filter((field) => field.type !== 'hidden') : []
    const controls = [
      ...standard.map((source) => standardControl(source, source.kind === 'email' ? email : signal(''))),
      ...shown.map((field) => fieldControl(field, () => (screens[name].signedIn ? base : null))),
    ]
    for (const control of controls) {
      const drafted = options.draft.get(control.name)
      if (drafted !== undefined) control.value.value = drafted
    }
    const made = createForm({
      controls,
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
  function follow(user_metadata: JsonObject): void {
    for (const { source, value } of form('profile').controls) {
      if (!('label' in source)) continue
      const edited =
        base !== null && isChanged(source, base, value.value) && isChanged(source, user_metadata, value.value)
      if (!edited) value.value = decode(source, ownValue(user_metadata, source.name))
    }
    base = user_metadata
  }

  const stop = effect(() => {
    const { value } = session.session
    untracked(() => {
      const elsewhere = view.value.kind !== 'screen' || !screens[view.value.screen].signedIn
      if (value.status === 'signedIn') {
        follow(value.user.user_metadata)
        if (elsewhere) go('profile')
      } else if (value.status === 'signedOut') {
        base = null
        forms.delete('profile')
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
      new Map(
        [...forms.values()].flatMap((made) => made.controls.map((control) => [control.name, control.value.value])),
      ),
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
    dispose: stop,
  }
}

function textOf(controls: readonly Control[], name: string): string {
  return String(controls.find((control) => control.name === name)?.value.value ?? '')
}

/** A password is of no use once it was accepted. */
function forget(controls: readonly Control[]): void {
  for (const control of controls) if (control.name === 'password') control.value.value = ''
}

function metadataOf(fields: readonly Field[], controls: readonly Control[]): JsonObject {
  const entries = fields.flatMap((field): [string, JsonValue][] => {
    const control = controls.find((candidate) => candidate.name === field.name)
    const value = encode(field, field.type === 'hidden' ? field.value : (control?.value.value ?? ''))
    return value === undefined ? [] : [[field.name, value]]
  })
  return Object.fromEntries(entries)
}
