import { hash } from 'node:crypto'
import { BackendConfig } from '@dure/platform'
import { type Static, Type } from 'typebox'

export const Config = Type.Object({
  ...BackendConfig.properties,
  INDEX_MEMORY_MB: Type.Integer({
    minimum: 1,
    maximum: 65_536,
    default: 256,
    description: 'Search indexes that this process keeps in memory, in MiB',
  }),
  INDEX_BLOBS_DIR: Type.String({
    default: '',
    description:
      'Where search indexes are written down, so that they open fast: a folder that all processes share. Empty: in PostgreSQL',
  }),
  EGRESS_ALLOW: Type.String({
    default: '',
    description: 'host:port, comma separated: not public, and yet documents may come from there',
  }),
  MAX_DOCUMENT_MB: Type.Integer({
    minimum: 1,
    maximum: 50,
    default: 10,
    description:
      'Of a document, in MiB: its file, or its text. The gateway lets bodies through up to MAX_BODY_MB, which is to be larger by 2',
  }),
  INGEST_CONCURRENCY: Type.Integer({
    minimum: 1,
    maximum: 64,
    default: 2,
    description: 'How many documents this process ingests at once',
  }),
  ANALYSIS_THREADS: Type.Integer({
    minimum: 1,
    // One finds terms faster than a process writes them down; the memory of more is for nothing.
    maximum: 4,
    default: 1,
    description: 'Threads that find the terms of documents; each can use one core',
  }),
  PARSE_MEMORY_MB: Type.Integer({
    minimum: 128,
    maximum: 8192,
    default: 512,
    description: 'Memory of each process that parses files, in MiB; there are INGEST_CONCURRENCY',
  }),
  PARSE_TIMEOUT_S: Type.Integer({
    minimum: 1,
    maximum: 3600,
    default: 120,
    description: 'How long one file may be parsed, in seconds; a scanned page takes up to 15',
  }),
  OCR_MAX_PAGES: Type.Integer({
    minimum: 0,
    maximum: 2000,
    default: 100,
    description:
      'Scanned pages of one document that are read, within three quarters of PARSE_TIMEOUT_S; the others are named in its warnings',
  }),
  RETRIEVAL_STORE: Type.Enum(['embedded', 'lancedb', 'milvus'], {
    default: 'embedded',
    description: 'Where passages are searched: in this process, or by an engine of the operator',
  }),
  LANCEDB_URI: Type.String({
    default: '',
    description: 'A folder or `s3://bucket/path` that all processes of this service share',
  }),
  MILVUS_ADDRESS: Type.String({ default: '', description: '`host:port` of Milvus 2.6 or later' }),
  MILVUS_TOKEN: Type.String({ default: '', description: '`user:password`; empty: none' }),
  SEARCH_CONCURRENCY: Type.Integer({
    minimum: 1,
    maximum: 256,
    default: 16,
    description: 'How many searches of runs this process executes at once',
  }),
  EMBEDDING_BASE_URL: Type.String({
    pattern: '^(https?://.+)?$',
    default: '',
    description: 'Of an OpenAI-compatible API, up to `/v1`. Empty: search by words alone',
  }),
  EMBEDDING_API_KEY: Type.String({ default: '' }),
  EMBEDDING_PROVIDER: Type.String({
    minLength: 1,
    maxLength: 100,
    default: 'openai',
    description: 'Who answers at EMBEDDING_BASE_URL, as `gen_ai.provider.name` in traces',
  }),
  EMBEDDING_MICRO_USD: Type.Integer({
    minimum: -1,
    maximum: 10_000_000_000,
    default: -1,
    description:
      'What a million tokens cost, in millionths of a US dollar. -1: as the agent service knows it; 0: nothing, no budget is asked',
  }),
  EMBEDDING_MODEL: Type.String({
    maxLength: 200,
    default: '',
    description: 'Makes the vectors of new knowledge bases. Empty: they have none',
  }),
  EMBEDDING_DIMENSIONS: Type.Integer({
    minimum: 0,
    maximum: 4096,
    default: 0,
    description: 'Of each vector, where the model can give fewer than it has; 0: as many as it has',
  }),
  EMBEDDING_PASSAGE_PREFIX: Type.String({
    maxLength: 1000,
    default: '',
    description: 'Before each passage, as some models want it: `passage: ` for those called E5',
  }),
  EMBEDDING_QUERY_PREFIX: Type.String({
    maxLength: 1000,
    default: '',
    description: 'Before each question: `query: ` for those called E5',
  }),
  EMBEDDING_BATCH_TEXTS: Type.Integer({
    minimum: 1,
    maximum: 2048,
    default: 64,
    description: 'Passages in one request at the most',
  }),
  EMBEDDING_BATCH_TOKENS: Type.Integer({
    minimum: 1,
    default: 50_000,
    description: 'Tokens in one request at the most, counted as characters, which are never fewer',
  }),
  EMBEDDING_CONCURRENCY: Type.Integer({
    minimum: 1,
    maximum: 64,
    default: 2,
    description: 'Requests for passages at once, of this process',
  }),
  EMBEDDING_REQUESTS_PER_MINUTE: Type.Integer({
    minimum: 0,
    default: 600,
    description:
      'Requests for passages in a minute, of all processes together; 0: no bound. Without Redis, of each',
  }),
  EMBEDDING_TIMEOUT_MS: Type.Integer({
    minimum: 1,
    default: 60_000,
    description: 'For one batch of passages with all its retries',
  }),
  EMBEDDING_QUERY_TIMEOUT_MS: Type.Integer({
    minimum: 1,
    default: 2000,
    description: 'For the vector of a question; after that, the answer is by words alone',
  }),
  RERANK_BASE_URL: Type.String({
    pattern: '^(https?://.+)?$',
    default: '',
    description: 'Of an API with `POST /rerank`, up to that. Empty: no passages are reranked',
  }),
  RERANK_API_KEY: Type.String({ default: '' }),
  RERANK_PROVIDER: Type.String({
    minLength: 1,
    maxLength: 100,
    default: 'cohere',
    description: 'Who answers at RERANK_BASE_URL, as `gen_ai.provider.name` in traces',
  }),
  RERANK_MICRO_USD: Type.Integer({
    minimum: -1,
    maximum: 10_000_000_000,
    default: -1,
    description:
      'What one search costs, in millionths of a US dollar. -1: as the agent service knows it; 0: nothing, no budget is asked',
  }),
  RERANK_MODEL: Type.String({ maxLength: 200, default: '' }),
  RERANK_TIMEOUT_MS: Type.Integer({
    minimum: 1,
    default: 2000,
    description: 'For the passages of one search; after that, their order stays',
  }),
  EMBEDDING_CACHE_DAYS: Type.Integer({
    minimum: 1,
    maximum: 3650,
    default: 30,
    description: 'How long a vector that nobody needs is remembered, so that it is not paid twice',
  }),
})
export type Config = Static<typeof Config>

/** New knowledge bases have vectors when both are there: who makes them, and by which model. */
export function embeddingModelOf({ EMBEDDING_BASE_URL, EMBEDDING_MODEL }: Config): string {
  return EMBEDDING_BASE_URL === '' ? '' : EMBEDDING_MODEL
}

/** Whatever the success of a request for vectors depends on, as one word that tells nothing of it. */
export function embeddingSettingsOf(config: Config): string {
  const { EMBEDDING_BASE_URL, EMBEDDING_API_KEY, EMBEDDING_MODEL, EMBEDDING_DIMENSIONS } = config
  const { EMBEDDING_PASSAGE_PREFIX } = config
  const all = [EMBEDDING_BASE_URL, EMBEDDING_API_KEY, EMBEDDING_MODEL, EMBEDDING_DIMENSIONS]
  return hash('sha256', JSON.stringify([...all, EMBEDDING_PASSAGE_PREFIX]), 'base64url').slice(
    0,
    16,
  )
}

/** Undefined: as many as the model has. */
export function dimensionsOf({ EMBEDDING_DIMENSIONS }: Config): number | undefined {
  return EMBEDDING_DIMENSIONS === 0 ? undefined : EMBEDDING_DIMENSIONS
}
