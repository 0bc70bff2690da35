// What a page object does to a page, in whichever way the page can be reached.

/** What is put into a control: its text, on or off, the choice by its label, or several choices. */
export type PageValue = string | number | boolean | readonly string[]

/** The screens that have a page object. */
export type PageScreen = 'login' | 'signUp' | 'profile'

/** What is done to a page, in whichever way it can be reached. */
export interface Hands {
  /** Waits until the screen is there. */
  arrive(): Promise<void>
  /** Puts a value into the control with this label, once it is there. */
  put(label: string, value: PageValue): Promise<void>
  /** Puts a text into one of the screen's own controls. */
  putOwn(kind: 'email' | 'password', text: string): Promise<void>
  read(label: string): Promise<PageValue>
  press(name: string): Promise<void>
  /** Submits, and waits for what becomes of it. */
  submit(): Promise<void>
  errors(): Promise<readonly string[]>
  status(): Promise<string>
}
