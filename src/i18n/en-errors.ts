// English, for what can go wrong; fetched when a person begins to fill in a form.
import type { ErrorMessages } from './messages.ts'

export const enErrors: ErrorMessages = {
  required: 'This is needed.',
  not_an_option: 'Choose one of the options.',
  invalid_email: 'Enter an e-mail address such as name@example.com.',
  invalid_url: 'Enter an address such as https://example.com.',
  invalid_phone: 'Enter a phone number such as +44 20 7946 0000.',
  invalid_number: 'Enter a number such as 12 or 12.5.',
  invalid_date: 'Enter a date or time that exists.',
  invalid_color: 'Choose a colour.',
  value_too_small: ({ min }) => `Use ${min} or more.`,
  value_too_large: ({ max }) => `Use ${max} or less.`,
  invalid_step: ({ step }) => `Use steps of ${step}.`,
  too_few_items: ({ min }) => `Choose or add at least ${min}.`,
  too_many_items: ({ max }) => `Leave at most ${max}.`,
  refused: 'This value is not accepted.',
  check_failed: 'This could not be checked. Try again.',
  read_only: 'This may not be changed here.',
  hidden_field: 'This is not asked for here.',
  looks_like_secret: ({ kind }) =>
    kind === 'card' ? 'Do not enter a card number here.' : 'Do not enter a key or token here.',
  value_too_short: ({ min }) => `Use at least ${min} characters.`,
  value_too_long: ({ max }) => (max ? `Use at most ${max} characters.` : 'This is too long.'),
  pattern_mismatch: 'This is not in the expected form.',
  invalid_type: 'This kind of value cannot be stored here.',
  invalid_value: 'This contains a character that cannot be stored. Remove it and type it again.',
  value_too_deep: 'This value is nested too deeply.',
  password_weak: ({ min }) => (min ? `Use at least ${min} characters.` : 'Choose a stronger password.'),
  invalid_field_name: 'A field of this form has a name that cannot be stored.',
  reserved_field_name: 'A field of this form has a reserved name.',
  denied_field_name: 'A field of this form may not be changed here.',
  unknown_field: 'A field of this form is not known to the server.',
  invalid_request: ({ status }) => `The server did not understand the request${answer(status)}.`,
  metadata_too_large: 'This is more than your profile can hold. Shorten something.',
  payload_too_large: 'This is more than the server takes. Shorten something.',
  unsupported_media_type: 'The server does not take this kind of request.',
  method_not_allowed: 'The server does not take this kind of request.',
  unsupported: 'The server cannot store this change.',
  invalid_credentials: 'The e-mail address or the password is wrong.',
  username_taken: 'This user name is taken. Choose another one.',
  invalid_username: 'Use 2 to 30 letters, digits, dots, dashes or underscores.',
  user_exists: 'There is an account with this e-mail address. Log in instead.',
  account_blocked: 'This account is blocked. Ask the people who run this site.',
  email_unverified: 'Confirm your e-mail address first: follow the link in the message you got.',
  signup_rejected: 'An account cannot be made with these details. If you have one already, log in instead.',
  password_leaked: 'This password is known from a leak elsewhere. Choose another one.',
  captcha_required: 'This has to be confirmed on the log-in page of the account system.',
  mfa_required: 'This account asks for a second proof, on the log-in page of the account system.',
  insufficient_scope: ({ scope }) =>
    scope
      ? `This site may not do this for you: it lacks the right “${scope}”.`
      : 'The log-in does not allow this. Log in again.',
  unauthenticated: 'You are logged out. Log in again.',
  forbidden: ({ status }) => `The server refused this${answer(status)}.`,
  not_found: ({ status }) => `The server has nothing at this address${answer(status)}.`,
  version_conflict: 'Your profile was changed elsewhere. Check it and save again.',
  idempotency_key_reused: 'Something else was sent just before this. Try again.',
  request_in_progress: 'This is on its way already. Wait a moment.',
  rate_limited: 'Too many tries. Wait a moment and try again.',
  server_error: ({ status }) => `The server has a problem${answer(status)}. Nothing you typed is lost; try again.`,
  network: 'The server cannot be reached. Nothing you typed is lost; try again.',
  timeout: 'The server took too long. Nothing you typed is lost; try again.',
  aborted: 'This was stopped before it was done.',
  bad_response: ({ status }) =>
    `The server gave an answer that makes no sense${answer(status)}. Nothing you typed is lost; try again.`,
}

/** The status of an answer that there is no better word for. */
function answer(status: string | number | undefined): string {
  return status === undefined ? '' : ` (answer ${status})`
}
