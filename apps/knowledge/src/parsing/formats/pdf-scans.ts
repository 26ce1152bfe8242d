import { MAX_SCANNED_PAGES, tooManyScannedPages } from './image.ts'
import { ocr } from './ocr.ts'
import type { Paragraph } from './pdf-layout.ts'

type PdfJs = typeof import('pdfjs-dist/legacy/build/pdf.mjs')
type PdfPage = Awaited<ReturnType<Awaited<ReturnType<PdfJs['getDocument']>['promise']>['getPage']>>

/** An image as pdf.js decodes it. */
interface Bitmap {
  readonly width: number
  readonly height: number
  readonly kind: number
  readonly data: Uint8Array | Uint8ClampedArray
}

/** A page with fewer words than this beside a large image was scanned. */
const LEAST_LENGTH = 20
/** Smaller ones are logos and lines. */
const LEAST_PIXELS = 50_000
const MAX_IMAGES = 4
/** How large its letters are is not known: no scanned line is a heading. */
const SIZE = 10

export interface ScanReader {
  /**
   * @param length of the words that the page has
   * @returns what is in its images; undefined when it was not scanned
   * @throws ParseError `document.too-many-scanned-pages`
   */
  read(page: PdfPage, length: number): Promise<Paragraph[] | undefined>
}

/** Reads the images of pages that have no words of their own, and counts the pages. */
export function createScanReader(pdfjs: PdfJs): ScanReader {
  let pages = 0
  return {
    async read(page, length) {
      if (length >= LEAST_LENGTH) return undefined
      const scans = await scansOf(page, pdfjs)
      if (scans.length === 0) return undefined
      if (++pages > MAX_SCANNED_PAGES) throw tooManyScannedPages()
      const { read } = await ocr()
      return scans
        .flatMap((scan) => read(pnmOf(scan, pdfjs)) ?? [])
        .map((text) => ({
          page: page.pageNumber,
          text,
          lineCount: text.split('\n').length,
          size: SIZE,
        }))
    },
  }
}

async function scansOf(page: PdfPage, { OPS }: PdfJs): Promise<Bitmap[]> {
  const { fnArray, argsArray } = await page.getOperatorList()
  const scans: Bitmap[] = []
  for (const [index, operation] of fnArray.entries()) {
    if (operation !== OPS.paintImageXObject || scans.length === MAX_IMAGES) continue
    const [name, width, height] = argsArray[index] as [string, number, number]
    if (width * height < LEAST_PIXELS) continue
    const bitmap = await imageOf(page, name)
    if (bitmap) scans.push(bitmap)
  }
  return scans
}

/** Images that several pages share have names of their own. */
function imageOf(page: PdfPage, name: string): Promise<Bitmap | undefined> {
  const objects = name.startsWith('g_') ? page.commonObjs : page.objs
  return new Promise((resolve) => {
    objects.get(name, (image: Bitmap | null) => resolve(image?.data ? image : undefined))
  })
}

/** As PNM, which is its pixels after a line of text. */
function pnmOf(bitmap: Bitmap, { ImageKind }: PdfJs): Uint8Array {
  const { width, height, kind } = bitmap
  const data = new Uint8Array(bitmap.data)
  if (kind === ImageKind.GRAYSCALE_1BPP) {
    // Here 1 is white, there it is black.
    return Buffer.concat([Buffer.from(`P4\n${width} ${height}\n`), data.map((byte) => ~byte)])
  }
  const head = Buffer.from(`P6\n${width} ${height}\n255\n`)
  if (kind === ImageKind.RGB_24BPP) return Buffer.concat([head, data])
  const colours = new Uint8Array(width * height * 3)
  for (let from = 0, to = 0; to < colours.length; from += 4, to += 3) {
    colours.set(data.subarray(from, from + 3), to)
  }
  return Buffer.concat([head, colours])
}
