import { damaged } from '../parse-error.ts'

/** Tags of the records that are read; HWPTAG_BEGIN is 16. Source: Hancom, HWP 5.0 r1.3, tables 13 and 57. */
export const TAG = {
  paragraphShape: 25,
  paragraphHeader: 66,
  paragraphText: 67,
  lines: 69,
  control: 71,
  list: 72,
  page: 73,
  table: 77,
} as const

export interface HwpRecord {
  readonly tag: number
  /** How deep it stands: what follows at a deeper level belongs to it. */
  readonly level: number
  readonly data: DataView
}

/** Where the size does not fit into the header, it follows. */
const LONG = 0xfff

/** @throws ParseError `document.damaged` when a record is longer than what is left */
export function* recordsOf(bytes: Uint8Array): Generator<HwpRecord> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 0
  while (at + 4 <= bytes.byteLength) {
    const header = view.getUint32(at, true)
    at += 4
    let size = header >>> 20
    if (size === LONG && at + 4 <= bytes.byteLength) {
      size = view.getUint32(at, true)
      at += 4
    }
    if (at + size > bytes.byteLength) throw damaged('A record of the text does not end')
    const data = new DataView(bytes.buffer, bytes.byteOffset + at, size)
    yield { tag: header & 0x3ff, level: (header >>> 10) & 0x3ff, data }
    at += size
  }
}

/** Controls of one unit; all others below 32 take eight, of which the first and the last name it. */
const SINGLE = new Set([0, 10, 13, 24, 25, 26, 27, 28, 29, 30, 31])
const CONTROL_UNITS = 8
const READABLE: Readonly<Record<number, string>> = {
  9: '\t',
  10: '\n',
  24: '-',
  30: '\u00a0',
  31: ' ',
}

/** The words of a paragraph, without the controls that stand among them. */
export function textOfRecord({ data }: HwpRecord): string {
  const units = data.byteLength >>> 1
  let text = ''
  for (let at = 0; at < units; ) {
    const unit = data.getUint16(at * 2, true)
    if (unit >= 32) {
      text += String.fromCharCode(unit)
      at++
      continue
    }
    text += READABLE[unit] ?? ''
    at += SINGLE.has(unit) ? 1 : CONTROL_UNITS
  }
  return text
}

/** Of a control: its four letters are written as a number, the last one first. */
export function controlName(data: DataView): string {
  if (data.byteLength < 4) return ''
  return String.fromCharCode(...[3, 2, 1, 0].map((at) => data.getUint8(at))).trim()
}
