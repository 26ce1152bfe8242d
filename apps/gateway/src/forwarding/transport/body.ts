import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { TooLargeError } from '@dure/kernel'

const MEBIBYTE = 1_048_576
/** Up to here a body is taken in whole first: it may be sent again, and a slow client holds no place. */
const MAX_KEPT_BYTES = 65_536

export type BodyKind = 'none' | 'kept' | 'streamed'

/** @throws TooLargeError `request.too-large`, before a byte of it is read */
export function kindOfBody({ method, headers }: IncomingMessage, maxBytes: number): BodyKind {
  const { 'content-length': length, 'transfer-encoding': encoding } = headers
  const declaredBytes = Number(length ?? 0)
  if (declaredBytes > maxBytes) throw tooLarge(maxBytes)
  const isEmpty = encoding === undefined && declaredBytes === 0
  if (isEmpty || method === 'GET' || method === 'HEAD') return 'none'
  return encoding === undefined && declaredBytes <= MAX_KEPT_BYTES ? 'kept' : 'streamed'
}

/** Calls back with the whole of a body whose length was declared; never when the client breaks off. */
export function keepBody(raw: IncomingMessage, done: (body: Buffer) => void): void {
  const chunks: Buffer[] = []
  raw.on('data', (chunk: Buffer) => chunks.push(chunk))
  raw.on('end', () => {
    const [first] = chunks
    done(first && chunks.length === 1 ? first : Buffer.concat(chunks))
  })
}

/** A body that is passed on as it comes, up to the limit. */
export function streamBody(raw: IncomingMessage, maxBytes: number): Readable {
  const body = Readable.from(bounded(raw, maxBytes), { objectMode: false })
  // undici reports it to whoever sends it; a report that comes later must not end the process.
  body.on('error', () => {})
  return body
}

/** The chunks of a body, up to the limit. The connection stays usable when nobody wants the rest. */
async function* bounded(raw: IncomingMessage, maxBytes: number): AsyncGenerator<Buffer> {
  let bytes = 0
  try {
    for await (const chunk of raw.iterator({ destroyOnReturn: false })) {
      bytes += chunk.length
      if (bytes > maxBytes) throw tooLarge(maxBytes)
      yield chunk
    }
  } finally {
    raw.resume()
  }
}

function tooLarge(maxBytes: number): TooLargeError {
  const message = `A body has at most ${maxBytes / MEBIBYTE} MiB`
  return new TooLargeError('request.too-large', message, { maxBytes })
}
