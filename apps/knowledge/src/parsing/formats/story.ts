import type { DocumentWriter } from '../document-writer.ts'
import { type Place, TableGrid } from '../table-grid.ts'

/**
 * The paragraphs and tables of an Office document as they come. Paragraphs may hold tables and text
 * boxes, cells may hold paragraphs and tables: what stands within a cell becomes words of the cell.
 */
export interface Story {
  openParagraph(): void
  text(text: string): void
  /** @param level of a heading; absent: it is a paragraph */
  closeParagraph(level?: number): void
  openTable(): void
  openRow(): void
  openCell(): void
  /** @param place undefined when another cell covers it: then it is none */
  closeCell(place: Place | undefined): void
  closeTable(): void
  /** Whether nothing is open but what has no words yet: a page that begins here begins with it. */
  readonly isBlank: boolean
}

interface Table {
  readonly grid: TableGrid
  cell: string[] | undefined
}

export function createStory(
  writer: Pick<DocumentWriter, 'heading' | 'paragraph' | 'table'>,
): Story {
  const paragraphs: string[][] = []
  const tables: Table[] = []

  return {
    get isBlank() {
      return tables.length === 0 && paragraphs.every((texts) => texts.join('').trim() === '')
    },

    openParagraph() {
      paragraphs.push([])
    },

    text(text) {
      paragraphs.at(-1)?.push(text)
    },

    closeParagraph(level) {
      const text = paragraphs.pop()?.join('') ?? ''
      if (text.trim() === '') return
      if (tables.length > 0) tables.at(-1)?.cell?.push(text)
      else if (level === undefined) writer.paragraph(text)
      else writer.heading(level, text)
    },

    openTable() {
      tables.push({ grid: new TableGrid(), cell: undefined })
    },

    openRow() {
      tables.at(-1)?.grid.row()
    },

    openCell() {
      const table = tables.at(-1)
      if (table) table.cell = []
    },

    closeCell(place) {
      const table = tables.at(-1)
      if (!table?.cell) return
      if (place) table.grid.cell(table.cell.join('\n'), place)
      table.cell = undefined
    },

    closeTable() {
      const rows = tables.pop()?.grid.rows ?? []
      const outer = tables.at(-1)
      if (outer) outer.cell?.push(...rows.map((row) => row.join(' ')))
      // Office formats rarely say which row names the columns: it is the first one.
      else writer.table(rows, 'first-row')
    },
  }
}
