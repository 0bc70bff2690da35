// English, for what became of a session.
import type { NoticeMessages } from './messages.ts'

export const enNotices: NoticeMessages = {
  expired: 'Your session has ended. Log in again.',
  kept: 'Your session has ended. Log in again; what you changed is kept.',
  returned: 'You are logged in again. What you changed is not saved yet.',
  accountMade: 'Your account is made. Log in to it now.',
  addressToConfirm:
    'Follow the link in the message to your e-mail address, then log in. If you had an account already, there is no message: just log in.',
  notStored: (labels) =>
    labels.length > 0
      ? `Not stored yet: ${labels.join(', ')}. It is kept for your next log-in; you can also enter it here and save.`
      : 'Some of what you entered is not stored yet. It is kept for your next log-in.',
  fixed: 'The account system does not let this be changed here.',
}
