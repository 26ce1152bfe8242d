import type { Place } from '../table-grid.ts'
import type { HancomDocument } from './hancom-document.ts'
import type { Attributes, XmlHandlers } from './xml.ts'

/** Headers, footers and hidden comments, and how a character is composed of others. */
const DROPPED = new Set(['header', 'footer', 'hiddenComment', 'script'])

/** Reads `section0.xml` and its like: paragraphs, in whose runs tables, text boxes and notes are. */
export function sectionHandlers(
  document: HancomDocument,
  levels: ReadonlyMap<string, number>,
): XmlHandlers {
  const { story } = document
  const headings: (number | undefined)[] = []
  const places: { column?: number; columns?: number; rows?: number }[] = []
  const layout = layoutHandlers(document, () => headings.length)
  let dropped = 0
  let isText = false
  let isDeleted = false
  document.section()

  const opened: Readonly<Record<string, (attributes: Attributes) => void>> = {
    p({ paraPrIDRef }) {
      story.openParagraph()
      headings.push(levels.get(paraPrIDRef ?? ''))
    },
    t() {
      isText = true
    },
    mainText() {
      isText = true
    },
    deleteBegin() {
      isDeleted = true
    },
    deleteEnd() {
      isDeleted = false
    },
    lineBreak: () => story.text('\n'),
    tab: () => story.text('\t'),
    nbSpace: () => story.text(' '),
    fwSpace: () => story.text(' '),
    hyphen: () => story.text('-'),
    tbl: () => story.openTable(),
    tr: () => story.openRow(),
    tc() {
      story.openCell()
      places.push({})
    },
  }
  const closed: Readonly<Record<string, () => void>> = {
    p: () => story.closeParagraph(headings.pop()),
    t() {
      isText = false
    },
    mainText() {
      isText = false
    },
    tc: () => story.closeCell(places.pop()),
    tbl: () => story.closeTable(),
  }

  return {
    open(name, attributes) {
      if (dropped > 0 || DROPPED.has(name)) {
        dropped++
        return
      }
      if (Object.hasOwn(opened, name)) opened[name]?.(attributes)
      else Object.assign(places.at(-1) ?? {}, placeOf(name, attributes))
      layout.open(name, attributes)
    },
    text(text) {
      if (isText && !isDeleted && dropped === 0) story.text(text)
    },
    close(name) {
      if (dropped > 0) {
        dropped--
        return
      }
      if (Object.hasOwn(closed, name)) closed[name]?.()
      layout.close(name)
    },
  }
}

/** A cell says after its words where it stands. */
function placeOf(name: string, attributes: Attributes): Place {
  if (name === 'cellAddr') return { column: Number(attributes.colAddr ?? 0) }
  if (name !== 'cellSpan') return {}
  return { columns: Number(attributes.colSpan ?? 1), rows: Number(attributes.rowSpan ?? 1) }
}

/**
 * What says where pages end. Lines, tables and columns count where one paragraph is open: what stands
 * within a table, a text box or a note has places of its own.
 */
function layoutHandlers(document: HancomDocument, depth: () => number) {
  let page = { height: 0 }
  let object: LaidObject | undefined

  const opened: Readonly<Record<string, (attributes: Attributes) => void>> = {
    p: ({ pageBreak, columnBreak }) =>
      document.open(pageBreak === '1' ? 'page' : columnBreak === '1' ? 'column' : undefined),
    lineseg({ vertpos, vertsize, horzpos, horzsize }) {
      document.line({
        top: numberOf(vertpos),
        height: numberOf(vertsize),
        left: numberOf(horzpos),
        width: numberOf(horzsize),
      })
    },
    pagePr({ landscape, width, height }) {
      page = { height: numberOf(landscape === 'NARROWLY' ? width : height) }
    },
    margin({ header, footer, top, bottom }) {
      if (page.height === 0) return
      const margins = [header, footer, top, bottom].map(numberOf)
      document.pages.body(margins.reduce((rest, margin) => rest - margin, page.height))
      page = { height: 0 }
    },
    colPr: ({ colCount }) => document.pages.columns(numberOf(colCount)),
    sz({ height }) {
      if (object) object.height = numberOf(height)
    },
    pos({ treatAsChar, vertRelTo }) {
      if (object) object.isBetween &&= treatAsChar !== '1' && vertRelTo === 'PARA'
    },
    tc() {
      if (object) object.cell = { row: '', height: 0, rows: 1 }
    },
    cellAddr({ rowAddr }) {
      if (object?.cell) object.cell.row = rowAddr ?? ''
    },
    cellSpan({ rowSpan }) {
      if (object?.cell) object.cell.rows = numberOf(rowSpan)
    },
    cellSz({ height }) {
      if (object?.cell) object.cell.height = numberOf(height)
    },
  }

  return {
    open(name: string, attributes: Attributes) {
      if (depth() !== 1) return
      if (Object.hasOwn(opened, name)) opened[name]?.(attributes)
      // Groups of shapes hold others, which lie within them.
      else if (attributes.textWrap !== undefined) object ??= laidObject(name, attributes)
    },
    close(name: string) {
      if (name === 'p' && depth() === 0) document.close()
      if (depth() !== 1 || !object) return
      if (name === 'tc') object.endCell()
      if (name !== object.name) return
      if (object.isBetween) document.between({ height: object.allHeight, mayBeCut: name === 'tbl' })
      object = undefined
    },
  }
}

interface LaidObject {
  readonly name: string
  isBetween: boolean
  height: number
  cell: { row: string; height: number; rows: number } | undefined
  endCell(): void
  readonly allHeight: number
}

/** A table that is cut at the ends of pages says the height of one part: that of its rows is all of it. */
function laidObject(name: string, { textWrap }: Attributes): LaidObject {
  const rows = new Map<string, number>()
  return {
    name,
    isBetween: textWrap === 'TOP_AND_BOTTOM',
    height: 0,
    cell: undefined,
    endCell() {
      const { row, height, rows: span } = this.cell ?? { row: '', height: 0, rows: 0 }
      if (span === 1) rows.set(row, Math.max(rows.get(row) ?? 0, height))
      this.cell = undefined
    },
    get allHeight() {
      return Math.max(
        this.height,
        [...rows.values()].reduce((sum, height) => sum + height, 0),
      )
    },
  }
}

function numberOf(text: string | undefined): number {
  const number = Number(text ?? 0)
  return Number.isFinite(number) ? number : 0
}
