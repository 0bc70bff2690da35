// The build makes this module from the folder `styles`.
declare module 'virtual:latchkey-styles' {
  /** The whole style sheet, hardened. */
  export const styles: string
}
