import { decodeText } from '../decode.ts'
import { ParseError } from '../parse-error.ts'
import type { ParsedDocument, ParseLimits } from '../parsed.ts'
import { parseTextFile } from '../parsed-text.ts'
import { type Signature, signatureOf } from '../signature.ts'
import { parseCsv } from './csv.ts'
import { declaredCharset, looksLikeHtml, parseHtml } from './html.ts'
import { parseCompoundFile } from './hwp.ts'
import { parseImage, parseTiff } from './image.ts'
import { parseJson, parseJsonLines } from './json.ts'
import { parsePdf } from './pdf.ts'
import { unsupportedFormat } from './unsupported.ts'
import { parseZip } from './zip.ts'

export interface DocumentFile {
  /** A label: its extension tells one kind of text from another, and nothing else. */
  readonly name: string
  readonly bytes: Uint8Array
}

type BinaryParser = (bytes: Uint8Array, limits: ParseLimits) => Promise<ParsedDocument>
type TextParser = (text: string, limits: ParseLimits) => ParsedDocument

/** To add a format: its file, and a line here or in `TEXTS`. */
const BINARIES: Partial<Record<Signature, BinaryParser>> = {
  pdf: parsePdf,
  zip: parseZip,
  'compound-file': parseCompoundFile,
  png: parseImage('png'),
  jpeg: parseImage('jpeg'),
  webp: parseImage('webp'),
  tiff: parseTiff,
}

const TEXTS: Readonly<Record<string, TextParser>> = {
  txt: (text, limits) => parseTextFile(text, 'text/plain', limits),
  md: (text, limits) => parseTextFile(text, 'text/markdown', limits),
  html: parseHtml,
  csv: parseCsv,
  json: parseJson,
  jsonl: parseJsonLines,
}

const EXTENSIONS: Readonly<Record<string, keyof typeof TEXTS>> = {
  txt: 'txt',
  text: 'txt',
  log: 'txt',
  md: 'md',
  markdown: 'md',
  html: 'html',
  htm: 'html',
  xhtml: 'html',
  csv: 'csv',
  tsv: 'csv',
  json: 'json',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
}

/** Files of these names are not text; one that is holds an error page, or was renamed. */
const BINARY_EXTENSIONS = new Set(
  'pdf docx docm xlsx xlsm pptx pptm hwp hwpx doc xls ppt png jpg jpeg webp tif tiff zip'.split(
    ' ',
  ),
)

/**
 * Makes a document of a file, whatever it is: its content decides, its name only between kinds of
 * text.
 *
 * @throws ParseError when nothing can be made of it: see docs/errors.md, status `document`
 */
export async function parseFile(
  { name, bytes }: DocumentFile,
  limits: ParseLimits,
): Promise<ParsedDocument> {
  const signature = signatureOf(bytes)
  if (signature !== 'text') {
    const parse = BINARIES[signature]
    if (!parse) throw unsupportedFormat()
    return parse(bytes, limits)
  }
  const extension = extensionOf(name)
  if (BINARY_EXTENSIONS.has(extension)) throw notWhatItsNameSays(extension)
  return parseText(bytes, extension, limits)
}

function parseText(bytes: Uint8Array, extension: string, limits: ParseLimits): ParsedDocument {
  const text = decodeText(bytes, declaredCharset(bytes))
  const kind = Object.hasOwn(EXTENSIONS, extension) ? EXTENSIONS[extension] : undefined
  const isPage = looksLikeHtml(text)
  if (!isPage && /^\s{0,100}<(?:\?xml|svg)\b/.test(text.slice(0, 200))) throw unsupportedFormat()
  const parse = TEXTS[kind === undefined && isPage ? 'html' : (kind ?? 'txt')]
  if (!parse) throw unsupportedFormat()
  return parse(text, limits)
}

function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot > 0 ? name.slice(dot + 1).toLowerCase() : ''
}

function notWhatItsNameSays(extension: string): ParseError {
  return new ParseError(
    'document.wrong-extension',
    `The name ends with .${extension}, but the content is text: download or export the file again`,
  )
}
