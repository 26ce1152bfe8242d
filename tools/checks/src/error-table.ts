import type { CodeUse } from './error-codes.ts'

export interface ErrorRow {
  readonly code: string
  readonly statuses: readonly number[]
}

const PLACES = new Set([
  'field',
  'run',
  'tool',
  'document',
  'evaluation',
  'experiment',
  'optimization',
  'reindexing',
  'log',
])

/** The rows of the table of codes in a Markdown text. Throws for a row that says too little. */
export function errorRows(markdown: string): ErrorRow[] {
  return markdown
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => {
      const cells = line.split('|').map((cell) => cell.trim())
      const [, code = '', where = '', meaning, advice] = cells
      const places = where.split(', ')
      if (cells.length !== 6 || !meaning || !advice || !places.every(isPlace)) {
        throw new Error(`Not a row with code, status, meaning and advice: ${line}`)
      }
      return { code: code.slice(1, -1), statuses: places.map(Number).filter(Number.isFinite) }
    })
}

function isPlace(text: string): boolean {
  return PLACES.has(text) || /^[45]\d\d$/.test(text)
}

/** Where table and code differ; empty when they say the same. */
export function tableProblems(rows: readonly ErrorRow[], uses: readonly CodeUse[]): string[] {
  const used = new Set(uses.map(({ code }) => code))
  const listed = new Set(rows.map(({ code }) => code))
  const missing = uses
    .filter(({ code }) => !listed.has(code))
    .map(({ code, path }) => `${code} (${path}) is not in the table`)
  const stale = rows.filter(({ code }) => !used.has(code)).map(({ code }) => `${code} is not used`)
  const wrong = rows.flatMap(({ code, statuses }) => {
    const known = uses.flatMap((use) => (use.code === code && use.status ? [use.status] : []))
    return statuses
      .filter((status) => known.length > 0 && !known.includes(status))
      .map((status) => `${code} is ${[...new Set(known)].join(' or ')}, not ${status}`)
  })
  return [...new Set([...missing, ...stale, ...wrong])]
}
