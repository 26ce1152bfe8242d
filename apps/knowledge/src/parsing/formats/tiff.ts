import { damaged, tooManyPages } from '../parse-error.ts'
import type { ParseLimits } from '../parsed.ts'
import { checkPixels, sizeOf } from './image-size.ts'

const WIDTH = 256
const HEIGHT = 257
const SHORT = 3

/**
 * The pages of a TIFF, each as a file that begins with it: they are a chain of directories, and the
 * header says which one is the first. Source: TIFF 6.0, section 2.
 *
 * @throws ParseError `document.damaged`, `document.too-many-pages`, `document.image-too-large`
 */
export function pagesOfTiff(bytes: Uint8Array, limits: ParseLimits): Uint8Array[] {
  return directoriesOf(bytes, limits).map((directory) => {
    const page = Uint8Array.from(bytes)
    new DataView(page.buffer).setUint32(4, directory, isLittle(bytes))
    return page
  })
}

function isLittle([first]: Uint8Array): boolean {
  return first === 0x49
}

function directoriesOf(bytes: Uint8Array, { maxPages, maxPixels }: ParseLimits): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const little = isLittle(bytes)
  const directories: number[] = []
  let next = sizeOf(() => view.getUint32(4, little))
  while (next !== 0) {
    if (directories.length === maxPages) throw tooManyPages(maxPages)
    if (directories.includes(next)) throw damaged('The pages of the image go in a ring')
    directories.push(next)
    const { size, following } = sizeOf(() => readDirectory(view, next, little))
    checkPixels(size, maxPixels)
    next = following
  }
  return directories
}

function readDirectory(view: DataView, at: number, little: boolean) {
  const count = view.getUint16(at, little)
  const values = new Map<number, number>()
  for (let entry = at + 2; entry < at + 2 + count * 12; entry += 12) {
    const isShort = view.getUint16(entry + 2, little) === SHORT
    const value = isShort ? view.getUint16(entry + 8, little) : view.getUint32(entry + 8, little)
    values.set(view.getUint16(entry, little), value)
  }
  const size = { width: values.get(WIDTH) ?? 0, height: values.get(HEIGHT) ?? 0 }
  return { size, following: view.getUint32(at + 2 + count * 12, little) }
}
