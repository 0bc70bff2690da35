// English texts for a connection that is lost, and for a server that asks to wait.
import type { ConnectionMessages } from './messages.ts'

export const enConnection: ConnectionMessages = {
  offline: 'You are offline. What you typed stays here; send it once you are back.',
  back: 'You are back online.',
  retryIn: (seconds) =>
    seconds < 60
      ? `You can try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`
      : `You can try again in ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')} minutes.`,
  retryNow: 'You can try again now.',
}
