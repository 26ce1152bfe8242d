import { type Dispatcher, request } from 'undici'

export interface ReadText {
  readonly dispatcher: Dispatcher
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly maxBytes: number
  readonly signal: AbortSignal
}

/** GETs a text of a service, up to a limit. */
export async function readText({ dispatcher, url, headers = {}, maxBytes, signal }: ReadText) {
  const answer = await request(url, { dispatcher, headers, signal })
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of answer.body) {
    bytes += chunk.length
    // Leaving the loop closes the connection.
    if (bytes > maxBytes) throw new Error(`The answer is larger than ${maxBytes} bytes`)
    chunks.push(chunk)
  }
  const { etag } = answer.headers
  return {
    status: answer.statusCode,
    headers: { etag: typeof etag === 'string' ? etag : undefined },
    text: Buffer.concat(chunks).toString('utf8'),
  }
}
