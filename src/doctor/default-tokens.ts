// What the tokens of the style sheet are where a site sets none; a test holds them to `styles/tokens.css`.

export const DEFAULT_TOKENS: Readonly<Record<string, string>> = {
  '--latchkey-color-scheme': 'light dark',
  '--latchkey-accent': 'light-dark(#2f4cdd, #9db2ff)',
  '--latchkey-accent-strong': 'light-dark(#2239b3, #bccaff)',
  '--latchkey-on-accent': 'light-dark(#ffffff, #10142b)',
  '--latchkey-surface': 'light-dark(#ffffff, #16181d)',
  '--latchkey-field': 'light-dark(#ffffff, #1d2027)',
  '--latchkey-text': 'light-dark(#16181d, #f1f3f7)',
  '--latchkey-muted': 'light-dark(#565c69, #aab1bf)',
  '--latchkey-border': 'light-dark(#e2e5eb, #2d313a)',
  '--latchkey-control-border': 'light-dark(#828998, #7d8493)',
  '--latchkey-danger': 'light-dark(#b3261e, #ff9d94)',
  '--latchkey-danger-surface': 'light-dark(#fdf0ef, #2c1a1b)',
  '--latchkey-success': 'light-dark(#17693c, #7fd6a3)',
  '--latchkey-shadow': 'light-dark(rgb(22 24 29 / 12%), rgb(0 0 0 / 50%))',
  '--latchkey-radius': '10px',
  '--latchkey-space': '8px',
  '--latchkey-font': 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  '--latchkey-font-size': '16px',
  '--latchkey-width': '420px',
  '--latchkey-width-profile': '560px',
}
