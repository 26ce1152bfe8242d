import type { Operation } from '../openapi/operation.ts'

/** How many requests each operation had, by the class of their answers. */
export interface Tally {
  /**
   * @param status 0 when nobody waited for the answer
   * @param code of the problem, if it was one
   */
  add(operation: Operation, status: number, code?: string): void
  /** Somebody was turned away for load, and came again. */
  busy(): void
  total(): number
  /** How many requests to this operation were answered with 2xx. */
  good(operationId: string): number
  /** Codes with which it was refused, the most frequent first. */
  refusals(operationId: string): string
  turnedAway(): number
  /** One line for each operation, and one for all. */
  table(): string
}

const CLASSES = ['2xx', '3xx', '4xx', '5xx', 'none'] as const
type Class = (typeof CLASSES)[number]
type Row = Record<Class, number>

export function createTally(): Tally {
  const rows = new Map<string, Row>()
  const codes = new Map<string, Map<string, number>>()
  let total = 0
  let turnedAway = 0
  return {
    total: () => total,
    good: (operationId) => rows.get(operationId)?.['2xx'] ?? 0,
    refusals: (operationId) => mostFrequent(codes.get(operationId)),
    turnedAway: () => turnedAway,
    busy: () => {
      turnedAway += 1
    },
    add({ operationId }, status, code) {
      const row = rows.get(operationId) ?? emptyRow()
      rows.set(operationId, row)
      row[classOf(status)] += 1
      if (code !== undefined) count(codes, operationId, code)
      total += 1
    },
    table() {
      const sum = emptyRow()
      for (const row of rows.values()) for (const one of CLASSES) sum[one] += row[one]
      const sorted = [...rows].toSorted(([a], [b]) => (a < b ? -1 : 1))
      const lines = [...sorted, ['all', sum] as const].map(
        ([name, row]) => `${lineOf(name, row)}  ${mostFrequent(codes.get(name))}`,
      )
      const head = ['operation', ...CLASSES, 'requests'].map(padded).join(' ')
      return [`${head}  refused most often with`, ...lines].join('\n')
    },
  }
}

function lineOf(name: string, row: Row): string {
  const counts = CLASSES.map((one) => row[one])
  const all = counts.reduce((sum, count) => sum + count, 0)
  return [name, ...counts, all].map(padded).join(' ')
}

function padded(cell: string | number, column: number): string {
  return column === 0 ? String(cell).padEnd(28) : String(cell).padStart(8)
}

function classOf(status: number): Class {
  if (status === 0) return 'none'
  return `${Math.floor(status / 100)}xx` as Class
}

function emptyRow(): Row {
  return { '2xx': 0, '3xx': 0, '4xx': 0, '5xx': 0, none: 0 }
}

function count(codes: Map<string, Map<string, number>>, operationId: string, code: string): void {
  const own = codes.get(operationId) ?? new Map<string, number>()
  codes.set(operationId, own)
  own.set(code, (own.get(code) ?? 0) + 1)
}

function mostFrequent(codes: ReadonlyMap<string, number> = new Map()): string {
  const sorted = [...codes].toSorted(([, a], [, b]) => b - a).slice(0, 3)
  return sorted.map(([code, times]) => `${code} ${times}`).join(', ')
}
