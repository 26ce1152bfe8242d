/** Wider and higher than any table that is read by people. */
const MAX_SPAN = 200

export interface Span {
  readonly columns?: number
  readonly rows?: number
}

/**
 * A table whose cells may span rows and columns. A cell that does is repeated in each place that it
 * covers, so that every row says all that a reader sees in it.
 */
export class TableGrid {
  readonly #rows: string[][] = []
  /** Per column: what comes down from a row above, and for how many more rows. */
  readonly #falling: ({ text: string; rows: number } | undefined)[] = []
  #current: string[] | undefined

  row(): void {
    this.endRow()
    this.#current = []
    this.#rows.push(this.#current)
    this.#fall(this.#current)
  }

  /** The next free place of the row. Without a row, the cell begins one. */
  cell(text: string, { columns = 1, rows = 1 }: Span = {}): void {
    if (!this.#current) this.row()
    const row = this.#current as string[]
    const height = clamp(rows)
    for (let left = clamp(columns); left > 0 && row.length < MAX_SPAN; left--) {
      if (height > 1) this.#falling[row.length] = { text, rows: height - 1 }
      row.push(text)
    }
    this.#fall(row)
  }

  endRow(): void {
    this.#current = undefined
  }

  get rows(): readonly (readonly string[])[] {
    return this.#rows
  }

  #fall(row: string[]): void {
    for (;;) {
      const above = this.#falling[row.length]
      if (!above) return
      this.#falling[row.length] =
        above.rows > 1 ? { text: above.text, rows: above.rows - 1 } : undefined
      row.push(above.text)
    }
  }
}

function clamp(span: number): number {
  return Number.isFinite(span) ? Math.min(Math.max(Math.trunc(span), 1), MAX_SPAN) : 1
}
