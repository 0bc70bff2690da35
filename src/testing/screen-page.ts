// Page objects: what a site's own test says about a form, by the labels a person reads, on a page in memory or in a real browser.
import { createDomHands } from './dom-hands.ts'
import type { Hands, PageScreen, PageValue } from './hands.ts'
import { createPlaywrightHands, type PlaywrightPage } from './playwright-hands.ts'

export interface ScreenPage {
  /**
   * Fills in controls by their labels, waiting for those that are fetched. Choices are named by their own labels.
   * Rejects with TypeError for a label that does not come, or a value that the control does not take.
   *
   * @example
   * await page.fill({ Company: 'Acme', Size: 'large', News: true, Topics: ['News', 'Offers'] })
   */
  fill(values: Readonly<Record<string, PageValue>>): Promise<void>
  /** What the control with this label holds. */
  value(label: string): Promise<PageValue>
  /** Sends the form, or goes to its next step, and waits for the outcome. */
  submit(): Promise<void>
  /** Presses the button with this name, such as one that leads to another screen. */
  press(name: string): Promise<void>
  /** What the form says is wrong, as a person reads it; empty when nothing is. */
  errors(): Promise<readonly string[]>
  /** What the form says went well, such as "Saved"; empty when nothing did. */
  status(): Promise<string>
}

export interface SignUpPage extends ScreenPage {
  /** Signs up with these values; the form may refuse, which `errors` tells. */
  signUp(email: string, password: string, values?: Readonly<Record<string, PageValue>>): Promise<void>
}

export interface LogInPage extends ScreenPage {
  logIn(email: string, password: string): Promise<void>
}

export interface ProfilePage extends ScreenPage {
  /** Changes these values and saves them. */
  save(values: Readonly<Record<string, PageValue>>): Promise<void>
}

/** An element that a widget is drawn in, or anything around it; or a page of Playwright. */
export type PageTarget = Element | PlaywrightPage

/**
 * The sign-up form.
 *
 * @example
 * const page = signUpPage(document.body)
 * await page.signUp('ana@example.org', 'correct horse', { Company: 'Acme' })
 * expect(await page.errors()).toEqual([])
 */
export function signUpPage(target: PageTarget): SignUpPage {
  const { hands, page } = pageOf(target, 'signUp')
  return {
    ...page,
    async signUp(email, password, values = {}) {
      await hands.arrive()
      await hands.putOwn('email', email)
      await hands.putOwn('password', password)
      await page.fill(values)
      await hands.submit()
    },
  }
}

/** The log-in form. */
export function logInPage(target: PageTarget): LogInPage {
  const { hands, page } = pageOf(target, 'login')
  return {
    ...page,
    async logIn(email, password) {
      await hands.arrive()
      await hands.putOwn('email', email)
      await hands.putOwn('password', password)
      await hands.submit()
    },
  }
}

/** The profile form of the person who is signed in. */
export function profilePage(target: PageTarget): ProfilePage {
  const { hands, page } = pageOf(target, 'profile')
  return {
    ...page,
    async save(values) {
      await page.fill(values)
      await hands.submit()
    },
  }
}

function pageOf(target: PageTarget, screen: PageScreen): { readonly hands: Hands; readonly page: ScreenPage } {
  const hands = 'getByLabel' in target ? createPlaywrightHands(target, screen) : createDomHands(target, screen)
  const page: ScreenPage = {
    async fill(values) {
      await hands.arrive()
      for (const [label, value] of Object.entries(values)) await hands.put(label, value)
    },
    async value(label) {
      await hands.arrive()
      return hands.read(label)
    },
    async submit() {
      await hands.arrive()
      await hands.submit()
    },
    press: hands.press,
    errors: hands.errors,
    status: hands.status,
  }
  return { hands, page }
}
