import type { Transform } from 'node:stream'
import { constants, createBrotliCompress, createGzip } from 'node:zlib'
import type { Headers } from '../headers.ts'

export type Encoding = 'br' | 'gzip'

/** Below, the work is worth more than the bytes. */
const MIN_BYTES = 1024
const COMPRESSIBLE = /^(?:application\/(?:[\w.-]+\+)?(?:json|xml|yaml)|text\/(?!event-stream))/
/** Fast ones: an answer is compressed once, for one reader. */
const BROTLI_QUALITY = 4
const GZIP_LEVEL = 5

export interface Encodable {
  readonly method: string
  readonly status: number
  readonly headers: Headers
}

/**
 * Whether an answer is text of a size that pays. Not one with a strong `ETag`, which promises bytes
 * (RFC 9110, 8.8.1) and comes back in `If-Match`; not a stream, where each event has to arrive.
 */
export function isCompressible({ method, status, headers }: Encodable): boolean {
  if (method === 'HEAD' || status === 204 || status === 206 || status === 304) return false
  const { 'content-type': type, 'content-length': length } = headers
  if (length !== undefined && Number(length) < MIN_BYTES) return false
  if (typeof type !== 'string' || !COMPRESSIBLE.test(type)) return false
  if (headers['content-encoding'] !== undefined) return false
  const { etag, 'cache-control': caching } = headers
  if (etag !== undefined && !String(etag).startsWith('W/')) return false
  return caching === undefined || !String(caching).includes('no-transform')
}

/** The better of what the client takes (RFC 9110, 12.5.3); `undefined`: as it is. */
export function encodingFor(accept: string | readonly string[] | undefined): Encoding | undefined {
  if (accept === undefined) return undefined
  const weights = new Map(
    String(accept)
      .toLowerCase()
      .split(',')
      .map((part) => {
        const [name = '', weight] = part.split(';')
        return [name.trim(), weight === undefined ? 1 : Number(weight.replace(/^\s*q=/, ''))]
      }),
  )
  const weightOf = (name: Encoding) => weights.get(name) ?? weights.get('*') ?? 0
  const [br, gzip] = [weightOf('br'), weightOf('gzip')]
  if (br > 0 && br >= gzip) return 'br'
  return gzip > 0 ? 'gzip' : undefined
}

export function createEncoder(encoding: Encoding): Transform {
  return encoding === 'br'
    ? createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } })
    : createGzip({ level: GZIP_LEVEL })
}
