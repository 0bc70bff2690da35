// The look of the panel with the findings: one for light and dark pages, held apart from the page by a shadow root.

export const PANEL_STYLE = `
:host {
  all: initial;
  position: fixed;
  inset-block-end: 16px;
  inset-inline-end: 16px;
  z-index: 2147483647;
  inline-size: min(520px, calc(100vw - 32px));
  color: #f1f3f7;
  color-scheme: dark;
  font: 400 14px / 1.5 system-ui, sans-serif;
}
section {
  display: block;
  background: #16181d;
  border: 1px solid #7d8493;
  border-radius: 10px;
  box-shadow: 0 8px 32px rgb(0 0 0 / 40%);
}
header {
  display: flex;
  gap: 12px;
  align-items: center;
  justify-content: space-between;
  padding: 10px 10px 10px 16px;
  border-block-end: 1px solid #2d313a;
}
p, ul { margin: 0; padding: 0; }
.title { font-weight: 650; }
button {
  min-block-size: 36px;
  padding: 6px 14px;
  color: inherit;
  background: transparent;
  border: 1px solid #7d8493;
  border-radius: 8px;
  font: inherit;
  cursor: pointer;
}
button:hover { border-color: currentColor; }
button:focus-visible, ul:focus-visible { outline: 2px solid #9db2ff; outline-offset: 2px; }
ul {
  max-block-size: min(320px, 40vh);
  overflow: auto;
  overflow-wrap: anywhere;
  list-style: none;
  border-end-start-radius: 10px;
  border-end-end-radius: 10px;
}
li { padding: 10px 16px; }
li + li { border-block-start: 1px solid #2d313a; }
.level { font-weight: 650; }
.error { color: #ff9d94; }
.warning { color: #ffd479; }
.note { color: #9db2ff; }
code { font: 13px / 1.5 ui-monospace, monospace; }
.fix { color: #7fd6a3; }
@media (forced-colors: active) {
  section, button { border-color: CanvasText; }
}
`
