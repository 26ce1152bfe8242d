import type { SearchHit, SearchResult } from '@dure/contracts'

/** The hits with their numbered context, ready for a prompt, and what each number stands for. */
export function resultOf(chunks: SearchHit[]): SearchResult {
  return {
    chunks,
    context: chunks.map((hit, index) => `${titleOf(hit, index + 1)}\n${hit.text}`).join('\n\n'),
    citations: chunks.map((hit, index) => ({
      number: index + 1,
      documentId: hit.documentId,
      documentName: hit.documentName,
      ...(hit.source && { source: hit.source }),
      headings: hit.headings,
      ...(hit.page !== undefined && { page: hit.page }),
      chunkId: hit.chunkId,
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
  return fitting(chunks, maxBytes, resultOf)
}

/** What a model reads of a result: the passages once, and what their numbers stand for. */
type Quotable = Pick<SearchResult, 'context' | 'citations'>

/** The same, of what a model reads. */
export function fittingQuotable(chunks: SearchHit[], maxBytes: number): Quotable {
  return fitting(chunks, maxBytes, (some) => {
    const { context, citations } = resultOf(some)
    return { context, citations }
  })
}

function fitting<Result>(
  chunks: SearchHit[],
  maxBytes: number,
  of: (chunks: SearchHit[]) => Result,
): Result {
  const encoder = new TextEncoder()
  for (let count = chunks.length; count > 1; count--) {
    const result = of(chunks.slice(0, count))
    if (encoder.encode(JSON.stringify(result)).byteLength <= maxBytes) return result
  }
  return of(chunks.slice(0, 1))
}
