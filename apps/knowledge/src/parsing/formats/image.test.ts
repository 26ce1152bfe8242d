import { describe, expect, test } from 'vitest'
import type { ParseLimits } from '../parsed.ts'
import { outlineOf, parse } from '../testing/parse.ts'
import { type Print, pdf } from '../testing/pdf.ts'
import { imageObject, pixelsOfScan, SCANNED, SHOW, scan, tiff } from '../testing/scan.ts'

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

  test('in TIFF with more pages than may be read is what was read, and says what was not', async () => {
    const document = await parse('a.tiff', tiff(3), { maxScannedPages: 1 })

    expect(outlineOf(document)).toEqual([`p. 1: ${SCANNED}`])
    expect(document.warnings).toMatchObject([{ code: 'document.pages-not-read', pages: [2, 3] }])
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
    ['document.too-many-scanned-pages', tiff(2), { maxScannedPages: 0 }],
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
    const { width, height } = pixelsOfScan()
    const image = imageObject(width, height, { bits: 1, data: bitsOfScan() })

    const document = await parse('a.pdf', pdf([[]], { objects: [image], content: SHOW }))

    expect(document.text).toContain('일주일 안에 신청')
  })

  test('is read when it is painted through a mask, or stands among what paints it', async () => {
    const { width, height } = pixelsOfScan()
    const mask = imageObject(width, height, { bits: 1, data: bitsOfScan(), isMask: true })
    const inline = Buffer.concat([
      Buffer.from(`q 420 0 0 211 50 500 cm BI /W ${width} /H ${height} /CS /G /BPC 1 /F /AHx ID `),
      Buffer.from(`${bitsOfScan().toString('hex')}>`),
      Buffer.from(' EI Q'),
    ])

    for (const content of [
      pdf([[]], { objects: [mask], content: SHOW }),
      pdf([[]], { content: inline }),
    ]) {
      expect((await parse('a.pdf', content)).text).toContain('일주일 안에 신청')
    }
  })

  test('is read beside the line of a scanner, when it covers the page', async () => {
    const { width, height, grey } = pixelsOfScan()
    const stamp = Buffer.from('2026년 3월 2일에 스캐너로 만든 문서입니다', 'utf16le').swap16()
    const line = `BT /F1 8 Tf 1 0 0 1 50 20 Tm <${stamp.toString('hex')}> Tj ET`
    const page = (matrix: string) =>
      pdf([[]], {
        objects: [greyImage(width, height, grey)],
        content: Buffer.from(`q ${matrix} cm /Im0 Do Q ${line}`),
      })

    const whole = await parse('a.pdf', page('595 0 0 842 0 0'))
    const part = await parse('a.pdf', page('420 0 0 211 50 500'))

    expect(whole.text).toContain('Refunds in 7 days')
    expect(part.text).not.toContain('Refunds in 7 days')
  })

  test('is left out when others were read in its place, and the document says so', async () => {
    const { width, height, grey } = pixelsOfScan()
    const options = { objects: [greyImage(width, height, grey)], content: SHOW }
    const words: Print = [50, 700, 11, '글자가 있는 쪽은 그대로 읽습니다. 그림은 없습니다.']

    const document = await parse('a.pdf', pdf([[], [words]], options), { maxScannedPages: 0 })

    expect(outlineOf(document)).toEqual([`p. 2: ${words[3]}`])
    expect(document).toMatchObject({
      pageCount: 2,
      warnings: [{ code: 'document.pages-not-read', pages: [1] }],
    })
    const alone = parse('a.pdf', pdf([[]], options), { maxOcrMs: 0 })
    await expect(alone).rejects.toMatchObject({ code: 'document.too-many-scanned-pages' })
  })
})

function greyImage(width: number, height: number, data: Buffer): string {
  return imageObject(width, height, { bits: 8, data })
}

/** A bit per pixel: 1 is white. */
function bitsOfScan(): Buffer {
  const { width, height, grey } = pixelsOfScan()
  const rowBytes = Math.ceil(width / 8)
  const bits = Buffer.alloc(rowBytes * height)
  for (const [at, level] of grey.entries()) {
    const [x, y] = [at % width, Math.floor(at / width)]
    const byte = y * rowBytes + (x >> 3)
    if (level > 127) bits[byte] = (bits[byte] ?? 0) | (128 >> (x & 7))
  }
  return bits
}

/** A TIFF of white paper. */
function blank(): Buffer {
  const paper = tiff(1)
  return paper.fill(255, 8, 8 + pixelsOfScan().grey.length)
}
