/** What the first bytes of a file say it is; `text` when they say nothing. */
export type Signature =
  | 'pdf'
  | 'zip'
  | 'compound-file'
  | 'png'
  | 'jpeg'
  | 'webp'
  | 'tiff'
  | 'text'
  | 'unsupported'

const MARKS: readonly { readonly kind: Signature; readonly bytes: readonly number[] }[] = [
  { kind: 'zip', bytes: [0x50, 0x4b, 0x03, 0x04] },
  { kind: 'zip', bytes: [0x50, 0x4b, 0x05, 0x06] },
  { kind: 'compound-file', bytes: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1] },
  { kind: 'png', bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { kind: 'jpeg', bytes: [0xff, 0xd8, 0xff] },
  { kind: 'tiff', bytes: [0x49, 0x49, 0x2a, 0x00] },
  { kind: 'tiff', bytes: [0x4d, 0x4d, 0x00, 0x2a] },
  // Rich text is text, and not to be read as such.
  { kind: 'unsupported', bytes: [0x7b, 0x5c, 0x72, 0x74, 0x66] },
]

/** A PDF may begin with bytes of something else: ISO 32000-2, annex I. */
const PDF_WITHIN = 1024
/** A text holds no NUL; a file that is none does so early. */
const NUL_WITHIN = 64 * 1024

/**
 * By content alone: a name or a declared type may be wrong by mistake or on purpose. A file that
 * begins as one format and holds another one further down is what it begins as.
 */
export function signatureOf(bytes: Uint8Array): Signature {
  const mark = MARKS.find((known) => startsWith(bytes, known.bytes))
  if (mark) return mark.kind
  if (startsWith(bytes, RIFF) && startsWith(bytes.subarray(8), WEBP)) return 'webp'
  if (hasPdfHeader(bytes)) return 'pdf'
  if (hasUtf16Mark(bytes)) return 'text'
  return bytes.subarray(0, NUL_WITHIN).includes(0) ? 'unsupported' : 'text'
}

const RIFF = [0x52, 0x49, 0x46, 0x46]
const WEBP = [0x57, 0x45, 0x42, 0x50]
const PDF = [0x25, 0x50, 0x44, 0x46, 0x2d]

/** Within a text, `%PDF-` is only a word: what comes before it must be binary, or nothing. */
function hasPdfHeader(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, PDF_WITHIN)
  for (let at = head.indexOf(0x25); at !== -1; at = head.indexOf(0x25, at + 1)) {
    if (startsWith(head.subarray(at), PDF)) {
      return at === 0 || isWhiteSpace(head.subarray(0, at)) || head.subarray(0, at).includes(0)
    }
  }
  return false
}

function isWhiteSpace(bytes: Uint8Array): boolean {
  // Also the three bytes of a UTF-8 mark, which some programs put before everything.
  return bytes.every((byte) => byte <= 0x20 || byte === 0xef || byte === 0xbb || byte === 0xbf)
}

function hasUtf16Mark([first, second]: Uint8Array): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
}

function startsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, at) => bytes[at] === byte)
}
