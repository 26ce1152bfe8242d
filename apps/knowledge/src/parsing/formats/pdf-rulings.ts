import { createPlace, type Matrix } from './pdf-place.ts'

type PdfJs = typeof import('pdfjs-dist/legacy/build/pdf.mjs')
type PdfTask = ReturnType<PdfJs['getDocument']>
type PdfPage = Awaited<ReturnType<Awaited<PdfTask['promise']>['getPage']>>

/** A line that is level or upright: at this height or distance, from there to there. */
export interface Ruling {
  readonly at: number
  readonly from: number
  readonly to: number
}

export interface Rulings {
  readonly across: readonly Ruling[]
  readonly down: readonly Ruling[]
}

export const UNRULED: Rulings = { across: [], down: [] }
/** A page with more lines is a drawing. */
const MAX_RULINGS = 4000
/** In points. What is thinner than that is a line, however it is painted; shorter ones are letters of a drawing. */
const THIN = 3
const SHORTEST = 4

/** Of the pages of a document, as far as they are worth it. */
const MAX_PAGES = 300

export interface RulingReader {
  /** The lines that a page is ruled with: none when it is a drawing. */
  read(pageNumber: number): Promise<Rulings>
  close(): Promise<void>
}

/**
 * Reads what is painted on pages without their images, which take more memory than all else. For that
 * it opens the document once more, when it is asked first.
 *
 * @param open with the images left out
 */
export function createRulingReader(open: () => PdfTask, { OPS }: PdfJs): RulingReader {
  let task: PdfTask | undefined
  let pages = 0
  return {
    async read(pageNumber) {
      if (++pages > MAX_PAGES) return UNRULED
      task ??= open()
      try {
        const page = await (await task.promise).getPage(pageNumber)
        const rulings = rulingsIn(await page.getOperatorList(), OPS)
        page.cleanup()
        return rulings
      } catch (error) {
        // Its words have been read: what is wrong with a drawing is no reason to lose them.
        if (error instanceof RangeError) throw error
        return UNRULED
      }
    },
    close: async () => task?.destroy(),
  }
}

type Operators = Awaited<ReturnType<PdfPage['getOperatorList']>>

function rulingsIn({ fnArray, argsArray }: Operators, OPS: PdfJs['OPS']): Rulings {
  const filled = new Set<number>([OPS.fill, OPS.eoFill])
  const painted = new Set([...filled, OPS.stroke, OPS.closeStroke, OPS.fillStroke])
  for (const both of [OPS.eoFillStroke, OPS.closeFillStroke, OPS.closeEOFillStroke])
    painted.add(both)
  const rulings: { across: Ruling[]; down: Ruling[] } = { across: [], down: [] }
  const place = createPlace(OPS)
  for (const [index, operation] of fnArray.entries()) {
    const args = argsArray[index] as readonly unknown[] | null
    place.follow(operation, args)
    if (operation !== OPS.constructPath) continue
    const [paint, [path] = [null]] = args as [number, [ArrayLike<number> | null]?]
    if (!path || !painted.has(paint)) continue
    for (const box of edgesOf(path, place.matrix, filled.has(paint))) add(box, rulings)
    if (rulings.across.length + rulings.down.length > MAX_RULINGS) return UNRULED
  }
  return rulings
}

/** What is between two points, or within the outline of what is filled. */
interface Box {
  readonly left: number
  readonly right: number
  readonly bottom: number
  readonly top: number
}

function* edgesOf(path: ArrayLike<number>, matrix: Matrix, isFilled: boolean): Generator<Box> {
  const { moveTo, lineTo, curveTo, quadraticCurveTo } = PATHS
  let points: (readonly [number, number])[] = []
  for (let at = 0; at < path.length; ) {
    const step = path[at++]
    if (step === moveTo) {
      yield* boxesOf(points, isFilled)
      points = [pointOf(path, at, matrix)]
      at += 2
    } else if (step === lineTo) {
      points.push(pointOf(path, at, matrix))
      at += 2
    } else if (step === curveTo || step === quadraticCurveTo) {
      const length = step === curveTo ? 6 : 4
      yield* boxesOf(points, isFilled)
      points = [pointOf(path, at + length - 2, matrix)]
      at += length
    } else if (points[0]) points.push(points[0])
  }
  yield* boxesOf(points, isFilled)
}

/** As `DrawOPS` of pdf.js, which it does not export. */
const PATHS = { moveTo: 0, lineTo: 1, curveTo: 2, quadraticCurveTo: 3 }

function* boxesOf(
  points: readonly (readonly [number, number])[],
  isFilled: boolean,
): Generator<Box> {
  if (isFilled && points.length > 2) {
    yield boxOf(points)
    return
  }
  for (let at = 1; at < points.length; at++) yield boxOf(points.slice(at - 1, at + 1))
}

function boxOf(points: readonly (readonly [number, number])[]): Box {
  const xs = points.map(([x]) => x)
  const ys = points.map(([, y]) => y)
  return {
    left: Math.min(...xs),
    right: Math.max(...xs),
    bottom: Math.min(...ys),
    top: Math.max(...ys),
  }
}

function add(
  { left, right, bottom, top }: Box,
  { across, down }: { across: Ruling[]; down: Ruling[] },
): void {
  const [width, height] = [right - left, top - bottom]
  if (height <= THIN && width >= SHORTEST) {
    across.push({ at: (top + bottom) / 2, from: left, to: right })
  } else if (width <= THIN && height >= SHORTEST) {
    down.push({ at: (left + right) / 2, from: bottom, to: top })
  }
}

function pointOf(path: ArrayLike<number>, at: number, [a, b, c, d, e, f]: Matrix) {
  const [x = 0, y = 0] = [path[at], path[at + 1]]
  return [a * x + c * y + e, b * x + d * y + f] as const
}
