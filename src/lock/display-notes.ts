// The options for how Lock looked and behaved, with what to say about each.
import type { OptionNotes } from './option-notes.ts'

const LEAVE_OUT = 'Leave it out.'

/** How Lock looked and behaved. */
export const DISPLAY: OptionNotes = {
  allowedConnections: {
    message:
      'Lock offered these connections, social and enterprise ones among them; here one form logs in by e-mail and password at your backend. Put buttons for other providers beside it.',
  },
  autoclose: {
    message: 'Lock stayed open after a log-in; here the dialog closes. Mount inline to stay on the page.',
    same: [true],
  },
  avatar: {
    message:
      'Lock looked up a picture for the address being typed; here nobody is asked about an address. Show one of your own when signedIn tells who it is.',
  },
  language: {
    message:
      'Lock loaded its texts in this language; here they are handed in. Give them as messages to createLatchkey.',
    same: ['en'],
  },
  popupOptions: { message: `Lock opened a window of this size for other providers; here none is opened. ${LEAVE_OUT}` },
  rememberLastLogin: {
    message: 'Lock offered the account used last; here no page remembers one, the password manager does.',
    same: [false],
  },
  allowAutocomplete: {
    message:
      'Lock could switch autofill off; here every control names what it takes, for password managers (WCAG 1.3.5).',
    same: [true],
  },
  allowPasswordAutocomplete: {
    message: 'Lock could keep password managers out; here they are always welcome.',
    same: [true],
  },
  allowShowPassword: {
    message: 'Lock could leave out the way to show the password; here it is always there.',
    same: [true],
  },
  scrollGlobalMessagesIntoView: {
    message: 'Lock could leave a message out of view; here the focus moves to what went wrong.',
    same: [true],
  },
  preferConnectionDisplayName: {
    message: `Lock named enterprise connections by it; here there are none. ${LEAVE_OUT}`,
    same: [false],
  },
  forceAutoHeight: {
    message: `Lock could fill the height of its container; here the card is as high as what it holds. ${LEAVE_OUT}`,
    same: [true],
  },
  mobile: {
    message: `Lock drew its layout for phones; here the layout follows the room there is. ${LEAVE_OUT}`,
    same: [false],
  },
  disableWarnings: {
    message: 'Lock kept its warnings off the console; here they are these notes, and nothing is logged.',
  },
  flashMessage: {
    message:
      'Lock drew it above the form when handed to show(); here it has no place. Write it into the page beside the widget.',
  },
  emailFirst: { message: `Lock had it in its types only; it did nothing and is left out. ${LEAVE_OUT}` },
  socialButtonStyle: { message: `Lock had dropped it; there are no social buttons here. ${LEAVE_OUT}` },
}

/** How Lock looked. */
export const THEME: OptionNotes = {
  logo: {
    message: 'Lock drew this picture above the form; here there is none. Put it into the page above the widget.',
  },
  primaryColor: {
    message: 'Lock coloured header and button with it; here the page sets --latchkey-accent in its own style.',
  },
  labeledSubmitButton: {
    message: "Lock drew an arrow in place of the button's text; here the button always says what it does.",
    same: [true],
  },
  hideMainScreenTitle: {
    message: 'Lock left out its title; here every screen has one, so that it can be named (WCAG 2.4.6).',
    same: [false],
  },
  authButtons: {
    message: 'Lock styled the buttons of other providers; here there are none. Put your own beside the widget.',
  },
}
