/**
 * `dure_live_<id>_<secret><checksum>`: the prefix is what a secret scanner looks for, the id finds
 * the row, the secret (43 base62 digits, 256 bits) is what only the owner knows, and the checksum
 * refuses a mistyped or invented key without a look-up.
 */
const PREFIX = 'dure_live_'
const FORMAT = /^dure_live_([0-9A-Za-z]{10})_[0-9A-Za-z]{43}([0-9A-Za-z]{6})$/
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const CHECKSUM_DIGITS = 6
/** What its owner may see of it later. */
const START_LENGTH = PREFIX.length + 4

export interface ApiKey {
  readonly publicId: string
  readonly start: string
  readonly last4: string
}

/**
 * @param publicId 10 base62 digits
 * @param secret 43 base62 digits
 */
export function formatApiKey(publicId: string, secret: string): string {
  const unchecked = `${PREFIX}${publicId}_${secret}`
  return unchecked + checksum(unchecked)
}

/** The parts of a key that has the right form and checksum; `undefined` for any other text. */
export function parseApiKey(text: string): ApiKey | undefined {
  const [, publicId, given] = FORMAT.exec(text) ?? []
  if (publicId === undefined || given !== checksum(text.slice(0, -CHECKSUM_DIGITS)))
    return undefined
  return { publicId, start: text.slice(0, START_LENGTH), last4: text.slice(-4) }
}

/** The key in the headers of a request: `Authorization: Bearer …`, or `x-api-key`. */
export function keyInHeaders(headers: {
  readonly [name: string]: string | readonly string[] | undefined
}): string | undefined {
  const { authorization, 'x-api-key': apiKey } = headers
  const [, bearer] = typeof authorization === 'string' ? (BEARER.exec(authorization) ?? []) : []
  return bearer ?? (typeof apiKey === 'string' && apiKey !== '' ? apiKey : undefined)
}

/** RFC 9110: the scheme in any case, then at least one space. */
const BEARER = /^bearer +(\S+) *$/i

function checksum(text: string): string {
  let rest = crc32(text)
  let digits = ''
  for (let place = 0; place < CHECKSUM_DIGITS; place++) {
    digits = (ALPHABET[rest % 62] ?? '') + digits
    rest = Math.floor(rest / 62)
  }
  return digits
}

/** CRC-32 as in zlib and ISO 3309 (reflected polynomial 0xEDB88320), of a text in ASCII. */
function crc32(text: string): number {
  let crc = 0xffffffff
  for (let at = 0; at < text.length; at++) {
    crc = (CRC_TABLE[(crc ^ text.charCodeAt(at)) & 0xff] ?? 0) ^ (crc >>> 8)
  }
  return (crc ^ 0xffffffff) >>> 0
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  return crc
})
