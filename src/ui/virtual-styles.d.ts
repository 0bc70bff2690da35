// The build makes these modules from the folder `styles`.
declare module 'virtual:latchkey-styles' {
  /** The style of every form, hardened. */
  export const styles: string
}
declare module 'virtual:latchkey-styles/fields' {
  /** The style of the site's fields, hardened. */
  export const styles: string
}
declare module 'virtual:latchkey-styles/controls' {
  /** The style of the controls that are fetched on first use, hardened. */
  export const styles: string
}
declare module 'virtual:latchkey-styles/conflict' {
  /** The style of the question about a place that two people changed, hardened. */
  export const styles: string
}
