import { damaged, ParseError } from '../parse-error.ts'
import type { Signature } from '../signature.ts'

export interface ImageSize {
  readonly width: number
  readonly height: number
}

type Reader = (view: DataView) => ImageSize | undefined

const READERS: Partial<Record<Signature, Reader>> = {
  png: (view) => ({ width: view.getUint32(16), height: view.getUint32(20) }),
  jpeg: jpegSize,
  webp: webpSize,
}

/**
 * What the header of an image says of its size, so that nothing is decoded that is too large.
 *
 * @throws ParseError `document.image-too-large`, `document.damaged`
 */
export function checkImageSize(kind: Signature, bytes: Uint8Array, maxPixels: number): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  checkPixels(
    sizeOf(() => READERS[kind]?.(view)),
    maxPixels,
  )
}

/** @throws ParseError as `checkImageSize` */
export function checkPixels(size: ImageSize | undefined, maxPixels: number): void {
  if (!size || size.width <= 0 || size.height <= 0) {
    throw damaged('The header of the image cannot be read')
  }
  if (size.width * size.height <= maxPixels) return
  throw new ParseError(
    'document.image-too-large',
    `An image may have at most ${maxPixels} pixels: scan it with 300 dots per inch`,
  )
}

/** @throws ParseError `document.damaged` when it reads beyond the end */
export function sizeOf<Result>(read: () => Result): Result {
  try {
    return read()
  } catch (error) {
    throw error instanceof RangeError ? damaged('The image is cut off', error) : error
  }
}

const FRAMES = new Set([
  0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf,
])

/** The size stands in the header of the frame, behind other segments: ITU T.81, annex B. */
function jpegSize(view: DataView): ImageSize | undefined {
  for (let at = 2; view.getUint8(at) === 0xff; ) {
    const marker = view.getUint8(at + 1)
    if (marker === 0xff) {
      at++
      continue
    }
    if (FRAMES.has(marker)) {
      return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
    }
    at += 2 + view.getUint16(at + 2)
  }
  return undefined
}

/** Simple, lossless or extended: RFC 9649. */
function webpSize(view: DataView): ImageSize | undefined {
  const kind = view.getUint32(12)
  if (kind === 0x56503820) {
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
  }
  if (kind === 0x5650384c) {
    const bits = view.getUint32(21, true)
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
  }
  if (kind !== 0x56503858) return undefined
  const low = (at: number) => view.getUint16(at, true) + (view.getUint8(at + 2) << 16) + 1
  return { width: low(24), height: low(27) }
}
