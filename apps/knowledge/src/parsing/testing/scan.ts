import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync, inflateSync } from 'node:zlib'

/** Three lines, „환불 규정 안내”, „일주일 안에 신청” and „Refunds in 7 days”, in Noto Sans KR. */
export const SCANNED = '환불 규정 안내\n일주일 안에 신청\nRefunds in 7 days'

export function scan(name: string): Buffer {
  return readFileSync(join(import.meta.dirname, 'fixtures', `scan-${name}`))
}

/** The same as bytes of grey, a byte per pixel: the file has four bits for each, and no filters. */
export function pixelsOfScan() {
  const png = scan('upright.png')
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]
  const start = png.indexOf('IDAT')
  const packed = png.subarray(start + 4, start + 4 + png.readUInt32BE(start - 4))
  const rows = inflateSync(packed)
  const rowBytes = 1 + Math.ceil(width / 2)
  const grey = Buffer.alloc(width * height)
  for (let at = 0; at < grey.length; at++) {
    const [x, y] = [at % width, Math.floor(at / width)]
    const pair = rows[y * rowBytes + 1 + (x >> 1)] ?? 0
    grey[at] = 17 * (x % 2 ? pair & 15 : pair >> 4)
  }
  return { width, height, grey }
}

/** @param next where the directory of each page says that the next one is, if not where it is */
export function tiff(pageCount: number, next?: number): Buffer {
  const { width, height, grey } = pixelsOfScan()
  const first = 8 + grey.length
  const entries = [
    [256, width],
    [257, height],
    [258, 8],
    [259, 1],
    [262, 1],
    [273, 8],
    [277, 1],
    [278, height],
    [279, grey.length],
  ] as const
  const bytes = 2 + entries.length * 12 + 4
  const pages = Array.from({ length: pageCount }, (_, page) => {
    const directory = Buffer.alloc(bytes)
    directory.writeUInt16LE(entries.length)
    for (const [index, [tag, value]] of entries.entries()) {
      const at = 2 + index * 12
      directory.writeUInt16LE(tag, at)
      directory.writeUInt16LE(4, at + 2)
      directory.writeUInt32LE(1, at + 4)
      directory.writeUInt32LE(value, at + 8)
    }
    const following = page + 1 < pageCount ? first + (page + 1) * bytes : 0
    directory.writeUInt32LE(next ?? following, bytes - 4)
    return directory
  })
  const header = Buffer.from([0x49, 0x49, 42, 0, 0, 0, 0, 0])
  header.writeUInt32LE(first, 4)
  return Buffer.concat([header, grey, ...pages])
}

/** Content of a page that shows the object of number 10. */
export const SHOW = Buffer.from('q 420 0 0 211 50 500 cm /Im0 Do Q')

/** An image as an object of a PDF. */
export function imageObject(
  width: number,
  height: number,
  { bits, data, isMask = false }: { bits: number; data: Buffer; isMask?: boolean },
): string {
  const packed = deflateSync(data).toString('hex')
  return `<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} ${isMask ? '/ImageMask true' : '/ColorSpace /DeviceGray'} /BitsPerComponent ${bits} /Filter [/ASCIIHexDecode /FlateDecode] /Length ${packed.length + 1} >>\nstream\n${packed}>\nendstream`
}
