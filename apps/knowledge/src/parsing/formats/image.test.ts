import { deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { ParseLimits } from '../parsed.ts'
import { outlineOf, parse } from '../testing/parse.ts'
import { pdf } from '../testing/pdf.ts'
import { pixelsOfScan, SCANNED, scan, tiff } from '../testing/scan.ts'

const failure = (content: Uint8Array, limits: Partial<ParseLimits> = {}) =>
  parse('a.png', content, limits).then(
    () => 'no failure',
    ({ code }: { code: string }) => code,
  )

describe('an image', () => {
  test.each(['png', 'jpg', 'webp'])('in %s is read, Korean and English', async (kind) => {
    expect(outlineOf(await parse(`a.${kind}`, scan(`upright.${kind}`)))).toEqual([`: ${SCANNED}`])
  })

  test('in TIFF has pages', async () => {
    const document = await parse('a.tiff', tiff(2))

    expect(document.pageCount).toBe(2)
    expect(outlineOf(document)).toEqual([`p. 1: ${SCANNED}`, `p. 2: ${SCANNED}`])
  })

  test('taken with a camera that was held upside down, and says so, is turned', async () => {
    const document = await parse('a.jpg', scan('upside-down.jpg'))

    expect(outlineOf(document)).toEqual([`: ${SCANNED}`])
  })

  test.each([
    ['document.image-too-large', scan('upright.png'), { maxPixels: 10_000 }],
    ['document.image-too-large', scan('upright.jpg'), { maxPixels: 10_000 }],
    ['document.image-too-large', scan('upright.webp'), { maxPixels: 10_000 }],
    ['document.image-too-large', tiff(1), { maxPixels: 10_000 }],
    ['document.too-many-scanned-pages', tiff(11), {}],
    ['document.damaged', tiff(1, 8 + pixelsOfScan().grey.length), {}],
    ['document.damaged', tiff(1).subarray(0, 5000), {}],
    ['document.damaged', scan('upright.png').subarray(0, 20), {}],
    ['document.damaged', scan('upright.webp').subarray(0, 28), {}],
    ['document.damaged', scan('upright.jpg').subarray(0, 100), {}],
    ['document.no-readable-text', blank(), {}],
  ])('ends with %s: %#', async (code, content, limits) => {
    expect(await failure(content, limits)).toBe(code)
  })
})

describe('a page of a PDF that was scanned', () => {
  test('is read, and the pages around it as they are', async () => {
    const { width, height, grey } = pixelsOfScan()
    const content = pdf(
      [[], [[50, 700, 11, '글자가 있는 쪽은 그대로 읽습니다. 그림은 없습니다.']]],
      {
        objects: [greyImage(width, height, grey)],
        content: SHOW,
      },
    )

    const outline = outlineOf(await parse('a.pdf', content))

    expect(outline).toEqual([
      `p. 1: ${SCANNED}`,
      'p. 2: 글자가 있는 쪽은 그대로 읽습니다. 그림은 없습니다.',
    ])
  })

  test('is read when it is black and white', async () => {
    const { width, height, grey } = pixelsOfScan()
    const rowBytes = Math.ceil(width / 8)
    const bits = Buffer.alloc(rowBytes * height)
    for (const [at, level] of grey.entries()) {
      const [x, y] = [at % width, Math.floor(at / width)]
      if (level > 127)
        bits[y * rowBytes + (x >> 3)] = (bits[y * rowBytes + (x >> 3)] ?? 0) | (128 >> (x & 7))
    }
    const image = imageObject(width, height, { bits: 1, data: bits })

    const document = await parse('a.pdf', pdf([[]], { objects: [image], content: SHOW }))

    expect(document.text).toContain('일주일 안에 신청')
  })
})

const SHOW = Buffer.from('q 420 0 0 211 50 500 cm /Im0 Do Q')

function greyImage(width: number, height: number, data: Buffer): string {
  return imageObject(width, height, { bits: 8, data })
}

function imageObject(
  width: number,
  height: number,
  { bits, data }: { bits: number; data: Buffer },
): string {
  const packed = deflateSync(data).toString('hex')
  return `<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceGray /BitsPerComponent ${bits} /Filter [/ASCIIHexDecode /FlateDecode] /Length ${packed.length + 1} >>\nstream\n${packed}>\nendstream`
}

/** A TIFF of white paper. */
function blank(): Buffer {
  const paper = tiff(1)
  return paper.fill(255, 8, 8 + pixelsOfScan().grey.length)
}
