// What the tabs of one person tell each other: that somebody signed in or out, or that a profile was saved.
import { type Environment, systemEnvironment } from '../client/environment.ts'
import { isLatchkeyError } from '../contract/errors.ts'
import type { JsonObject } from '../contract/json.ts'
import type { Events } from './events.ts'
import { publicUser } from './public-user.ts'
import type { SessionState } from './session.ts'
import type { WholeFields } from './whole-fields.ts'

export interface TabsOptions {
  /** The account system, so that two of them on one origin are not mixed up. */
  readonly name: string
  readonly session: SessionState<JsonObject>
  readonly events: Events<JsonObject>
  readonly definition: WholeFields
  /** Undefined for the globals. */
  readonly environment: Environment | undefined
}

const NEWS = ['signedIn', 'signedOut', 'saved'] as const

/**
 * Tells the other tabs what happens here and takes in what happens there; the answer ends it. Only the news travels:
 * what it is about, each tab asks the backend for, as the person it is there.
 */
export function joinTabs(options: TabsOptions): () => void {
  const { name, session, events, definition, environment = systemEnvironment() } = options
  /** True while news of another tab is passed on in this one, which is no news to the others. */
  let isEcho = false

  function tell(passOn: () => void): void {
    isEcho = true
    passOn()
    isEcho = false
  }

  async function lookAgain(): Promise<void> {
    const before = session.session.peek().status
    try {
      await session.load()
    } catch (error) {
      // Nobody in this tab asked for anything; their next call says it.
      if (isLatchkeyError(error)) return
      throw error
    }
    const now = session.session.peek()
    if (now.status === before) return
    if (now.status === 'signedIn') {
      const user = await publicUser(definition, now.user)
      tell(() => events.emit('signedIn', { user, pending: now.pending }))
    } else tell(() => events.emit('signedOut', {}))
  }

  const channel = environment.openChannel(`latchkey ${name}`, (message) => {
    // What this tab never asked about, it has nothing to correct in.
    if (session.session.peek().status === 'unknown') return
    if (message !== 'signedOut') return void lookAgain()
    if (session.session.peek().status === 'signedOut') return
    session.take(null)
    tell(() => events.emit('signedOut', {}))
  })
  const stops = NEWS.map((news) =>
    events.on(news, () => {
      if (!isEcho) channel.post(news)
    }),
  )
  // A page that was kept aside while the person was elsewhere has heard nothing meanwhile.
  const stopReturning = environment.whenReturned(() => {
    if (session.session.peek().status !== 'unknown') void lookAgain()
  })
  return () => {
    for (const stop of [...stops, stopReturning]) stop()
    channel.close()
  }
}
