import { hash } from 'node:crypto'
import { join } from 'node:path'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { UsageError } from '@dure/bench/usage-error'
import { embedMany } from 'ai'
import { openVectorCache } from './vector-cache.ts'

export interface EmbedderOptions {
  /** Of an OpenAI-compatible API, up to `/v1`. */
  readonly url: string
  readonly model: string
  readonly apiKey: string | undefined
  /** Before each passage and each query, as some models want it. */
  readonly passagePrefix: string
  readonly queryPrefix: string
  /** Keeps vectors, so that nobody pays twice. */
  readonly cacheFolder: string
  readonly progress: (text: string) => void
}

/**
 * As many vectors as texts, in their order: from the cache, the others from the API, in batches one after the other.
 *
 * @throws UsageError when the API fails although it was tried again
 */
type Embed = (texts: readonly string[]) => Promise<Float32Array[]>

export interface Embedder {
  readonly passages: Embed
  readonly queries: Embed
}

/** Of one run: 800 MB of vectors of 1024 numbers. */
const MAX_TEXTS = 200_000
const BATCH = 64
const BATCH_TIMEOUT_MS = 120_000
const RETRIES = 4
/** Most APIs refuse an empty text. */
const NOTHING = ' '

/** Before anything is paid. @throws UsageError when a run has more texts than can have vectors */
export function checkTexts(count: number): void {
  if (count <= MAX_TEXTS) return
  throw new UsageError(
    `${count} passages and queries are too many to have vectors, at most ${MAX_TEXTS}: choose a --set or a --perturb`,
  )
}

export async function createEmbedder(options: EmbedderOptions): Promise<Embedder> {
  const { url, model, apiKey, cacheFolder, progress } = options
  const provider = createOpenAICompatible({
    name: 'embeddings',
    baseURL: url,
    ...(apiKey !== undefined && { apiKey }),
  }).embeddingModel(model)
  const cache = await openVectorCache(
    join(cacheFolder, `${hash('sha256', `${url}\n${model}`)}.txt`),
  )

  async function request(texts: readonly string[]): Promise<Float32Array[]> {
    try {
      const { embeddings } = await embedMany({
        model: provider,
        values: [...texts],
        maxRetries: RETRIES,
        abortSignal: AbortSignal.timeout(BATCH_TIMEOUT_MS),
      })
      return embeddings.map((vector) => Float32Array.from(vector))
    } catch (error) {
      throw new UsageError(`${url}: ${error instanceof Error ? error.message : error}`)
    }
  }

  async function embed(texts: readonly string[]): Promise<Float32Array[]> {
    const unknown = [...new Set(texts)].filter((text) => !cache.has(text))
    for (let done = 0; done < unknown.length; done += BATCH) {
      const batch = unknown.slice(done, done + BATCH)
      const vectors = await request(batch)
      for (const [at, text] of batch.entries()) cache.add(text, vectors[at] as Float32Array)
      progress(`vectors: ${done + batch.length} of ${unknown.length}`)
    }
    return texts.map((text) => cache.get(text))
  }

  const prefixed = (prefix: string): Embed => {
    return (texts) => embed(texts.map((text) => prefix + text || NOTHING))
  }
  return { passages: prefixed(options.passagePrefix), queries: prefixed(options.queryPrefix) }
}
