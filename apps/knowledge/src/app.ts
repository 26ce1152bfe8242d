import {
  ingestionQueue,
  knowledgeQueue,
  moneyAnswerQueue,
  type OutgoingMessage,
} from '@dure/contracts'
import {
  afterCommit,
  createEgress,
  createIdentityVerifier,
  createLogger,
  createPool,
  createService,
  type Logger,
  registryOf,
  requireRowSecurity,
  type Service,
} from '@dure/platform'
import { connectQueues, type Queues } from '@dure/platform/queues'
import { ANALYZER_VERSION, loadDictionary } from '@dure/retrieval'
import { PrismaPg } from '@prisma/adapter-pg'
import type pg from 'pg'
import { createPassageAnalyzers } from './analysis/passage-analyzer.ts'
import { createThreadPool } from './analysis/threads/thread-pool.ts'
import { type AnalyzerSource, createAnalyzerSource } from './analyzer-source.ts'
import { createFolderBlobStore } from './blobs/folder-blob-store.ts'
import { createPostgresBlobStore } from './blobs/postgres-blob-store.ts'
import { type Config, embeddingModelOf } from './config.ts'
import { createReprocess } from './documents/reprocess-store.ts'
import { createDocumentService } from './documents/service.ts'
import { createDocumentStore } from './documents/store.ts'
import { createEvaluationService } from './evaluations/service.ts'
import { createEvaluationStore } from './evaluations/store.ts'
import { createEvaluationWorkers } from './evaluations/worker.ts'
import { PrismaClient } from './generated/prisma/client.ts'
import { createDocumentReader } from './ingestion/read-document.ts'
import { createIngestionService } from './ingestion/service.ts'
import { createSweepStore } from './ingestion/sweep-store.ts'
import { createSweeper, ingestionHandlers } from './ingestion/worker.ts'
import { createKnowledgeBaseService } from './knowledge-bases/service.ts'
import { createKnowledgeBaseStore } from './knowledge-bases/store.ts'
import { joinModels } from './model-parts.ts'
import { showMoney } from './money/metrics.ts'
import { createParserPool } from './parsing/process/parser-pool.ts'
import { createReanalysisStore } from './reanalysis/begin-store.ts'
import { createReanalysisService } from './reanalysis/service.ts'
import { createNextSnapshots } from './reanalysis/snapshot-store.ts'
import { createReanalysisWorkStore } from './reanalysis/work-store.ts'
import { createReanalyzer } from './reanalysis/worker.ts'
import { createReindexingService } from './reindexing/service.ts'
import { createReindexingStore } from './reindexing/store.ts'
import { addRoutes } from './routes.ts'
import { forgetRemovals } from './search/changes-store.ts'
import { createSearchService } from './search/service.ts'
import { createSnapshotService } from './search/snapshots/service.ts'
import { createSnapshotStore } from './search/snapshots/store.ts'
import { createSearchStore } from './search/store.ts'
import { searchHandlers } from './search/worker.ts'
import { createSourceStore } from './sources/store.ts'
import { createSourceSync } from './sources/worker.ts'
import { connectEngine } from './stores/external/connect.ts'
import type { Engine } from './stores/external/engine.ts'
import { forgetIn, keepUp } from './stores/external/keep-up.ts'
import { createRetrievalStore } from './stores/external/retrieval-store-of.ts'
import { createTextAnalysisService } from './text-analysis/service.ts'
import { createDictionaryEntryService } from './user-dictionaries/service.ts'
import { createDictionaryEntryStore } from './user-dictionaries/store.ts'
import { createUserDictionaries } from './user-dictionaries/user-dictionaries.ts'
import { createStoredDictionaries } from './user-dictionaries/words-store.ts'
import { joinVectorWorkers } from './vector-parts.ts'

type Parts = ReturnType<typeof createParts>

/** The composition root: the only file that knows every part, and the only place they are joined. */
export async function createApp(config: Config): Promise<Service> {
  const log = createLogger('knowledge', config)
  const pool = createPool(config, { log })
  const queues = connectQueues({ redisUrl: config.REDIS_URL, prefix: config.QUEUE_PREFIX, log })
  const analyzer = createAnalyzerSource()
  const engine = await connectEngine(config)
  const parts = createParts(config, { log, pool, queues, analyzer, engine })
  const workers = config.ROLE === 'api' ? undefined : createWorkers(config, parts)

  const app = await createService({
    name: 'knowledge',
    log,
    verifier: createIdentityVerifier({
      publicKey: config.IDENTITY_PUBLIC_KEY,
      audience: 'knowledge',
    }),
    idempotencyPool: pool,
    role: config.ROLE,
    checks: {
      postgres: async () => void (await pool.query('SELECT 1')),
      dictionary: analyzer.check,
    },
    work: { redis: queues.check, ...workers?.checks },
  })
  if (config.ROLE !== 'worker') addRoutes(app, parts)
  showMoney(registryOf(app), parts.models.money)

  // `onClose` hooks run last in, first out: finish the work, then let go of what it needed.
  app.addHook('onClose', async () => {
    await parts.models.money.close()
    await queues.close()
    await parts.egress.close()
    await parts.passages.close()
    await parts.db.$disconnect()
    await pool.end()
  })
  app.addHook('onClose', async () => workers?.close())
  app.addHook('onReady', async () => {
    await requireRowSecurity(pool)
    await analyzer.load()
    workers?.start()
  })
  return app
}

/** Per round of the sweeper. */
const PURGED_VECTORS = 1000
const FORGOTTEN_REMOVALS = 1000

function createParts(
  config: Config,
  io: {
    log: Logger
    pool: pg.Pool
    queues: Queues
    analyzer: AnalyzerSource
    engine: Engine | undefined
  },
) {
  const { log, pool, queues, analyzer } = io
  const egress = createEgress({ allow: config.EGRESS_ALLOW.split(','), log })
  const db = new PrismaClient({ adapter: new PrismaPg(pool) })
  const hasEngine = io.engine !== undefined
  const baseStore = createKnowledgeBaseStore(pool, db, hasEngine ? undefined : ANALYZER_VERSION)
  const bases = createKnowledgeBaseService(baseStore, embeddingModelOf(config))
  const models = joinModels(config, io)
  const send = (message: OutgoingMessage) =>
    afterCommit(
      () =>
        void queues
          .send(message)
          .catch((error: unknown) => log.warn({ err: error }, 'left to the sweeper')),
    )
  const documents = createDocumentService({
    store: createDocumentStore(pool, db),
    reprocess: createReprocess(pool),
    bases,
    send,
  })
  const snapshots = createSnapshotService({
    store: createSnapshotStore(pool),
    blobs:
      config.INDEX_BLOBS_DIR === ''
        ? createPostgresBlobStore(pool)
        : createFolderBlobStore(config.INDEX_BLOBS_DIR),
    analyzerVersion: () => analyzer.get().version,
    log,
  })
  const searchStore = createSearchStore(pool)
  const passages = createRetrievalStore(config, { ...io, snapshots })
  const dictionaries = createUserDictionaries(createStoredDictionaries(pool), loadDictionary)
  const entries = createDictionaryEntryService(createDictionaryEntryStore(pool))
  const evaluations = createEvaluationService({ store: createEvaluationStore(pool), bases, send })
  const reindexing = createReindexingService({
    store: createReindexingStore(pool),
    bases,
    configuredModel: embeddingModelOf(config),
    hasEngine,
  })
  const reanalysis = createReanalysisService({
    store: createReanalysisStore(pool, ANALYZER_VERSION),
    ...{ bases, hasEngine },
  })
  const search = createSearchService({
    store: searchStore,
    passages,
    analyzer: analyzer.get,
    dictionaries,
    ...models.forSearch,
  })
  const textAnalysis = createTextAnalysisService({
    ...{ store: searchStore, passages, analyzer: analyzer.get, dictionaries },
  })
  return {
    ...{ ...io, egress, db, baseStore, bases, documents, evaluations, search, snapshots },
    ...{ models, searchStore, passages, dictionaries, entries },
    ...{ textAnalysis, reindexing, reanalysis },
    maxDocumentBytes: config.MAX_DOCUMENT_MB * 1024 * 1024,
  }
}

const MONEY_ANSWERS_AT_ONCE = 16

function createWorkers(config: Config, parts: Parts) {
  const { log, pool, queues, baseStore, search, models } = parts
  const { embeddings, embeddingCache, money } = models
  const hasEngine = parts.engine !== undefined
  const vectors = joinVectorWorkers(config, { pool, log, embeddings, hasEngine })
  const store = vectors.claims
  const parsers = createParserPool({
    size: config.INGEST_CONCURRENCY,
    memoryMb: config.PARSE_MEMORY_MB,
    timeoutMs: config.PARSE_TIMEOUT_S * 1000,
    // What is left is for the last page that was begun, and for all that is not scanned.
    scans: { maxScannedPages: config.OCR_MAX_PAGES, maxOcrMs: config.PARSE_TIMEOUT_S * 750 },
    log,
  })
  const threads = createThreadPool({ size: config.ANALYSIS_THREADS })
  const analyzerOf = createPassageAnalyzers(threads, parts.dictionaries)
  const ingestion = createIngestionService({
    store,
    analyzerOf,
    read: createDocumentReader({ store, parsers }),
    embed: vectors.embed,
  })
  const sources = createSourceSync({
    store: createSourceStore(pool),
    egress: parts.egress,
    maxDocumentBytes: parts.maxDocumentBytes,
    send: queues.send,
    log,
  })
  const reanalyzer = createReanalyzer({
    store: createReanalysisWorkStore(pool),
    snapshots: createNextSnapshots({
      ...{ pool, snapshots: parts.snapshots },
      budgetBytes: config.INDEX_MEMORY_MB * 1024 * 1024,
    }),
    ...{ analyzerOf, log },
  })
  const { passages, searchStore } = parts
  const onFailure = (error: unknown) => log.warn({ err: error }, 'left to the next search')
  const kept = keepUp({ ingestion, bases: searchStore.bases, passages, onFailure })
  const ingests = queues.consume(
    ingestionQueue,
    ingestionHandlers(parts.engine ? kept : ingestion),
    { concurrency: config.INGEST_CONCURRENCY },
  )
  const searches = queues.consume(knowledgeQueue, searchHandlers({ search, send: queues.send }), {
    concurrency: config.SEARCH_CONCURRENCY,
  })
  const moneyAnswers = queues.consume(moneyAnswerQueue, money.handlers, {
    concurrency: MONEY_ANSWERS_AT_ONCE,
  })
  const evaluations = createEvaluationWorkers(parts)
  const sweeper = createSweeper({
    store: createSweepStore(pool, { hasEngine }),
    queues,
    purge: async (limit) => {
      await parts.snapshots.purge(limit)
      await baseStore.purge(limit, parts.engine && forgetIn(parts.engine, log))
      await embeddingCache.purge(config.EMBEDDING_CACHE_DAYS, PURGED_VECTORS)
      await forgetRemovals(pool, FORGOTTEN_REMOVALS)
    },
    analyzerVersion: ANALYZER_VERSION,
    prefix: config.QUEUE_PREFIX,
    log,
  })
  const all = [sweeper, sources, ...vectors.pollers, reanalyzer, ingests, searches, evaluations]
  return {
    checks: {
      ingestion: ingests.check,
      search: searches.check,
      money: moneyAnswers.check,
      ...evaluations.checks,
      sweeper: sweeper.check,
      sources: sources.check,
      ...vectors.checks,
      reanalysis: reanalyzer.check,
    },
    start() {
      moneyAnswers.start()
      for (const one of all) one.start()
    },
    async close() {
      await Promise.all(all.map((one) => one.close()))
      // What waits for an answer gets it.
      await moneyAnswers.close()
      parsers.close()
      await threads.close()
    },
  }
}
