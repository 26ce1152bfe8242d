import { markdownBlocks, plainBlocks } from './markdown-blocks.ts'
import { emptyDocument, tooMuchText } from './parse-error.ts'
import type { ParsedDocument, ParseLimits } from './parsed.ts'

/** A text that is kept to the character: what is cited is what was written. */
export function parsedText(
  text: string,
  mediaType: 'text/plain' | 'text/markdown',
): ParsedDocument {
  const isMarkdown = mediaType === 'text/markdown'
  const blocks = isMarkdown ? markdownBlocks(text) : plainBlocks(text)
  return { text, blocks, metadata: isMarkdown ? firstTitle(blocks) : {} }
}

/** The same for a text from a file, which nobody has checked. */
export function parseTextFile(
  text: string,
  mediaType: 'text/plain' | 'text/markdown',
  limits: ParseLimits,
): ParsedDocument {
  if (text.trim() === '') throw emptyDocument()
  if (text.length > limits.maxTextLength) throw tooMuchText(limits.maxTextLength)
  return parsedText(text, mediaType)
}

function firstTitle([first]: readonly { readonly headings: readonly string[] }[]) {
  const title = first?.headings[0]
  return title === undefined ? {} : { title }
}
