import type { DocumentId, KnowledgeBaseId } from '@dure/contracts'
import type { Service } from '@dure/platform'
import { eventually, silentLog } from '@dure/platform/testing'
import { ANALYZER_VERSION } from '@dure/retrieval'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createPassageAnalyzers } from '../analysis/passage-analyzer.ts'
import { createThreadPool } from '../analysis/threads/thread-pool.ts'
import { createParserPool } from '../parsing/process/parser-pool.ts'
import { setUpKnowledge } from '../testing.ts'
import { MAX_PASSAGES } from './chunk.ts'
import { type Claim, MAX_ATTEMPTS } from './claim.ts'
import { createDocumentReader } from './read-document.ts'
import { createIngestionService } from './service.ts'
import { createIngestionStore, type IngestionStore } from './store.ts'
import { createSweepStore, type SweepStore } from './sweep-store.ts'
import { createSweeper } from './worker.ts'

let knowledge: Awaited<ReturnType<typeof setUpKnowledge>>
let api: Service
let client: ReturnType<typeof knowledge.client>
let store: IngestionStore
let sweeps: SweepStore
let base: KnowledgeBaseId

beforeAll(async () => {
  knowledge = await setUpKnowledge()
  api = await knowledge.start('api')
  client = knowledge.client(api)
  store = createIngestionStore(knowledge.pool)
  sweeps = createSweepStore(knowledge.pool, { hasEngine: false })
  base = (await client.createBase()) as KnowledgeBaseId
})
afterAll(() => knowledge.tearDown())
afterEach(() => knowledge.wipeRedis())

async function withWorker<Result>(work: () => Promise<Result>): Promise<Result> {
  const worker = await knowledge.start('worker')
  try {
    return await work()
  } finally {
    await knowledge.stop(worker)
  }
}

/** What a worker does first; the test then decides whether it lives on. */
async function claimOf(id: string): Promise<Claim> {
  const { rows } = await knowledge.pool.query('SELECT content_hash FROM document WHERE id = $1', [
    id,
  ])
  const claim = await store.claim({
    tenant: knowledge.tenant,
    knowledgeBaseId: base,
    documentId: id as DocumentId,
    contentHash: rows[0].content_hash,
  })
  if (!claim) throw new Error('nothing to claim')
  return claim
}

const OURS = { version: ANALYZER_VERSION, next: undefined }
const PUBLICATION = {
  ...{
    passageCount: 1,
    versions: [ANALYZER_VERSION],
    isLast: false,
    build: '',
    failure: undefined,
  },
}

const passage = (ordinal: number) => ({
  id: `chk_test_${ordinal}_${Math.random()}`,
  ordinal,
  headings: [],
  text: 'left behind',
  start: 0,
  end: 11,
  morphemes: 'left',
  bigrams: '',
  headingMorphemes: '',
})

const parsers = () =>
  createParserPool({ size: 1, timeoutMs: 20_000, memoryMb: 256, log: silentLog() })

/** The keys of the messages that wait. */
const messages = () => knowledge.queues.redis.keys(`${knowledge.prefix}:knowledge-ingestion:j_*`)

const sweeper = () =>
  createSweeper({
    analyzerVersion: ANALYZER_VERSION,
    store: sweeps,
    queues: knowledge.queues,
    purge: async () => 0,
    prefix: knowledge.prefix,
    log: silentLog(),
  })

describe('ingestion', () => {
  test('notices that all messages are lost, and sends them again at once', async () => {
    await sweeper().sweep()
    const { id } = await client.put(base, 'wiped.txt', '지워져도 남는 글')
    await eventually(async () => expect(await messages()).toHaveLength(1))
    await knowledge.wipeRedis()
    await sweeper().sweep()

    expect(await messages()).toHaveLength(1)
    const document = await withWorker(() => client.settled(base, id))

    expect(document).toMatchObject({ status: 'ready', chunkCount: 1 })
  })

  test('survives the loss of one message', async () => {
    await sweeper().sweep()
    const { id } = await client.put(base, 'lost.txt', '소식이 사라진 글')
    await eventually(async () => {
      const keys = await messages()
      expect(await knowledge.queues.redis.del(...keys)).toBeGreaterThan(0)
    })
    await knowledge.queues.redis.del(`${knowledge.prefix}:knowledge-ingestion:wait`)
    await sweeper().sweep()
    expect(await messages()).toEqual([])
    await knowledge.ageDocuments()

    const document = await withWorker(() => client.settled(base, id))

    expect(document).toMatchObject({ status: 'ready' })
  })

  test('goes on where a killed worker stopped, and the dead one cannot publish', async () => {
    const { id } = await client.put(base, 'killed.txt', `${'한 문장이 있습니다. '.repeat(400)}`)
    const dead = await claimOf(id)
    const first = { ...passage(0), id: 'chk_left_behind' }
    expect(await store.stage(dead, [first], OURS)).toBe(true)
    await knowledge.ageDocuments()

    const document = await withWorker(() => client.settled(base, id))

    const { rows } = await knowledge.pool.query(
      'SELECT id, ordinal FROM chunk WHERE document_id = $1 ORDER BY ordinal',
      [id],
    )
    expect(document).toMatchObject({ status: 'ready', chunkCount: rows.length })
    expect(rows.length).toBeGreaterThan(1)
    expect(rows[0].id).toBe('chk_left_behind')
    expect(rows.map(({ ordinal }) => ordinal)).toEqual(rows.map((_row, index) => index))
    expect(await store.stage(dead, [passage(99)], OURS)).toBe(false)
    expect(await store.publish(dead, PUBLICATION)).toBe('lost')
    expect(await client.get(base, id)).toEqual(document)
  })

  test('takes nothing from a slow worker once another has the document', async () => {
    const { id } = await client.put(base, 'slow.txt', '느린 일꾼')
    const slow = await claimOf(id)
    await knowledge.ageDocuments()
    await sweeper().sweep()
    const next = await claimOf(id)

    expect(await store.stage(slow, [passage(0)], OURS)).toBe(false)
    expect(await store.publish(slow, PUBLICATION)).toBe('lost')
    await store.fail(slow, { code: 'slow.failure', message: 'too late' })
    await store.release(slow)

    expect(await client.get(base, id)).toMatchObject({ status: 'ingesting' })
    await store.release(next)
  })

  test('takes nothing from a worker whose document was replaced meanwhile', async () => {
    const { id } = await client.put(base, 'edited.txt', '처음 글')
    const old = await claimOf(id)
    await client.put(base, 'edited.txt', '고친 글')
    const current = await claimOf(id)

    expect(await store.stage(old, [passage(0)], OURS)).toBe(false)
    expect(await store.publish(old, PUBLICATION)).toBe('lost')
    await store.release(current)
  })

  test('does not mix the terms of two analyzers in one document', async () => {
    const { id } = await client.put(base, 'analyzers.txt', '새 분석기로 다시')
    await store.stage(await claimOf(id), [passage(0)], { ...OURS, version: 'an-older-one' })
    await knowledge.ageDocuments()

    await withWorker(() => client.settled(base, id))

    const { rows } = await knowledge.pool.query(
      'SELECT analyzer_version, text FROM chunk WHERE document_id = $1',
      [id],
    )
    expect(rows).toEqual([{ analyzer_version: ANALYZER_VERSION, text: '새 분석기로 다시' }])
  })

  test('makes passages of another analyzer anew where an engine holds them, and finds the old ones until then', async () => {
    const { id } = await client.put(base, 'outdated.txt', '오래된 분석기의 해오라기')
    await withWorker(() => client.settled(base, id))
    await knowledge.pool.query(
      `UPDATE chunk SET analyzer_version = 'an-older-one' WHERE document_id = $1`,
      [id],
    )

    const withEngine = createSweepStore(knowledge.pool, { hasEngine: true })
    const { outstanding, isDone } = await withEngine.renew(ANALYZER_VERSION, { all: true })

    expect(outstanding.map(({ documentId }) => documentId)).toContain(id)
    expect(isDone).toBe(false)
    expect(await client.get(base, id)).toMatchObject({ status: 'queued', version: 2 })
    expect((await client.search(base, '해오라기')).chunks).toHaveLength(1)
    await knowledge.ageDocuments()
    await withWorker(() => client.settled(base, id))
    const { rows } = await knowledge.pool.query(
      'SELECT version, analyzer_version FROM chunk WHERE document_id = $1',
      [id],
    )
    expect(rows).toEqual([{ version: 2, analyzer_version: ANALYZER_VERSION }])
    expect((await withEngine.renew(ANALYZER_VERSION, { all: true })).isDone).toBe(true)
  })

  test('gives up a document that takes every worker down with it', async () => {
    const { id } = await client.put(base, 'poison.txt', '독')
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      expect((await claimOf(id)).attempt).toBe(attempt)
      await knowledge.ageDocuments()
      await sweeper().sweep()
    }

    expect(await client.get(base, id)).toMatchObject({
      status: 'failed',
      error: { code: 'document.ingestion-gave-up' },
    })
  })

  test('tries a failed document again when it is uploaded again', async () => {
    const { id } = await client.put(base, 'again.txt', '다시')
    await store.fail(await claimOf(id), { code: 'document.ingestion-gave-up', message: 'x' })

    const again = await client.put(base, 'again.txt', '다시')

    expect(again).toMatchObject({ id, status: 'queued', version: 2 })
    expect(again.error).toBeUndefined()
    expect(await withWorker(() => client.settled(base, id))).toMatchObject({ status: 'ready' })
  })

  test('fails at once, and says why, when no attempt could succeed', async () => {
    const { id } = await client.put(base, 'many.md', '# a\n'.repeat(MAX_PASSAGES + 1))

    const document = await withWorker(() => client.settled(base, id))

    expect(document).toMatchObject({
      status: 'failed',
      error: { code: 'document.too-many-passages' },
    })
  })

  test('hands a document back when the service stops, without counting the attempt', async () => {
    const { id } = await client.put(base, 'stopped.txt', '멈춤')
    const claim = await claimOf(id)
    await store.release(claim)
    const threads = createThreadPool({ size: 1 })
    const ingestion = createIngestionService({
      store,
      analyzerOf: createPassageAnalyzers(threads, { of: async () => undefined }),
      read: createDocumentReader({ store, parsers: parsers() }),
      embed: async () => ({ holds: true, build: '' }),
    })

    await expect(ingestion.ingest(claim, AbortSignal.abort())).rejects.toMatchObject({
      code: 'document.ingestion-interrupted',
    })

    expect((await claimOf(id)).attempt).toBe(1)
    await knowledge.ageDocuments()
  })

  test('handles a message that comes twice once', async () => {
    const { id } = await client.put(base, 'twice.txt', '두 번')
    const claim = await claimOf(id)
    const { tenant, knowledgeBaseId, documentId, contentHash } = claim
    const outstanding = { tenant, knowledgeBaseId, documentId, contentHash }

    expect(await store.claim(outstanding)).toBeUndefined()
    await store.release(claim)
    await withWorker(() => client.settled(base, id))
    expect(await store.claim(claim)).toBeUndefined()
  })

  test('lets one sweeper work at a time', async () => {
    const { id } = await client.put(base, 'swept.txt', '쓸기')

    const swept = await Promise.all(
      Array.from({ length: 4 }, async () => {
        await knowledge.ageDocuments()
        return sweeps.sweep({ all: false })
      }),
    )

    expect(swept.flat().map(({ documentId }) => documentId)).toContain(id)
  })
})
