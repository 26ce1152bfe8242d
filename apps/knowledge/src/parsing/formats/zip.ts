import type { ParsedDocument, ParseLimits } from '../parsed.ts'
import { type Archive, openArchive } from './archive.ts'
import { parseDocx } from './docx.ts'
import { isHwpx, parseHwpx } from './hwpx.ts'
import { contentTypesOf } from './office-package.ts'
import { parsePptx } from './pptx.ts'
import { unsupportedFormat } from './unsupported.ts'
import { parseXlsx } from './xlsx.ts'

type PackageParser = (
  archive: Archive,
  main: string,
  limits: ParseLimits,
) => Promise<ParsedDocument>

/** By the content type of the main part, with or without macros, which nobody runs. */
const OFFICE: readonly (readonly [type: RegExp, parse: PackageParser])[] = [
  [/wordprocessingml\.(?:document|template)\.main\+xml$|word\.\w+\.macroEnabled/, parseDocx],
  [/spreadsheetml\.(?:sheet|template)\.main\+xml$|excel\.\w+\.macroEnabled/, parseXlsx],
  [
    /presentationml\.(?:presentation|slideshow|template)\.main\+xml$|powerpoint\.\w+\.macroEnabled/,
    parsePptx,
  ],
]

/** What is in the zip file decides which document it is, if it is one. */
export async function parseZip(bytes: Uint8Array, limits: ParseLimits): Promise<ParsedDocument> {
  const archive = await openArchive(bytes, limits)
  if (archive.has('[Content_Types].xml')) return parseOffice(archive, limits)
  if (isHwpx(archive)) return parseHwpx(archive, limits)
  throw unsupportedFormat()
}

async function parseOffice(archive: Archive, limits: ParseLimits): Promise<ParsedDocument> {
  for (const [part, type] of await contentTypesOf(archive)) {
    const parse = OFFICE.find(([pattern]) => pattern.test(type))?.[1]
    if (parse && archive.has(part)) return parse(archive, part, limits)
  }
  throw unsupportedFormat()
}
