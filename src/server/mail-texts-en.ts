// The mails in English.
import type { MailTexts } from './mail-texts.ts'

const within = (hours: number) => `The link works once, within ${hours === 1 ? 'an hour' : `${hours} hours`}.`

const notYou = 'If this was not you, set a new password with "Forgot password?" on the log-in page.'

export const mailTextsEn: MailTexts = {
  language: 'en',
  verify: ({ siteName, email, hours }) => ({
    subject: `Confirm your e-mail address for ${siteName}`,
    before: [`Somebody, most likely you, has just signed up at ${siteName} with the address ${email}.`],
    link: 'Confirm the address',
    after: [within(hours), 'If this was not you, ignore this mail and do not open the link: nothing will happen.'],
  }),
  signUpAgain: ({ siteName, email }) => ({
    subject: `You have an account at ${siteName} already`,
    before: [
      `Somebody, most likely you, has tried to sign up at ${siteName} with the address ${email}, which has an account.`,
      'You can log in, or set a new password with "Forgot password?" on the log-in page.',
    ],
    link: '',
    after: ['If this was not you, ignore this mail: nothing has changed.'],
  }),
  reset: ({ siteName, email, hours }) => ({
    subject: `Set a new password for ${siteName}`,
    before: [`Somebody, most likely you, has asked for a new password for the account ${email} at ${siteName}.`],
    link: 'Set a new password',
    after: [within(hours), 'If this was not you, ignore this mail: your password stays as it is.'],
  }),
  confirmChange: ({ siteName, email, hours }) => ({
    subject: `Confirm your new e-mail address for ${siteName}`,
    before: [`${email} is to be the new address of an account at ${siteName}.`],
    link: 'Confirm the address',
    after: [within(hours), 'If this was not you, ignore this mail and do not open the link: nothing will happen.'],
  }),
  emailChanged: ({ siteName, email }) => ({
    subject: `The e-mail address of your account at ${siteName} was changed`,
    before: [`The account ${email} at ${siteName} has another e-mail address now.`],
    link: '',
    after: ['If this was not you, write to us at once: somebody else is using your account.'],
  }),
  passwordChanged: ({ siteName, email }) => ({
    subject: `The password of your account at ${siteName} was changed`,
    before: [`The account ${email} at ${siteName} has a new password. Everywhere else you were logged out.`],
    link: '',
    after: [notYou],
  }),
  accountDeleted: ({ siteName, email }) => ({
    subject: `Your account at ${siteName} was deleted`,
    before: [`The account ${email} at ${siteName} was deleted, with everything in it.`],
    link: '',
    after: ['If this was not you, write to us.'],
  }),
}
