import { estimateTokens } from './completion.ts'

/** What a client sends to `POST /v1/embeddings`, as far as it matters here. */
export interface EmbeddingRequest {
  readonly model: string
  readonly input: readonly string[]
  readonly dimensions?: number
}

const DIMENSIONS = 64

/** Of each text a vector of length 1 that depends on nothing but the text: texts that are spelled alike are near each other. */
export function embeddings({ model, input, dimensions = DIMENSIONS }: EmbeddingRequest) {
  const tokens = input.reduce((sum, text) => sum + estimateTokens(text), 0)
  return {
    object: 'list',
    data: input.map((text, index) => ({
      ...{ object: 'embedding', index },
      embedding: vectorOf(text, dimensions),
    })),
    model,
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  }
}

/** What a client sends to `POST /v1/rerank`. */
export interface RerankRequest {
  readonly model: string
  readonly query: string
  readonly documents: readonly string[]
}

/** How alike each text and the question are spelled, best first. */
export function reranking({ model, query, documents }: RerankRequest) {
  const question = vectorOf(query, DIMENSIONS)
  const results = documents.map((text, index) => {
    const vector = vectorOf(text, DIMENSIONS)
    const relevance = vector.reduce((sum, value, at) => sum + value * (question[at] ?? 0), 0)
    return { index, relevance_score: relevance }
  })
  return {
    model,
    results: results.sort((a, b) => b.relevance_score - a.relevance_score),
    meta: { billed_units: { search_units: Math.ceil(documents.length / 100) } },
  }
}

/** A bag of the pieces of one to three characters, each with a dimension and a sign of its own ("hashing trick"). */
function vectorOf(text: string, dimensions: number): number[] {
  const values = new Array<number>(dimensions).fill(0)
  const characters = [...text.normalize('NFC').toLowerCase().replace(/\s+/g, '')]
  for (let size = 1; size <= 3; size++) {
    for (let at = 0; at + size <= characters.length; at++) {
      const hash = hashOf(characters.slice(at, at + size).join(''))
      const dimension = (hash >>> 1) % dimensions
      values[dimension] = (values[dimension] ?? 0) + (hash % 2 === 0 ? 1 : -1)
    }
  }
  // A text of spaces alone still has a direction.
  const length = Math.hypot(...values)
  return length === 0 ? values.with(0, 1) : values.map((value) => value / length)
}

/** FNV-1a, 32 bits, by Fowler, Noll and Vo; mixed once more, so that its lowest bits are as good as the others. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return (hash ^ (hash >>> 15)) >>> 0
}
