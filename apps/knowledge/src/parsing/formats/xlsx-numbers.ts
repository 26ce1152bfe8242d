import type { Archive } from './archive.ts'
import { readXml } from './xml.ts'

export interface NumberFormats {
  /** A number as its cell shows it, as far as it is a date, a time or a percentage. */
  format(value: string, style: number): string
}

type Kind = 'number' | 'date' | 'time' | 'date-time' | 'percent'

/** ECMA-376, part 1, 18.8.30, with those of Korean and other East Asian systems. */
const BUILT_IN: readonly (readonly [from: number, to: number, kind: Kind])[] = [
  [9, 10, 'percent'],
  [14, 17, 'date'],
  [18, 21, 'time'],
  [22, 22, 'date-time'],
  [27, 31, 'date'],
  [32, 33, 'time'],
  [34, 36, 'date'],
  [45, 47, 'time'],
  [50, 58, 'date'],
]
const DAY_MS = 86_400_000

export async function createNumberFormats(
  archive: Archive,
  part: string | undefined,
  { is1904 }: { readonly is1904: boolean },
): Promise<NumberFormats> {
  const custom = new Map<number, Kind>()
  const styles: number[] = []
  let isCells = false
  if (part !== undefined && archive.has(part)) {
    await readXml(archive, part, {
      open(name, { numFmtId, formatCode }) {
        if (name === 'numFmt') custom.set(Number(numFmtId), kindOfCode(formatCode ?? ''))
        else if (name === 'cellXfs') isCells = true
        else if (name === 'xf' && isCells) styles.push(Number(numFmtId ?? 0))
      },
      close(name) {
        if (name === 'cellXfs') isCells = false
      },
    })
  }
  const kindOf = (id: number) => custom.get(id) ?? builtIn(id)
  return { format: (value, style) => textOf(value, kindOf(styles[style] ?? 0), is1904) }
}

function builtIn(id: number): Kind {
  return BUILT_IN.find(([from, to]) => id >= from && id <= to)?.[2] ?? 'number'
}

/** Literals and colours aside, only formats of dates have a year or a day, of times an hour. */
function kindOfCode(code: string): Kind {
  const letters = code
    .slice(0, 255)
    .replace(/"[^"]*"|\\.|\[[^\]]*\]/g, '')
    .toLowerCase()
  if (letters.includes('general')) return 'number'
  const isDate = /[yd]/.test(letters)
  const isTime = /[hs]/.test(letters)
  if (isDate) return isTime ? 'date-time' : 'date'
  if (isTime) return 'time'
  return letters.includes('%') ? 'percent' : 'number'
}

function textOf(value: string, kind: Kind, is1904: boolean): string {
  const number = Number(value)
  if (!Number.isFinite(number)) return value
  // Excel keeps 15 digits; what comes after them is noise of its arithmetic.
  if (kind === 'number') return String(Number(number.toPrecision(15)))
  if (kind === 'percent') return `${Number((number * 100).toPrecision(12))}%`
  const iso = isoOf(number, is1904)
  if (iso === undefined) return value
  const [date = '', time = ''] = iso.split('T')
  if (kind === 'date') return date
  return kind === 'time' ? time : `${date} ${time}`
}

/** Day 60 is 29 February 1900, which there never was: the days before it are off by one. */
function isoOf(serial: number, is1904: boolean): string | undefined {
  const epoch = is1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, serial < 60 ? 31 : 30)
  const date = new Date(epoch + Math.round((serial * DAY_MS) / 1000) * 1000)
  return serial < 0 || Number.isNaN(date.getTime()) ? undefined : date.toISOString().slice(0, 19)
}
