import type { Header } from '../table.ts'
import { TableGrid } from '../table-grid.ts'

type Attributes = Readonly<Record<string, string>>

/** Tables within tables are words in the cell around them. */
export function createTables(done: (rows: readonly (readonly string[])[], header: Header) => void) {
  let depth = 0
  let grid = new TableGrid()
  let cell: { text: string; isHeader: boolean; columns: number; rows: number } | undefined
  let headers = { cells: 0, all: 0 }

  function endCell() {
    if (!cell) return
    if (grid.rows.length <= 1) {
      headers = { cells: headers.cells + Number(cell.isHeader), all: headers.all + 1 }
    }
    grid.cell(cell.text, cell)
    cell = undefined
  }

  function endTable() {
    endCell()
    done(grid.rows, headers.all > 0 && headers.cells === headers.all ? 'first-row' : 'guess')
  }

  return {
    get isOpen() {
      return depth > 0
    },
    text(text: string) {
      if (cell) cell.text += ` ${text}`
      else cell = { text, isHeader: false, columns: 1, rows: 1 }
    },
    open(name: string, attributes: Attributes) {
      if (name === 'table' && depth++ === 0) {
        grid = new TableGrid()
        headers = { cells: 0, all: 0 }
      }
      if (depth !== 1) return
      if (name === 'tr') {
        endCell()
        grid.row()
      } else if (name === 'td' || name === 'th') {
        endCell()
        const columns = Number(attributes.colspan ?? 1)
        cell = { text: '', isHeader: name === 'th', columns, rows: Number(attributes.rowspan ?? 1) }
      }
    },
    close(name: string) {
      if (depth === 1 && (name === 'td' || name === 'th' || name === 'tr')) endCell()
      if (name === 'table' && depth > 0 && --depth === 0) endTable()
    },
  }
}
