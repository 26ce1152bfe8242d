import { decodeCp949 } from './cp949.ts'
import { ParseError } from './parse-error.ts'

/** So many of the letters beyond ASCII must be Korean, or the bytes are in another encoding. */
const KOREAN_SHARE = 0.8

/**
 * The text of a file in UTF-8, in UTF-16 with a byte order mark, in an encoding that the file
 * itself names, or in CP949, which old Korean files are in and which contains EUC-KR.
 *
 * @param declared what the file says of itself, such as the `charset` of a page
 * @throws ParseError `document.unknown-encoding`, also when different parts are encoded differently
 * @throws ParseError `document.not-text` when there is a NUL
 */
export function decodeText(bytes: Uint8Array, declared?: string): string {
  const text =
    byMark(bytes) ?? decode(bytes, 'utf-8') ?? byDeclaration(bytes, declared) ?? asKorean(bytes)
  if (text === undefined) {
    throw new ParseError(
      'document.unknown-encoding',
      'The text is neither UTF-8, UTF-16 with a byte order mark, nor CP949 (EUC-KR): save it as UTF-8',
    )
  }
  if (text.includes('\0')) {
    throw new ParseError('document.not-text', 'The content holds a NUL: it is not text')
  }
  return text
}

function byMark(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return decode(bytes, 'utf-16le')
  if (first === 0xfe && second === 0xff) return decode(bytes, 'utf-16be')
  return undefined
}

function byDeclaration(bytes: Uint8Array, declared: string | undefined): string | undefined {
  if (declared === undefined || KOREAN.test(declared)) return undefined
  return decode(bytes, declared.slice(0, 40))
}

/** Pages that name one of these are in CP949. */
const KOREAN = /^(?:euc-kr|ks_?c_?5601|cp949|ms949|windows-949|uhc)/i

function asKorean(bytes: Uint8Array): string | undefined {
  const text = decodeCp949(bytes)
  if (text === undefined) return undefined
  const letters = text.match(/(?![A-Za-z])\p{L}/gu)?.length ?? 0
  const korean = text.match(/[\p{Script=Hangul}\p{Script=Han}]/gu)?.length ?? 0
  return korean > 0 && korean >= letters * KOREAN_SHARE ? text : undefined
}

/** @returns undefined when the bytes are not in this encoding, or when there is no such encoding */
function decode(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return undefined
    throw error
  }
}
