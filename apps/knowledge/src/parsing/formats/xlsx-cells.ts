/** `A` is 0. @returns undefined when it is no reference to a cell, such as `B12` */
export function columnOf(reference: string | undefined): number | undefined {
  const letters = /^\$?([A-Z]{1,3})\$?\d{1,7}$/.exec(reference ?? '')?.[1]
  if (letters === undefined) return undefined
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

/** An area of cells that shows as one, with the numbers of its rows in the file. */
export interface Merge {
  readonly columns: readonly [first: number, last: number]
  readonly rows: readonly [first: number, last: number]
}

/** Wider ones are frames around a whole sheet. */
const MAX_AREA = 2000
/** Of all areas of a sheet. */
const MAX_SPREAD = 200_000

/** @returns one area, or none when the reference makes no sense */
export function mergeOf(reference: string | undefined): Merge[] {
  const [from, to] = (reference ?? '').split(':')
  const first = columnOf(from)
  const last = columnOf(to)
  if (first === undefined || last === undefined) return []
  return [{ columns: [first, last], rows: [rowOf(from), rowOf(to)] }]
}

function rowOf(reference = ''): number {
  return Number(/\d+$/.exec(reference)?.[0] ?? 0)
}

/** Repeats the text of a merged area in each of its cells, as a reader sees it. */
export function spread(
  rows: readonly string[][],
  numbers: readonly number[],
  merges: readonly Merge[],
): void {
  const byNumber = new Map(numbers.map((number, index) => [number, rows[index]]))
  let left = MAX_SPREAD
  for (const { columns, rows: span } of merges) {
    const area = (columns[1] - columns[0] + 1) * (span[1] - span[0] + 1)
    const text = byNumber.get(span[0])?.[columns[0]]
    if (text === undefined || text === '' || area > Math.min(MAX_AREA, left)) continue
    left -= area
    for (let number = span[0]; number <= span[1]; number++) {
      fill(byNumber.get(number), columns, text)
    }
  }
}

function fill(row: string[] | undefined, [first, last]: Merge['columns'], text: string): void {
  if (!row) return
  while (row.length <= last) row.push('')
  row.fill(text, first, last + 1)
}
