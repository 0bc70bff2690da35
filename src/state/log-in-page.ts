// Log-in on the account system's own page: what was typed here waits for the browser to be back; a credential never does.
import type { SignedIn } from '../client/client.ts'
import { systemEnvironment } from '../client/environment.ts'
import type { Code } from '../contract/codes.ts'
import { isLatchkeyError, type LatchkeyError } from '../contract/errors.ts'
import { isJsonObject, type JsonObject } from '../contract/json.ts'
import type { Profile } from '../contract/profile.ts'
import { redirect, type Stage } from './actions.ts'
import { type Control, everyIn } from './control.ts'
import type { Form } from './form.ts'
import { publicUser } from './public-user.ts'
import { type ScreenName, screenNames, screens } from './screens.ts'

/** What a form of the site's own cannot ask, and that page can. */
const FOR_THE_PAGE: readonly Code[] = ['mfa_required', 'captcha_required']

/** Logs in by the form where that can be, else leaves for the log-in page and answers null. */
export async function logInOrGo(
  stage: Stage,
  identifier: string,
  logIn: () => Promise<SignedIn>,
): Promise<SignedIn | null> {
  try {
    if (!stage.backend.redirect?.only) return await logIn()
  } catch (error) {
    if (!isLatchkeyError(error) || !FOR_THE_PAGE.includes(error.code)) throw error
  }
  await goToLogInPage(stage, identifier)
  return null
}

/** Leaves for the log-in page. */
export async function goToLogInPage(stage: Stage, identifier: string): Promise<void> {
  const { client, environment = systemEnvironment(), aborted } = stage
  const forms = Object.fromEntries([...stage.forms].map(([name, form]) => [name, typedIn(name, form)] as const))
  const keep: JsonObject = { user: stage.profile.value?.id ?? null, forms }
  environment.goTo(await client.startRedirect({ identifier, keep, signal: aborted }))
}

/** Takes the way back from it, if this is one, and puts what was typed back in its place; else asks who is signed in. */
export async function comeBack(stage: Stage): Promise<void> {
  const { backend, client, session, events, definition, aborted, environment = systemEnvironment() } = stage
  const kept = backend.redirect?.kept(environment) ?? {}
  let failure: LatchkeyError | null = null
  try {
    const answer = await client.finishRedirect({ signal: aborted })
    if (answer) {
      session.take(answer)
      events.emit('signedIn', { user: await publicUser(definition, answer.user), pending: answer.pending })
      if (!(await restore(stage, kept, answer.user))) redirect(stage)
      return
    }
  } catch (error) {
    if (!isLatchkeyError(error)) throw error
    failure = error
  }
  await session.load()
  const { value } = session.session
  await restore(stage, kept, value.status === 'signedIn' ? value.user : null)
  if (!failure) return
  const screen = screens[stage.screen].signedIn ? 'login' : stage.screen
  if (value.status !== 'signedIn') stage.form(screen).refuse(failure)
  events.emit('error', { error: failure, screen })
}

/** Nothing that is secret, and of a profile only what somebody changed. */
function typedIn(name: ScreenName, { controls, part }: Form): JsonObject {
  if (screens[name].signedIn && !part.form.value?.intents().length) return {}
  const kept = controls.value.filter((control) => !everyIn(control).some(isSecret))
  return Object.fromEntries(kept.map((control) => [control.name, control.held()]))
}

function isSecret({ source }: Control): boolean {
  return 'kind' in source ? source.kind === 'password' : source.sensitive
}

/** Whether edits of this very person's profile are back; nobody else's are, and no other form's where somebody is signed in. */
async function restore(stage: Stage, { user, forms }: JsonObject, person: Profile | null): Promise<boolean> {
  let isBack = false
  for (const name of screenNames) {
    const typed = isJsonObject(forms) ? forms[name] : null
    const { signedIn } = screens[name]
    const isWanted = signedIn ? person !== null && person.id === user : person === null
    if (!isWanted || !isJsonObject(typed) || Object.keys(typed).length === 0) continue
    const { part, controls } = stage.form(name)
    await part.load()
    for (const control of controls.value) {
      const value = Object.hasOwn(typed, control.name) ? typed[control.name] : undefined
      if (value !== undefined) control.fill(value)
    }
    if (signedIn) {
      stage.turn.value = 'returned'
      isBack = true
    }
  }
  return isBack
}
