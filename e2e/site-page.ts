// The page of a site of a test's own, under the strictest policy a page can have.

/** The policy; `connect` is where scripts may call. */
export function policyOf(connect = "'self'"): string {
  return [
    ...["default-src 'none'", "script-src 'self'", "style-src 'self'", 'img-src data:', `connect-src ${connect}`],
    ...["form-action 'self'", "base-uri 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'"],
  ].join('; ')
}

/** The page, with its script at `/page.js`. */
export function pageOf(main: string): string {
  return `<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Site</title>
  <link rel="icon" href="data:,">
  <main><h1>Site</h1>${main}</main>
  <script type="module" src="/page.js"></script>
</html>`
}
