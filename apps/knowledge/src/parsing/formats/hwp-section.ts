import type { Place } from '../table-grid.ts'
import type { HancomDocument } from './hancom-document.ts'
import { readLayout } from './hwp-layout.ts'
import { controlName, type HwpRecord, TAG, textOfRecord } from './hwp-records.ts'
import type { Story } from './story.ts'

/** Headers, footers, page numbers and hidden comments are no part of what a document says. */
const DROPPED = new Set(['head', 'foot', 'tcmt', 'pgnp', 'nwno'])

interface OpenTable {
  /** Of the control: what is not deeper comes after the table. */
  readonly level: number
  row: number
  place: Place | undefined
}

/**
 * Reads the records of one section: a paragraph is a header and a text, a table is a control with a
 * list of paragraphs per cell, and what belongs to a control stands deeper than it.
 */
export function readHwpSection(
  records: Iterable<HwpRecord>,
  document: HancomDocument,
  levels: readonly (number | undefined)[],
): void {
  const { story } = document
  const layout = readLayout(document)
  const tables: OpenTable[] = []
  let droppedBelow: number | undefined
  let heading: number | undefined

  function closeTables(level: number) {
    for (let open = tables.at(-1); open && level <= open.level; open = tables.at(-1)) {
      story.closeCell(open.place)
      story.closeTable()
      tables.pop()
    }
  }

  for (const record of records) {
    const { tag, level, data } = record
    if (droppedBelow !== undefined && level > droppedBelow) continue
    droppedBelow = undefined
    closeTables(level)
    layout.take(record)
    if (tag === TAG.control && DROPPED.has(controlName(data))) droppedBelow = level
    else if (tag === TAG.table) {
      tables.push({ level: level - 1, row: -1, place: undefined })
      story.openTable()
    } else if (tag === TAG.list) {
      const open = tables.at(-1)
      if (open && level === open.level + 1) openCell(story, open, data)
    } else if (tag === TAG.paragraphHeader) {
      heading = data.byteLength >= 10 ? levels[data.getUint16(8, true)] : undefined
    } else if (tag === TAG.paragraphText) {
      story.openParagraph()
      story.text(textOfRecord(record))
      story.closeParagraph(heading)
    }
  }
  closeTables(0)
  layout.end()
}

/** The list of paragraphs of a cell: its place follows the eight bytes that every list has. */
function openCell(story: Story, open: OpenTable, data: DataView): void {
  story.closeCell(open.place)
  story.openCell()
  if (data.byteLength < 16) {
    open.place = {}
    return
  }
  const [column = 0, row = 0, columns = 1, rows = 1] = [8, 10, 12, 14].map((at) =>
    data.getUint16(at, true),
  )
  // Rows in which no cell begins are not in the file.
  for (; open.row < row; open.row++) story.openRow()
  open.place = { column, columns, rows }
}
