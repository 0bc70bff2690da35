// The options for what Lock did with Auth0 and other providers, with what to say about each.
import type { OptionNotes } from './option-notes.ts'

const LEAVE_OUT = 'Leave it out.'

/** Enterprise, passwordless, hosting and the rest. */
export const OTHER: OptionNotes = {
  defaultEnterpriseConnection: {
    message: `Lock logged in through this enterprise connection; here there are none. ${LEAVE_OUT}`,
  },
  defaultADUsernameFromEmailPrefix: {
    message: `Lock filled in the user name of enterprise connections; here there are none. ${LEAVE_OUT}`,
    same: [false],
  },
  connectionResolver: {
    message:
      'Lock asked it which database an account is in; here the backend you hand in is used. Decide before createLatchkey, or on your server.',
  },
  passwordlessMethod: {
    message: 'Lock sent a code or a link in place of a password; here there is no way in without one yet.',
  },
  useCustomPasswordlessConnection: {
    message: 'Lock took a passwordless connection by name; here there is no way in without a password yet.',
    same: [false],
  },
  defaultLocation: {
    message: `Lock chose the country of a phone number by it; here no code is sent to a phone. ${LEAVE_OUT}`,
  },
  configurationBaseUrl: {
    message: `Lock loaded the settings of the application from there; here none are loaded. ${LEAVE_OUT}`,
  },
  clientBaseUrl: {
    message: `Lock loaded the settings of the application from there; here none are loaded. ${LEAVE_OUT}`,
  },
  assetsUrl: {
    message: `Lock loaded settings and texts from there; here nothing is loaded from elsewhere. ${LEAVE_OUT}`,
  },
  languageBaseUrl: {
    message: 'Lock loaded its texts from there; here they are handed in. Give them as messages to createLatchkey.',
  },
  overrides: { message: 'Lock took other addresses and keys of the tenant from it; here your backend knows them.' },
  hashCleanup: {
    message: `Lock took the answer of a log-in off the page's address; here no answer comes that way. ${LEAVE_OUT}`,
  },
  leeway: { message: 'Lock allowed for clocks that differ when it read tokens; here no token is read in the browser.' },
  legacySameSiteCookie: {
    message: `Lock set a second cookie for old browsers; here your server sets the only one. ${LEAVE_OUT}`,
    same: [false],
  },
  plugins: { message: 'Lock ran them for other platforms; here there are none.' },
  hooks: {
    message:
      'Lock called them before it logged in or signed up, without the values; here a check of values belongs to the validate of a field, and to your server.',
  },
  __useTenantInfo: {
    message: `Lock loaded the settings of the whole tenant; here none are loaded. ${LEAVE_OUT}`,
    same: [false],
  },
  _sendTelemetry: { message: 'Lock sent its name and version with every request; here nothing is.', same: [false] },
  _telemetryInfo: { message: `Lock sent it with every request; here nothing is. ${LEAVE_OUT}` },
  _enableIdPInitiatedLogin: {
    message: 'Lock believed a log-in it had not asked for; here a session comes from your server only.',
    same: [false],
  },
  _enableImpersonation: {
    message: 'Lock believed a log-in it had not asked for; here a session comes from your server only.',
    same: [false],
  },
}

/** How Lock spoke to Auth0. */
export const AUTH: OptionNotes = {
  params: {
    message:
      'Lock sent them, the scope among them, to Auth0; here the calls take none. Say them where your server speaks to Auth0.',
  },
  redirect: { message: 'Lock left the page to log in, or opened a window; here logging in stays on the page.' },
  redirectUrl: {
    message: 'Lock led there after a log-in; here createLatchkey({ redirectTo }) does, within the site.',
  },
  redirectUri: {
    message: 'Lock ignored it with a warning; here createLatchkey({ redirectTo }) leads on, within the site.',
  },
  responseType: {
    message: "Lock asked Auth0 for this kind of answer; here the answer is the person's profile and a session cookie.",
  },
  responseMode: { message: 'Lock had the answer of a log-in come this way; here it is the answer of the call itself.' },
  audience: {
    message: 'Lock asked for a token for this API; here your server keeps the tokens. Name the audience there.',
  },
  state: { message: 'Lock sent it along and got it back; here the page is never left.' },
  nonce: { message: 'Lock held tokens to it; here no token is read in the browser.' },
  autoParseHash: {
    message: "Lock read the answer of a log-in from the page's address; here no answer comes that way.",
    same: [false],
  },
  sso: {
    message:
      'Lock asked Auth0 whether somebody is logged in elsewhere; here your server is asked. Call latchkey.load().',
    same: [false],
  },
  connectionScopes: { message: 'Lock asked other providers for these rights; here there are none.' },
}
