import { ocr } from './ocr.ts'
import type { OcrBudget } from './ocr-budget.ts'
import type { Paragraph } from './pdf-layout.ts'
import { createPlace, type Matrix } from './pdf-place.ts'

type PdfJs = typeof import('pdfjs-dist/legacy/build/pdf.mjs')
type PdfPage = Awaited<ReturnType<Awaited<ReturnType<PdfJs['getDocument']>['promise']>['getPage']>>

/** An image as pdf.js decodes it; a mask has no kind. */
interface Bitmap {
  readonly width: number
  readonly height: number
  readonly kind?: number
  readonly data: Uint8Array | Uint8ClampedArray
}

/** A page with fewer words than this beside a large image was scanned. */
const LEAST_LENGTH = 20
/** With fewer than this, too, where the image covers the page: scanners add a line, or the name of their maker. */
const SHORT_LENGTH = 120
/** Of the page. */
const COVERS = 0.7
/** Smaller ones are logos and lines. */
const LEAST_PIXELS = 50_000
const MAX_IMAGES = 4
/** How large its letters are is not known: no scanned line is a heading. */
const SIZE = 10

export interface ScanReader {
  /**
   * @param length of the words that the page has
   * @returns what is in its images; undefined when it was not scanned, or the budget has come to its end
   */
  read(page: PdfPage, length: number): Promise<Paragraph[] | undefined>
}

/** Reads the images of pages that have no words of their own, or hardly any. */
export function createScanReader(pdfjs: PdfJs, budget: OcrBudget): ScanReader {
  return {
    async read(page, length) {
      if (length >= SHORT_LENGTH) return undefined
      const scans = await scansOf(page, pdfjs, length < LEAST_LENGTH ? 0 : COVERS)
      if (scans.length === 0 || !budget.takes(page.pageNumber)) return undefined
      const { read } = await ocr()
      return budget
        .timed(() => scans.flatMap((scan) => read(pnmOf(scan, pdfjs)) ?? []))
        .map((text) => ({
          page: page.pageNumber,
          text,
          lineCount: text.split('\n').length,
          size: SIZE,
        }))
    },
  }
}

/** @param share of the page that an image has to cover */
async function scansOf(page: PdfPage, { OPS }: PdfJs, share: number): Promise<Bitmap[]> {
  const { fnArray, argsArray } = await page.getOperatorList()
  const [left = 0, bottom = 0, right = 0, top = 0] = page.view
  const least = share * (right - left) * (top - bottom)
  const place = createPlace(OPS)
  const scans: Bitmap[] = []
  for (const [index, operation] of fnArray.entries()) {
    const args = argsArray[index] as readonly unknown[] | null
    place.follow(operation, args)
    const painted = paintedBy(operation, args, OPS)
    if (!painted || scans.length === MAX_IMAGES) continue
    if (painted.width * painted.height < LEAST_PIXELS || areaOf(place.matrix) < least) continue
    const bitmap = await imageOf(page, painted.name)
    if (bitmap) scans.push(bitmap)
  }
  return scans
}

interface Painted {
  readonly name: string
  readonly width: number
  readonly height: number
}

/** Inline images that are large have names as well. A mask paints where it says so: letters, as scanners for black and white use it. */
function paintedBy(
  operation: number,
  args: readonly unknown[] | null,
  OPS: PdfJs['OPS'],
): Painted | undefined {
  if (operation === OPS.paintImageXObject) {
    const [name, width, height] = args as [string, number, number]
    return { name, width, height }
  }
  if (operation !== OPS.paintImageMaskXObject) return undefined
  const [{ data, width, height }] = args as [{ data: unknown } & Omit<Painted, 'name'>]
  return typeof data === 'string' ? { name: data, width, height } : undefined
}

/** An image is painted into the square from 0 to 1. */
function areaOf([a, b, c, d]: Matrix): number {
  return Math.abs(a * d - b * c)
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
  const { width, height, kind = ImageKind.GRAYSCALE_1BPP } = bitmap
  const data = new Uint8Array(bitmap.data)
  if (kind === ImageKind.GRAYSCALE_1BPP) {
    // Here 1 is white, or left out, there it is black.
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
