import { createHash } from 'node:crypto'
import { estimateTokens } from './completion.ts'

/** What a client sends to `POST /v1/embeddings`, as far as it matters here. */
export interface EmbeddingRequest {
  readonly model: string
  readonly input: readonly string[]
  readonly dimensions?: number
}

const DIMENSIONS = 8

/** Of each text a vector of length 1 that depends on nothing but the text, and says nothing of it. */
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

function vectorOf(text: string, dimensions: number): number[] {
  const values = Array.from({ length: dimensions }, (_, at) => {
    const digest = createHash('sha256').update(`${at} ${text}`).digest()
    return digest.readInt32BE(0) / 2 ** 31
  })
  const length = Math.hypot(...values) || 1
  return values.map((value) => value / length)
}
