// The few pages of the Auth0-compatible door: plain HTML, no script and nothing from elsewhere, every value escaped.
import { randomBytes } from 'node:crypto'
import { escaped } from './html.ts'

const STYLE = `:root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}
body{max-width:22rem;margin:12vh auto;padding:0 1rem}
label,input,button{display:block;width:100%;box-sizing:border-box;font:inherit}
input,button{min-height:2.75rem;padding:.5rem .75rem;margin:.25rem 0 1rem}
[role=alert]{border-inline-start:.25rem solid;padding-inline-start:.75rem}`

export interface LogInForm {
  /** Host of the application that the person comes from. */
  readonly host: string
  /** What was asked for, which travels through the form. */
  readonly request: string
  /** Proof that this page made the form, for the browser that it was made for. */
  readonly proof: string
  readonly identifier: string
  /** What accounts are known by here. */
  readonly identifierLabel: string
  /** Why the last try did not work. */
  readonly refusal: string | null
}

/** `target` is where the browser is sent afterwards, which the policy of the form has to allow. */
export function logInPage(form: LogInForm, target: string, status: number, headers: HeadersInit): Response {
  const alert = form.refusal === null ? '' : `<p role="alert" id="refusal">${escaped(form.refusal)}</p>`
  const described = form.refusal === null ? '' : ' aria-describedby="refusal" aria-invalid="true"'
  const content = `<h1>Log in</h1>
<p>to continue to <strong>${escaped(form.host)}</strong></p>
${alert}
<form method="post" action="/u/login">
<input type="hidden" name="request" value="${escaped(form.request)}">
<input type="hidden" name="proof" value="${escaped(form.proof)}">
<label for="username">${escaped(form.identifierLabel)}</label>
<input id="username" name="username" autocomplete="username" autocapitalize="none" spellcheck="false" required value="${escaped(form.identifier)}"${described}>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required${described}>
<button>Log in</button>
</form>`
  return page(status, 'Log in', content, `form-action 'self' ${target}`, headers)
}

/** What a person reads whom nothing can be done for here. */
export function messagePage(status: number, title: string, text: string): Response {
  return page(status, title, `<h1>${escaped(title)}</h1>\n<p>${escaped(text)}</p>`, "form-action 'none'", {})
}

/** Hands a page the answer to what it asked for in a frame or window of its own (OAuth 2.0 Web Message Response Mode). */
export function webMessagePage(response: object, origin: string): Response {
  const nonce = randomBytes(16).toString('base64')
  // In a script neither an end tag nor a comment may begin.
  const json = (value: unknown) => JSON.stringify(value).replaceAll('<', '\\u003c')
  const message = json({ type: 'authorization_response', response })
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Authorization response</title>
<script nonce="${nonce}">(opener || parent).postMessage(${message}, ${json(origin)})</script></html>`
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; base-uri 'none'; frame-ancestors ${origin}`
  return new Response(html, {
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy },
  })
}

function page(status: number, title: string, content: string, formPolicy: string, headers: HeadersInit): Response {
  const nonce = randomBytes(16).toString('base64')
  const all = new Headers(headers)
  all.set('content-type', 'text/html; charset=utf-8')
  all.set(
    'content-security-policy',
    `default-src 'none'; style-src 'nonce-${nonce}'; base-uri 'none'; frame-ancestors 'none'; ${formPolicy}`,
  )
  // With no referrer at all a browser would not say where the form came from either.
  all.set('referrer-policy', 'same-origin')
  all.set('x-frame-options', 'DENY')
  const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style nonce="${nonce}">${STYLE}</style>
<main>
${content}
</main>
</html>`
  return new Response(html, { status, headers: all })
}
