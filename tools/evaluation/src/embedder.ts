import { hash } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { UsageError } from '@dure/bench/usage-error'
import { embedMany } from 'ai'

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
 * @throws UsageError when there are too many, or the API fails although it was tried again
 */
type Embed = (texts: readonly string[]) => Promise<Float32Array[]>

export interface Embedder {
  readonly passages: Embed
  readonly queries: Embed
}

/** 400 MB of vectors of 1024 numbers. */
const MAX_TEXTS = 100_000
const BATCH = 64
const BATCH_TIMEOUT_MS = 120_000
const RETRIES = 4
/** Most APIs refuse an empty text. */
const NOTHING = ' '

export function createEmbedder(options: EmbedderOptions): Embedder {
  const { url, model, apiKey, cacheFolder, progress } = options
  const provider = createOpenAICompatible({
    name: 'embeddings',
    baseURL: url,
    ...(apiKey !== undefined && { apiKey }),
  }).embeddingModel(model)
  const cache = openCache(cacheFolder, hash('sha256', `${url}\n${model}`))

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
    const unknown = [...new Set(texts)].filter((text) => !cache.get(text))
    if (cache.size + unknown.length > MAX_TEXTS) {
      throw new UsageError(`At most ${MAX_TEXTS} texts can have vectors: choose a --set`)
    }
    for (let done = 0; done < unknown.length; done += BATCH) {
      const batch = unknown.slice(done, done + BATCH)
      const vectors = await request(batch)
      for (const [at, text] of batch.entries()) cache.add(text, vectors[at] as Float32Array)
      progress(`vectors: ${done + batch.length} of ${unknown.length}`)
    }
    return texts.map((text) => cache.get(text) as Float32Array)
  }

  const prefixed = (prefix: string): Embed => {
    return (texts) => embed(texts.map((text) => prefix + text || NOTHING))
  }
  return { passages: prefixed(options.passagePrefix), queries: prefixed(options.queryPrefix) }
}

/** A file with a vector per line, which loses at most its last line when the process is killed. */
function openCache(folder: string, name: string) {
  const path = join(folder, `${name}.txt`)
  const vectors = new Map<string, Float32Array>()
  mkdirSync(folder, { recursive: true })
  if (existsSync(path)) {
    for (const line of readFileSync(path, 'latin1').split('\n')) {
      const [key, encoded, isWhole] = line.split(' ')
      if (key && encoded && isWhole === END) vectors.set(key, decoded(encoded))
    }
    // What a killed process has begun to write must not run into what comes next.
    appendFileSync(path, '\n')
  }
  return {
    get: (text: string) => vectors.get(hash('sha256', text)),
    add(text: string, vector: Float32Array): void {
      const key = hash('sha256', text)
      vectors.set(key, vector)
      const bytes = Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength)
      appendFileSync(path, `${key} ${bytes.toString('base64')} ${END}\n`)
    },
    get size() {
      return vectors.size
    },
  }
}

const END = '.'

function decoded(encoded: string): Float32Array {
  return new Float32Array(Uint8Array.from(Buffer.from(encoded, 'base64')).buffer)
}
