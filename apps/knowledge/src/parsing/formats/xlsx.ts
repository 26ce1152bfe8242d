import { createDocumentWriter } from '../document-writer.ts'
import { tooMuchText } from '../parse-error.ts'
import type { ParsedDocument, ParseLimits } from '../parsed.ts'
import type { Archive } from './archive.ts'
import { propertiesOf, relationsOf } from './office-package.ts'
import { columnOf, type Merge, mergeOf, spread } from './xlsx-cells.ts'
import { createNumberFormats, type NumberFormats } from './xlsx-numbers.ts'
import { readXml } from './xml.ts'

interface Sheet {
  readonly name: string
  readonly part: string
}

/**
 * The visible sheets of a workbook (ECMA-376, SpreadsheetML) as tables, each a page under its name.
 * Cells have the values that were there when the file was saved; nothing is calculated.
 */
export async function parseXlsx(
  archive: Archive,
  main: string,
  limits: ParseLimits,
): Promise<ParsedDocument> {
  const relations = await relationsOf(archive, main)
  const part = (kind: string) => [...relations.values()].find((to) => to.kind === kind)?.target
  const { sheets, is1904 } = await readWorkbook(archive, main, (id) => relations.get(id)?.target)
  const book: Book = {
    archive,
    limits,
    strings: await sharedStrings(archive, part('sharedStrings'), limits),
    formats: await createNumberFormats(archive, part('styles'), { is1904 }),
  }
  const writer = createDocumentWriter(limits)
  for (const [index, { name, part: sheet }] of sheets.entries()) {
    writer.page(index + 1)
    const rows = await rowsOf(book, sheet)
    if (rows.length === 0) continue
    writer.heading(1, name)
    writer.table(rows, 'guess')
  }
  return writer.end(await propertiesOf(archive))
}

interface Book {
  readonly archive: Archive
  readonly limits: ParseLimits
  readonly strings: readonly string[]
  readonly formats: NumberFormats
}

async function readWorkbook(
  archive: Archive,
  main: string,
  target: (id: string) => string | undefined,
) {
  const sheets: Sheet[] = []
  let is1904 = false
  await readXml(archive, main, {
    open(name, attributes) {
      if (name === 'workbookPr') is1904 = /^(?:1|true)$/.test(attributes.date1904 ?? '')
      const part = target(attributes['r:id'] ?? '')
      if (name !== 'sheet' || part === undefined || attributes.state?.includes('idden')) return
      sheets.push({ name: attributes.name ?? '', part })
    },
  })
  return { sheets, is1904 }
}

async function sharedStrings(archive: Archive, part: string | undefined, limits: ParseLimits) {
  const strings: string[] = []
  if (part === undefined || !archive.has(part)) return strings
  const spend = spender(limits)
  let current: string | undefined
  let isText = false
  // Readings of Chinese characters stand beside them.
  let isReading = false
  await readXml(archive, part, {
    open(name) {
      if (name === 'si') current = ''
      else if (name === 'rPh') isReading = true
      else if (name === 't') isText = !isReading
    },
    text(text) {
      if (!isText || current === undefined) return
      current += text
      spend(text)
    },
    close(name) {
      if (name === 'si') strings.push(current ?? '')
      else if (name === 'rPh') isReading = false
      else if (name === 't') isText = false
    },
  })
  return strings
}

interface Cell {
  readonly column: number
  readonly type: string
  readonly style: number
  value: string
}

async function rowsOf({ archive, limits, strings, formats }: Book, part: string) {
  const rows: string[][] = []
  const merges: Merge[] = []
  /** Numbers of the rows in the file, where empty ones are missing. */
  const numbers: number[] = []
  const spend = spender(limits)
  let cell: Cell | undefined
  let isValue = false

  await readXml(archive, part, {
    open(name, attributes) {
      if (name === 'row') {
        numbers.push(Number(attributes.r ?? (numbers.at(-1) ?? 0) + 1))
        rows.push([])
      } else if (name === 'c') {
        const column = columnOf(attributes.r) ?? rows.at(-1)?.length ?? 0
        cell = { column, type: attributes.t ?? 'n', style: Number(attributes.s ?? 0), value: '' }
      } else if (name === 'v' || name === 't') isValue = true
      else if (name === 'mergeCell') merges.push(...mergeOf(attributes.ref))
    },
    text(text) {
      if (cell && isValue) cell.value += text
    },
    close(name) {
      if (name === 'v' || name === 't') isValue = false
      const row = rows.at(-1)
      if (name !== 'c' || !cell || !row) return
      const text = textOf(cell, strings, formats)
      spend(text)
      if (text !== '' && cell.column < MAX_COLUMNS) put(row, cell.column, text)
      cell = undefined
    },
  })
  spread(rows, numbers, merges)
  return rows.filter((row) => row.some((text) => text !== ''))
}

const MAX_COLUMNS = 200

function put(row: string[], column: number, text: string): void {
  while (row.length < column) row.push('')
  row[column] = text
}

function textOf(
  { type, value, style }: Cell,
  strings: readonly string[],
  formats: NumberFormats,
): string {
  if (value === '') return ''
  if (type === 's') return strings[Number(value)] ?? ''
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE'
  return type === 'n' ? formats.format(value, style) : value
}

/** A shared string may be in a million cells: what counts is what they say together. */
function spender({ maxTextLength }: ParseLimits) {
  let left = maxTextLength
  return (text: string) => {
    left -= text.length
    if (left < 0) throw tooMuchText(maxTextLength)
  }
}
