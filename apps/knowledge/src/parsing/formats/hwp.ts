import { inflateRawSync } from 'node:zlib'
import { damaged, encrypted, ParseError } from '../parse-error.ts'
import type { ParsedDocument, ParseLimits } from '../parsed.ts'
import { type CompoundFile, openCompoundFile } from './compound-file.ts'
import { createHancomDocument } from './hancom-document.ts'
import { type HwpRecord, recordsOf, TAG } from './hwp-records.ts'
import { readHwpSection } from './hwp-section.ts'
import { createInflateBudget, type InflateBudget } from './inflate-budget.ts'
import { unsupportedFormat } from './unsupported.ts'

/** Bits of the properties in the file header: Hancom, HWP 5.0 r1.3, table 4. */
const COMPRESSED = 1 << 0
const ENCRYPTED = (1 << 1) | (1 << 4) | (1 << 8) | (1 << 10)
const DISTRIBUTED = 1 << 2

/**
 * A document of Hancom Office 5 and later: paragraphs with their outline levels, tables, text boxes
 * and notes, in the order of the file. Pages are those on which Hancom Office had laid out its lines
 * when it saved the file; other programs do not say them.
 */
export async function parseCompoundFile(
  bytes: Uint8Array,
  limits: ParseLimits,
): Promise<ParsedDocument> {
  const file = openCompoundFile(bytes, limits)
  if (file.has('EncryptedPackage')) throw encrypted()
  if (!file.has('FileHeader')) throw unsupportedFormat()
  const properties = propertiesOf(file.read('FileHeader'))
  if (properties & ENCRYPTED) throw encrypted()
  if (properties & DISTRIBUTED) throw forDistribution()

  const budget = createInflateBudget(bytes.byteLength, limits)
  const read = (name: string) => inflated(file, name, properties, budget)
  const levels = outlineLevels(read('DocInfo'))
  const document = createHancomDocument(limits)
  for (const name of sectionsOf(file)) readHwpSection(recordsOf(read(name)), document, levels)
  return document.end()
}

function propertiesOf(header: Uint8Array): number {
  const signature = new TextDecoder('latin1').decode(header.subarray(0, 17))
  if (signature !== 'HWP Document File' || header.byteLength < 40) throw unsupportedFormat()
  return new DataView(header.buffer, header.byteOffset).getUint32(36, true)
}

function sectionsOf({ names }: CompoundFile): string[] {
  const sections = names.flatMap((name) => {
    const number = /^BodyText\/Section(\d{1,5})$/.exec(name)?.[1]
    return number === undefined ? [] : [{ name, number: Number(number) }]
  })
  return sections.sort((a, b) => a.number - b.number).map(({ name }) => name)
}

function inflated(
  file: CompoundFile,
  name: string,
  properties: number,
  budget: InflateBudget,
): Uint8Array {
  const content = file.read(name)
  if (!(properties & COMPRESSED)) return content
  const bytes = inflate(content, budget)
  budget.spend(bytes.byteLength)
  return bytes
}

function inflate(content: Uint8Array, budget: InflateBudget): Uint8Array {
  try {
    return inflateRawSync(content, { maxOutputLength: Math.max(budget.left, 1) })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    // One byte more than there is room for, and the budget says so.
    if (error.code === 'ERR_BUFFER_TOO_LARGE') budget.spend(budget.left + 1)
    throw damaged('A stream of the file is broken', error)
  }
}

/** Which shapes of paragraphs are headings, and of which level, by their place in the list. */
function outlineLevels(info: Uint8Array): readonly (number | undefined)[] {
  const levels: (number | undefined)[] = []
  for (const record of recordsOf(info)) {
    if (record.tag === TAG.paragraphShape) levels.push(outlineLevel(record))
  }
  return levels
}

/** Table 44: bits 23 and 24 say what stands before the paragraph, bits 25 to 27 its level. */
function outlineLevel({ data }: HwpRecord): number | undefined {
  if (data.byteLength < 4) return undefined
  const attributes = data.getUint32(0, true)
  const isOutline = ((attributes >>> 23) & 3) === 1
  return isOutline ? ((attributes >>> 25) & 7) + 1 : undefined
}

function forDistribution(): ParseError {
  return new ParseError(
    'document.distribution-only',
    'The file is a copy for distribution, which only Hancom Office opens: upload the original',
  )
}
