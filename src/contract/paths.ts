// Where the account contract's calls are.

/** Paths of the account contract, relative to its base address. */
export const PATHS = {
  signUp: '/signup',
  logIn: '/login',
  logOut: '/logout',
  session: '/session',
  profile: '/me',
} as const
