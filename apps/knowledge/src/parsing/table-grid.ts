/** Wider and higher than any table that is read by people. */
const MAX_SPAN = 200

/** Names of columns are short; a long text across many columns is said once. */
const REPEATED_LENGTH = 30

/** Where a cell stands, as far as a format says it; absent: the next free place. */
export interface Place {
  readonly column?: number
  readonly columns?: number
  readonly rows?: number
  /** It belongs to the cell above it, whose words it has. */
  readonly continues?: boolean
}

/**
 * A table whose cells may span rows and columns. A cell that does is repeated in each row, and when
 * it is short in each column that it covers, so that every row says all that a reader sees in it.
 */
export class TableGrid {
  readonly #rows: string[][] = []
  /** Per column: what comes down from a row above, and for how many more rows. */
  readonly #falling: ({ text: string; rows: number } | undefined)[] = []

  row(): void {
    const row: string[] = []
    this.#rows.push(row)
    this.#fall(row)
  }

  /** Without a row, the cell begins one. */
  cell(given: string, { column, columns = 1, rows = 1, continues = false }: Place = {}): void {
    if (this.#rows.length === 0) this.row()
    const row = this.#rows.at(-1) as string[]
    const above = this.#rows.at(-2)
    while (row.length < Math.min(column ?? 0, MAX_SPAN)) row.push('')
    const height = clamp(rows)
    for (let at = 0; at < clamp(columns) && row.length < MAX_SPAN; at++) {
      const own = at === 0 || given.length <= REPEATED_LENGTH ? given : ''
      const text = continues ? (above?.[row.length] ?? own) : own
      if (height > 1) this.#falling[row.length] = { text, rows: height - 1 }
      row.push(text)
    }
    this.#fall(row)
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
