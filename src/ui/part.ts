// The class names of the widget's parts: stable, one per part, beside the one that shields it from the page's style.

export function part(name: string): string {
  return `latchkey-part latchkey-${name}`
}
