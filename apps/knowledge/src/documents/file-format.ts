/** A kind of file that is taken in, by what names and programs say of it. */
export interface FileFormat {
  readonly mediaType: string
  readonly extensions: readonly string[]
  /** Other media types that programs declare for it. */
  readonly aliases?: readonly string[]
}

const OFFICE = 'application/vnd.openxmlformats-officedocument'

/** What each is parsed as says its content: see apps/knowledge/src/parsing. */
export const FILE_FORMATS: readonly FileFormat[] = [
  { mediaType: 'text/plain', extensions: ['txt', 'text', 'log'] },
  {
    mediaType: 'text/markdown',
    extensions: ['md', 'markdown'],
    aliases: ['text/x-markdown', 'text/plain'],
  },
  {
    mediaType: 'text/html',
    extensions: ['html', 'htm', 'xhtml'],
    aliases: ['application/xhtml+xml'],
  },
  {
    mediaType: 'text/csv',
    extensions: ['csv', 'tsv'],
    aliases: ['text/tab-separated-values', 'application/vnd.ms-excel', 'text/plain'],
  },
  { mediaType: 'application/json', extensions: ['json'], aliases: ['text/plain'] },
  {
    mediaType: 'application/jsonl',
    extensions: ['jsonl', 'ndjson'],
    aliases: ['application/x-ndjson', 'application/json', 'text/plain'],
  },
  { mediaType: 'application/pdf', extensions: ['pdf'] },
  {
    mediaType: `${OFFICE}.wordprocessingml.document`,
    extensions: ['docx', 'docm'],
    aliases: ['application/vnd.ms-word.document.macroenabled.12', 'application/zip'],
  },
  {
    mediaType: `${OFFICE}.spreadsheetml.sheet`,
    extensions: ['xlsx', 'xlsm'],
    aliases: ['application/vnd.ms-excel.sheet.macroenabled.12', 'application/zip'],
  },
  {
    mediaType: `${OFFICE}.presentationml.presentation`,
    extensions: ['pptx', 'pptm'],
    aliases: ['application/vnd.ms-powerpoint.presentation.macroenabled.12', 'application/zip'],
  },
  {
    mediaType: 'application/x-hwp',
    extensions: ['hwp'],
    aliases: ['application/haansofthwp', 'application/vnd.hancom.hwp'],
  },
  {
    mediaType: 'application/hwp+zip',
    extensions: ['hwpx'],
    aliases: ['application/haansofthwpx', 'application/vnd.hancom.hwpx', 'application/zip'],
  },
  { mediaType: 'image/png', extensions: ['png'] },
  { mediaType: 'image/jpeg', extensions: ['jpg', 'jpeg'], aliases: ['image/jpg'] },
  { mediaType: 'image/webp', extensions: ['webp'] },
  { mediaType: 'image/tiff', extensions: ['tif', 'tiff'] },
]

/**
 * The format that a file is said to be of: its extension decides. A declared type that belongs to
 * another format contradicts it; one that nobody here knows, such as that of bytes, says nothing.
 *
 * @param declared a media type without parameters, in lower case
 * @returns undefined when the file is said to be of no format, or of two
 */
export function formatOf(extension: string, declared: string): FileFormat | undefined {
  const format = FILE_FORMATS.find(({ extensions }) => extensions.includes(extension))
  if (!format || says(format, declared)) return format
  return FILE_FORMATS.some((other) => says(other, declared)) ? undefined : format
}

/** The name with an extension of the type, by which it is read; a name that has one keeps it. */
export function namedAs(name: string, mediaType: string): string {
  const format = FILE_FORMATS.find((known) => says(known, mediaType))
  if (!format || format.extensions.includes(extensionOf(name))) return name
  return `${name}.${format.extensions[0]}`
}

/** In lower case; empty when there is none. */
export function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot > 0 ? name.slice(dot + 1).toLowerCase() : ''
}

function says({ mediaType, aliases = [] }: FileFormat, declared: string): boolean {
  return mediaType === declared || aliases.includes(declared)
}
