import { describe, expect, test } from 'vitest'
import { signatureOf } from './signature.ts'

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => Buffer.from(part as string)))

describe('a file is', () => {
  test.each([
    ['pdf', bytes('%PDF-1.7\n')],
    ['pdf', bytes('\ufeff\n%PDF-1.7\n')],
    ['pdf', bytes([0, 1, 2, 3], '%PDF-1.4')],
    ['zip', bytes([0x50, 0x4b, 3, 4, 0, 0])],
    ['compound-file', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
    ['png', Buffer.from('89504e470d0a1a0a', 'hex')],
    ['jpeg', Buffer.from('ffd8ffe0', 'hex')],
    ['webp', bytes('RIFF', [1, 2, 3, 4], 'WEBP')],
    ['tiff', bytes('II*\0')],
    ['tiff', bytes('MM\0*')],
    ['text', bytes('A word about %PDF-1.7 in a sentence')],
    ['text', bytes('')],
    ['text', Buffer.from('\ufeffab', 'utf16le')],
    ['unsupported', bytes('{\\rtf1 text}')],
    ['unsupported', bytes('MZ', [0, 0, 3, 0])],
    ['unsupported', bytes('GIF89a', [1, 0, 1, 0])],
  ])('%s by its content', (kind, content) => {
    expect(signatureOf(content)).toBe(kind)
  })

  test('what it begins as, whatever it holds further down', () => {
    const polyglot = bytes([0x50, 0x4b, 3, 4], '%PDF-1.7 <html><script>')

    expect(signatureOf(polyglot)).toBe('zip')
  })
})
