import type { SearchHit, SearchResult } from '@dure/contracts'

/** The hits with their numbered context, ready for a prompt, and what each number stands for. */
export function resultOf(chunks: SearchHit[]): SearchResult {
  return {
    chunks,
    context: chunks.map((hit, index) => `${titleOf(hit, index + 1)}\n${hit.text}`).join('\n\n'),
    citations: chunks.map(({ documentId, documentName, headings, page, chunkId }, index) => ({
      number: index + 1,
      documentId,
      documentName,
      headings,
      ...(page !== undefined && { page }),
      chunkId,
    })),
  }
}

/** `[2] refunds.pdf > Payment > Cards (p. 3)` */
function titleOf({ documentName, headings, page }: SearchHit, number: number): string {
  const place = page === undefined ? '' : ` (p. ${page})`
  return `[${number}] ${[documentName, ...headings].join(' > ')}${place}`
}

/**
 * As many of the hits, best first, as fit into a message.
 *
 * @param maxBytes of the result as JSON in UTF-8
 */
export function fittingResult(chunks: SearchHit[], maxBytes: number): SearchResult {
  const encoder = new TextEncoder()
  for (let count = chunks.length; count > 1; count--) {
    const result = resultOf(chunks.slice(0, count))
    if (encoder.encode(JSON.stringify(result)).byteLength <= maxBytes) return result
  }
  return resultOf(chunks.slice(0, 1))
}
