import type { SearchHit, SearchResult } from '@dure/contracts'

/** The hits with their numbered context, ready for a prompt, and what each number stands for. */
export function resultOf(chunks: SearchHit[]): SearchResult {
  return {
    chunks,
    context: chunks.map((hit, index) => `${titleOf(hit, index + 1)}\n${hit.text}`).join('\n\n'),
    citations: chunks.map(({ documentId, documentName, headings, chunkId }, index) => ({
      number: index + 1,
      documentId,
      documentName,
      headings,
      chunkId,
    })),
  }
}

/** `[2] refunds.md > Payment > Cards` */
function titleOf({ documentName, headings }: SearchHit, number: number): string {
  return `[${number}] ${[documentName, ...headings].join(' > ')}`
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
