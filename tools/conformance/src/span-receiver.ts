import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'

/** Everything that services say in traces, to the byte. */
export interface SpanReceiver {
  readonly url: string
  /** Each export request as it came: names, attributes, events and links of spans. */
  readonly texts: readonly string[]
  close(): Promise<void>
}

/** More is thrown away: enough for what a test did before it looks. */
const MAX_BYTES = 256 * 1024 * 1024

/** Takes in traces by OTLP over HTTP with JSON, and looks at nothing in them. */
export async function startSpanReceiver(): Promise<SpanReceiver> {
  const texts: string[] = []
  let bytes = 0
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks)
    const isZipped = request.headers['content-encoding'] === 'gzip'
    const text = (isZipped ? gunzipSync(body) : body).toString('utf8')
    bytes += text.length
    if (bytes < MAX_BYTES) texts.push(text)
    response.setHeader('content-type', 'application/json').end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    texts,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
