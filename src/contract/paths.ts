// Where the account contract's calls are.

/** Paths of the account contract, relative to its base address. */
export const PATHS = {
  signUp: '/signup',
  logIn: '/login',
  logOut: '/logout',
  session: '/session',
  profile: '/me',
} as const

/** Paths of calls that a server of the contract may leave out. */
export const OPTIONAL_PATHS = {
  refresh: '/token',
  config: '/config',
  forgotPassword: '/password/forgot',
  resetPassword: '/password/reset',
  verifyEmail: '/email/verify',
  resendEmail: '/email/resend',
  changeEmail: '/me/email',
  changePassword: '/me/password',
  sessions: '/me/sessions',
  exportAccount: '/me/export',
} as const
