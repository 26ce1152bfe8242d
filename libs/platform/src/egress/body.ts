import type { Readable, Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { TooLargeError, UnavailableError } from '@dure/kernel'

const DECODERS: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
}

/**
 * The body as its sender meant it. Counts what comes out of the decompression, so that neither an
 * endless body nor a small one that unpacks to gigabytes takes more than `maxBytes` of memory (and
 * a chunk). An encoding that we did not ask for is left as it is.
 *
 * @throws TooLargeError `egress.too-large`
 * @throws UnavailableError `egress.unreachable` when the compressed body is broken
 */
export async function readBody(
  body: Readable,
  {
    encoding = '',
    maxBytes,
  }: { readonly encoding?: string | undefined; readonly maxBytes: number },
): Promise<Buffer> {
  const decoder = DECODERS[encoding.trim().toLowerCase()]?.()
  const source: AsyncIterable<Buffer> = decoder ? decoded(body, decoder) : body
  const parts: Buffer[] = []
  let bytes = 0
  try {
    for await (const part of source) {
      bytes += part.length
      if (bytes > maxBytes) {
        throw new TooLargeError('egress.too-large', `The answer has more than ${maxBytes} bytes`, {
          maxBytes,
        })
      }
      parts.push(part)
    }
  } finally {
    discard(body)
    decoder?.destroy()
  }
  return Buffer.concat(parts, bytes)
}

/** Ends a body that nobody will read. It reports its own end as an error: there is no one to tell. */
export function discard(body: Readable): void {
  body.on('error', () => {}).destroy()
}

async function* decoded(body: Readable, decoder: Transform): AsyncGenerator<Buffer> {
  body.once('error', (error) => decoder.destroy(error))
  try {
    yield* body.pipe(decoder)
  } catch (cause) {
    if (!isZlibError(cause)) throw cause
    throw new UnavailableError(
      'egress.unreachable',
      'The compressed answer is broken',
      {},
      { cause },
    )
  }
}

function isZlibError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(Z_|ERR_BROTLI|ERR__)/.test(`${error.code}`)
}
