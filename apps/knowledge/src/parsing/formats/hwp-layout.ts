import type { HancomDocument } from './hancom-document.ts'
import { controlName, type HwpRecord, TAG } from './hwp-records.ts'

/** Hancom, HWP 5.0 r1.3, table 62: the place of a line, in 36 bytes. */
const LINE_BYTES = 36
/** Table 58: how a paragraph begins. */
const NEW_PAGE = 1 << 2
const NEW_COLUMN = 1 << 3

/** Tables, and pictures and shapes. */
const OBJECTS = new Set(['tbl', 'gso'])
const BY_PARAGRAPH = 2
const ABOVE_AND_BELOW = 1

/**
 * Takes from the records of a section what says where pages end. A paragraph of the body stands at the
 * lowest level; its lines come before its controls, which say how many columns there are.
 */
export function readLayout(document: HancomDocument) {
  let isOpen = false
  let object: ReturnType<typeof createObject> | undefined
  document.section()

  function endObject() {
    if (object) document.between(object)
    object = undefined
  }

  function end() {
    endObject()
    if (isOpen) document.close()
    isOpen = false
  }

  return {
    end,
    take(record: HwpRecord) {
      const { tag, level, data } = record
      if (tag === TAG.paragraphHeader && level === 0) {
        end()
        isOpen = true
        document.open(beginningOf(data))
      } else if (tag === TAG.lines && level === 1) takeLines(document, data)
      else if (tag === TAG.page && level === 2) takePage(document, data)
      else if (tag === TAG.list && level === 2) object?.cell(data)
      else if (tag === TAG.control && level === 1) {
        endObject()
        if (isBetween(record)) object = createObject(record)
        else if (controlName(data) === 'cold' && data.byteLength >= 6) {
          document.pages.columns((data.getUint16(4, true) >>> 2) & 0xff)
        }
      }
    },
  }
}

function beginningOf(data: DataView): 'page' | 'column' | undefined {
  const how = data.byteLength >= 12 ? data.getUint8(11) : 0
  if (how & NEW_PAGE) return 'page'
  return how & NEW_COLUMN ? 'column' : undefined
}

function takeLines(document: HancomDocument, data: DataView): void {
  for (let at = 0; at + LINE_BYTES <= data.byteLength; at += LINE_BYTES) {
    document.line({
      top: data.getInt32(at + 4, true),
      height: data.getInt32(at + 8, true),
      left: data.getInt32(at + 24, true),
      width: data.getInt32(at + 28, true),
    })
  }
}

/** Table 131: the size of the paper, its margins left, right, top, bottom, of head and foot. */
function takePage({ pages }: HancomDocument, data: DataView): void {
  if (data.byteLength < 40) return
  const at = (index: number) => data.getUint32(index * 4, true)
  const isLandscape = (at(9) & 1) === 1
  pages.body([4, 5, 6, 7].reduce((rest, margin) => rest - at(margin), at(isLandscape ? 0 : 1)))
}

/** A table that is cut at the ends of pages says the height of one part: that of its rows is all of it. */
function createObject({ data }: HwpRecord) {
  const rows = new Map<number, number>()
  return {
    mayBeCut: controlName(data) === 'tbl',
    cell(list: DataView) {
      if (list.byteLength < 24 || list.getUint16(14, true) !== 1) return
      const row = list.getUint16(10, true)
      rows.set(row, Math.max(rows.get(row) ?? 0, list.getUint32(20, true)))
    },
    get height() {
      const sum = [...rows.values()].reduce((all, height) => all + height, 0)
      return Math.max(data.getUint32(20, true), sum)
    },
  }
}

/**
 * Table 68: whether an object is no letter of its line, lies where its paragraph does, and keeps lines
 * away on both sides.
 */
function isBetween({ data }: HwpRecord): boolean {
  if (!OBJECTS.has(controlName(data)) || data.byteLength < 24) return false
  const attributes = data.getUint32(4, true)
  const [isLetter, place, flow] = [attributes & 1, (attributes >>> 3) & 3, (attributes >>> 21) & 7]
  return isLetter === 0 && place === BY_PARAGRAPH && flow === ABOVE_AND_BELOW
}
