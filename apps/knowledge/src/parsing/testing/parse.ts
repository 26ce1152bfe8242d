import { parseFile } from '../formats/index.ts'
import { PARSE_LIMITS, type ParsedDocument, type ParseLimits } from '../parsed.ts'

/** A document from bytes or text, in this process. */
export function parse(
  name: string,
  content: string | Uint8Array,
  limits: Partial<ParseLimits> = {},
): Promise<ParsedDocument> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  return parseFile({ name, bytes }, { ...PARSE_LIMITS, ...limits })
}

/** Each block as a reader of a citation sees it: `Chapter > Section: words`, with `p. 3` if it has one. */
export function outlineOf({ text, blocks }: ParsedDocument): string[] {
  return blocks.map(({ headings, start, end, page }) => {
    const place = [...headings, ...(page === undefined ? [] : [`p. ${page}`])].join(' > ')
    return `${place}: ${text.slice(start, end)}`
  })
}
