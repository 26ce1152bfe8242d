import { describe, expect, test } from 'vitest'
import { decodeText } from './decode.ts'

/** „환불 안내” and „똠방각하”, whose first syllable only CP949 has. */
const IN_EUC_KR = Buffer.from('c8afbad220bec8b3bb', 'hex')
const IN_CP949 = Buffer.from('8c63b9e6b0a2c7cf', 'hex')

const code = (bytes: Uint8Array, declared?: string) => {
  try {
    return decodeText(bytes, declared)
  } catch (error) {
    return (error as { code: string }).code
  }
}

describe('the text of a file', () => {
  test.each([
    ['UTF-8', Buffer.from('환불 안내'), '환불 안내'],
    ['UTF-8 with a mark', Buffer.from('\ufeff환불 안내'), '환불 안내'],
    ['UTF-16, little end first', Buffer.from('\ufeff환불 안내', 'utf16le'), '환불 안내'],
    ['UTF-16, big end first', Buffer.from('\ufeff환불 안내', 'utf16le').swap16(), '환불 안내'],
    ['EUC-KR', IN_EUC_KR, '환불 안내'],
    ['CP949', IN_CP949, '똠방각하'],
    ['nothing', Buffer.alloc(0), ''],
  ])('is read in %s', (_encoding, bytes, text) => {
    expect(code(bytes)).toBe(text)
  })

  test('is read in the encoding that it names, if it is in that encoding', () => {
    const inShiftJis = Buffer.from('95d48be0', 'hex')

    expect(code(inShiftJis, 'shift_jis')).toBe('返金')
    expect(code(Buffer.from('환불'), 'shift_jis')).toBe('환불')
    expect(code(IN_EUC_KR, 'no-such-encoding')).toBe('환불 안내')
  })

  test.each([
    ['one part in UTF-8 and one in CP949', Buffer.concat([Buffer.from('환불 '), IN_EUC_KR])],
    ['Western letters in Latin-1', Buffer.from('Rückgabe café à la carte', 'latin1')],
    ['half a character', Buffer.from('환불').subarray(0, 5)],
    ['half a surrogate pair', Buffer.from([0xff, 0xfe, 0x3d, 0xd8])],
    ['bytes at random', Buffer.from('80ff81fe9d', 'hex')],
  ])('is refused: %s', (_what, bytes) => {
    expect(code(bytes)).toBe('document.unknown-encoding')
  })

  test('has every syllable that CP949 has and EUC-KR has not', () => {
    // The first and the last of them, the last before and the first after the place of EUC-KR.
    const places = Buffer.from('8141c652a0fea141', 'hex')

    expect(decodeText(Buffer.concat([places, IN_EUC_KR]))).toBe('갂힣좤좥환불 안내')
  })

  test('is refused with a NUL', () => {
    expect(code(Buffer.from('a\0b'))).toBe('document.not-text')
  })
})
