// What the forms do when they are sent, and what a log-out does: fetched with the first of them.
import type { ReadonlySignal, Signal } from '@preact/signals'
import { systemEnvironment } from '../client/environment.ts'
import { onDemand } from '../client/on-demand.ts'
import { isLatchkeyError } from '../contract/errors.ts'
import type { Profile } from '../contract/profile.ts'
import type { Control } from './control.ts'
import type { FieldForm } from './field-form.ts'
import type { Form } from './form.ts'
import { saveProfile } from './profile-action.ts'
import { publicUser } from './public-user.ts'
import { redirectAddress } from './redirect.ts'
import type { ScreenName } from './screens.ts'
import type { Turn, WidgetOptions } from './widget.ts'

/** What an action knows of the widget it belongs to, and may do to it. */
export interface Stage extends WidgetOptions {
  /** The screens' forms that were made so far. */
  readonly forms: ReadonlyMap<ScreenName, Form>
  form(screen: ScreenName): Form
  readonly turn: Signal<Turn | null>
  /** Whose profile the form is for: who is signed in, or whose session ended while they were at it. */
  readonly profile: ReadonlySignal<Profile | null>
  /** Whether this is the person whose session ended while they were at their profile. */
  isReturning(user: Profile): boolean
  /** Forgets what was typed on a screen. */
  leave(screen: ScreenName): void
  /** Leads to the log-in with who logs in filled in, and what comes before. */
  logInAs(email: string, turn: Turn | null): void
}

type Action = (
  stage: Stage,
  controls: readonly Control[],
  made: FieldForm | null,
) => Promise<'saved' | 'unchanged' | 'idle'>

export const actions: Readonly<Record<ScreenName, Action>> = {
  async login(stage, controls) {
    const { client, session, events, definition, aborted } = stage
    const identifier = textOf(controls, 'identifier').trim()
    const credentials = { identifier, password: textOf(controls, 'password'), ...remembering(controls) }
    const logIn = () => client.logIn(credentials, { signal: aborted })
    const page = await logInPage(stage)
    const answer = page ? await page.logInOrGo(stage, identifier, logIn) : await logIn()
    forget(controls)
    if (!answer) return 'idle'
    const isReturn = stage.isReturning(answer.user)
    session.take(answer)
    events.emit('signedIn', { user: await publicUser(definition, answer.user), pending: answer.pending })
    if (!isReturn) redirect(stage)
    return 'idle'
  },
  async signUp(stage, controls, made) {
    const { client, session, events, definition, loginAfterSignUp, aborted } = stage
    const { user_metadata, root } = made?.creation() ?? { user_metadata: {}, root: {} }
    const [email, username] = [textOf(controls, 'email').trim(), textOf(controls, 'username').trim()]
    const credentials = { email, password: textOf(controls, 'password'), ...(username && { username }) }
    const account = { ...credentials, ...root, ...remembering(controls), user_metadata }
    const answer = await client.signUp({ ...account, ...(!loginAfterSignUp && { logIn: false }) }, { signal: aborted })
    forget(controls)
    const { needsVerification = false, needsRedirect = false } = answer
    const isSignedIn = loginAfterSignUp && !needsVerification && !needsRedirect
    if (isSignedIn) session.take(answer)
    else stage.logInAs(email, needsVerification ? 'addressToConfirm' : 'accountMade')
    stage.leave('signUp')
    const detail = { user: await publicUser(definition, answer.user), pending: answer.pending }
    events.emit('signedUp', needsVerification ? { ...detail, needsVerification } : detail)
    if (needsRedirect) await (await logInPage(stage))?.goToLogInPage(stage, email)
    if (!isSignedIn) return 'idle'
    events.emit('signedIn', detail)
    redirect(stage)
    return 'idle'
  },
  async profile(stage, _, made) {
    try {
      return await saveProfile(made, stage)
    } catch (error) {
      if (!isLatchkeyError(error) || error.code !== 'unauthenticated') throw error
      stage.session.end()
      stage.events.emit('error', { error, screen: 'profile' })
      return 'idle'
    }
  },
}

/** Asks who is signed in, and before that, whether somebody came back from the log-in page. */
export async function load(stage: Stage): Promise<void> {
  const page = await logInPage(stage)
  await (page ? page.comeBack(stage) : stage.session.load())
}

export async function logOut(stage: Stage): Promise<void> {
  const { client, session, events, backend, aborted } = stage
  let failure: unknown = null
  try {
    await client.logOut({ signal: aborted })
  } catch (error) {
    // Tokens are forgotten whatever the server says to it; a cookie is the server's.
    if (backend.capabilities.session === 'cookie') throw error
    failure = error
  }
  stage.logInAs('', null)
  session.take(null)
  stage.leave('signUp')
  events.emit('signedOut', {})
  if (failure) throw failure
  const { environment = systemEnvironment() } = stage
  const page = environment.location()
  // Else those pages would log in whoever comes next as who was here before.
  if (backend.redirect?.only && page !== null)
    environment.goTo(backend.redirect.logOutAddress(page.replace(/[?#].*$/, '')))
}

/** Fetched where there is such a page. */
async function logInPage({ backend }: Stage) {
  return backend.redirect ? onDemand(() => import('./log-in-page.ts')) : null
}

function textOf(controls: readonly Control[], name: string): string {
  return String(controls.find((control) => control.name === name)?.value.value ?? '')
}

/** Said only where the person was asked. */
function remembering(controls: readonly Control[]): { readonly remember?: boolean } {
  const asked = controls.find(({ name }) => name === '$remember')
  return asked ? { remember: asked.value.value === true } : {}
}

/** A password is of no use once it was accepted. */
function forget(controls: readonly Control[]): void {
  for (const control of controls) if (control.name === 'password') control.value.value = ''
}

/** Goes where the site wants people to go after a log-in. */
export function redirect({ redirectTo, environment = systemEnvironment() }: Stage): void {
  if (redirectTo !== null) environment.goTo(redirectAddress(redirectTo, 'redirectTo', environment.location()))
}
