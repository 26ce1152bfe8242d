import { createDocumentWriter, type DocumentWriter } from '../document-writer.ts'
import { damaged, tooDeep } from '../parse-error.ts'
import type { ParsedDocument, ParseLimits } from '../parsed.ts'

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
type Record = { readonly [key: string]: Json }

const MAX_DEPTH = 64
/** Objects down to here have headings of their own; what is deeper becomes `a.b: value`. */
const HEADING_DEPTH = 2

/**
 * The values of a JSON document with the path to each, a passage per record: of a list its members,
 * of an object its parts.
 *
 * @throws ParseError `document.damaged` when it is not JSON, `document.too-deep`
 */
export function parseJson(text: string, limits: ParseLimits): ParsedDocument {
  const writer = createDocumentWriter(limits)
  writeValue(writer, jsonOf(text, 'The text is not JSON'), 0)
  return writer.end()
}

/** JSON Lines: each line that is not empty is one record. */
export function parseJsonLines(text: string, limits: ParseLimits): ParsedDocument {
  const writer = createDocumentWriter(limits)
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    writer.paragraph(linesOf(jsonOf(line, `Line ${index + 1} is not JSON`)).join('\n'))
  }
  return writer.end()
}

function jsonOf(text: string, complaint: string): Json {
  try {
    return JSON.parse(text)
  } catch (cause) {
    if (cause instanceof SyntaxError) throw damaged(complaint, cause)
    throw cause
  }
}

function writeValue(writer: DocumentWriter, value: Json, depth: number): void {
  if (Array.isArray(value)) {
    if (value.every(isLeaf)) writer.paragraph(value.map(leafText).join('\n'))
    else for (const member of value) writer.paragraph(linesOf(member).join('\n'))
  } else if (isRecord(value)) writeRecord(writer, value, depth)
  else writer.paragraph(leafText(value))
}

function writeRecord(writer: DocumentWriter, record: Record, depth: number): void {
  const parts = Object.entries(record)
  const own = parts.filter(([, part]) => depth === HEADING_DEPTH || isLeaf(part))
  writer.paragraph(linesOf(Object.fromEntries(own)).join('\n'))
  for (const [key, part] of parts) {
    if (depth === HEADING_DEPTH || isLeaf(part)) continue
    writer.heading(depth + 1, key)
    writeValue(writer, part, depth + 1)
  }
}

/** `path.to: value`, a line for each value that is not empty. */
function linesOf(value: Json): string[] {
  const lines: string[] = []
  collect(value, [], lines)
  return lines
}

function collect(value: Json, path: readonly string[], lines: string[]): void {
  if (path.length > MAX_DEPTH) {
    throw tooDeep(MAX_DEPTH)
  }
  if (Array.isArray(value) && !value.every(isLeaf)) {
    for (const [index, member] of value.entries()) collect(member, [...path, `${index + 1}`], lines)
  } else if (isRecord(value)) {
    for (const [key, part] of Object.entries(value)) collect(part, [...path, key], lines)
  } else {
    const text = Array.isArray(value) ? value.map(leafText).join(', ') : leafText(value)
    if (text.trim() !== '') lines.push(path.length === 0 ? text : `${path.join('.')}: ${text}`)
  }
}

function isLeaf(value: Json): boolean {
  return value === null || typeof value !== 'object'
}

function isRecord(value: Json): value is Record {
  return !isLeaf(value) && !Array.isArray(value)
}

function leafText(value: Json): string {
  return value === null ? '' : String(value)
}
