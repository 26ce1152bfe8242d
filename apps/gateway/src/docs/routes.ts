import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { FastifyPluginAsync } from 'fastify'

/** Swagger UI as the package brings it, without a word to any other host. */
const FILES: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
}

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Dure API</title>
    <link rel="icon" type="image/png" href="/docs/favicon-32x32.png">
    <link rel="stylesheet" href="/docs/swagger-ui.css">
    <link rel="stylesheet" href="/docs/page.css">
  </head>
  <body>
    <form id="choice">
      <label>Version
        <select name="version">
          <option value="">all</option>
          <option value="v1">v1, stable</option>
          <option value="v2">v2, new</option>
        </select>
      </label>
    </form>
    <div id="docs"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`

/** The version is part of the address, so that a link to an operation of it can be shared. */
const START = `const { version } = document.forms.choice.elements
const chosen = new URLSearchParams(location.search).get('version')
if ([...version.options].some(({ value }) => value === chosen)) version.value = chosen
version.addEventListener('change', () => {
  location.search = version.value && '?version=' + version.value
})
window.ui = SwaggerUIBundle({
  url: (version.value && '/' + version.value) + '/openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  displayRequestDuration: true,
  filter: true,
  tryItOutEnabled: true,
  validatorUrl: null,
})
`

const STYLE = `#choice { max-width: 1460px; margin: 1rem auto 0; padding: 0 20px; font-family: sans-serif }
`

const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  // Swagger UI styles its elements inline and draws its icons as data.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/**
 * A page on which the API can be read and tried. The plugin of Swagger UI would add routes without
 * a policy, and a second copy of the description.
 */
export const docsRoutes: FastifyPluginAsync = async (app) => {
  const folder = path.join(
    path.dirname(createRequire(import.meta.url).resolve('@fastify/swagger-ui')),
    'static',
  )
  const serve = (url: string, type: string, content: string | Buffer) =>
    app.get(
      url,
      { config: { public: true }, logLevel: 'silent', schema: { hide: true } },
      async (_request, reply) =>
        reply
          .type(type)
          .header('content-security-policy', CONTENT_SECURITY_POLICY)
          .header('cache-control', 'public, max-age=300')
          .send(content),
    )

  for (const url of ['/docs', '/docs/']) serve(url, 'text/html; charset=utf-8', PAGE)
  serve('/docs/start.js', 'text/javascript; charset=utf-8', START)
  serve('/docs/page.css', 'text/css; charset=utf-8', STYLE)
  for (const [name, type] of Object.entries(FILES)) {
    serve(`/docs/${name}`, type, await readFile(path.join(folder, name)))
  }
}
