import type { DocumentId, KnowledgeBaseId } from '@dure/contracts'
import { silentLog } from '@dure/platform/testing'
import { ANALYZER_VERSION, createAnalyzer, loadDictionary } from '@dure/retrieval'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createPassageAnalyzers } from '../analysis/passage-analyzer.ts'
import { termsOf } from '../analysis/passage-terms.ts'
import { createThreadPool, type ThreadPool } from '../analysis/threads/thread-pool.ts'
import { wordsOf } from '../analysis/versions.ts'
import { createPostgresBlobStore } from '../blobs/postgres-blob-store.ts'
import { createDocumentReader } from '../ingestion/read-document.ts'
import { createIngestionService } from '../ingestion/service.ts'
import { createIngestionStore } from '../ingestion/store.ts'
import { createSweepStore } from '../ingestion/sweep-store.ts'
import { createParserPool } from '../parsing/process/parser-pool.ts'
import {
  createBaseIndex,
  type FollowingIndex,
  type IndexContents,
  NO_CONTENTS,
} from '../search/base-index.ts'
import { createBringUp, type IndexedPassage } from '../search/bring-up-store.ts'
import { createSnapshotService } from '../search/snapshots/service.ts'
import { createSnapshotStore } from '../search/snapshots/store.ts'
import { setUpKnowledge } from '../testing.ts'
import { createUserDictionaries } from '../user-dictionaries/user-dictionaries.ts'
import { createStoredDictionaries } from '../user-dictionaries/words-store.ts'
import { work } from './runner.ts'
import { createNextSnapshots } from './snapshot-store.ts'
import { createReanalysisWorkStore } from './work-store.ts'

vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 })

/** More of them find more; each takes a second or two. */
const RUNS = Number(process.env.PROPERTY_RUNS ?? 8)

let knowledge: Awaited<ReturnType<typeof setUpKnowledge>>
let client: ReturnType<typeof knowledge.client>
let threads: ThreadPool
beforeAll(async () => {
  knowledge = await setUpKnowledge()
  client = knowledge.client(await knowledge.start('api'))
  threads = createThreadPool({ size: 1 })
})
afterAll(async () => {
  await threads?.close()
  await knowledge?.tearDown()
})

const WORDS = ['카공족', '배민', '갓생']
const FILES = ['하나.md', '둘.md', '셋.md']
const TEXTS = [
  '카공족이 배민으로 시킨 점심',
  '# 갓생\n\n카공족의 갓생',
  '# 첫째\n\n배민\n\n# 둘째\n\n갓생',
]

const word = fc.constantFrom(...WORDS)
const file = fc.constantFrom(...FILES)
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('put' as const), file, text: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('delete' as const), file }) },
  // An ingestion goes up to its publication, where it waits.
  { weight: 3, arbitrary: fc.record({ do: fc.constant('stage' as const), file }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('publish' as const), file }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('toggle' as const), word }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('sweep' as const) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('work' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel' as const) }) },
)

/** Terms that a text has with some of the words, and without. */
const TERMS = [...WORDS, '카', '공족', '배', '민', '갓', '생', '점심']

function hitsOf({ lexical }: FollowingIndex) {
  const hits = TERMS.map((term) =>
    lexical
      .search({ morphemes: new Map([[term, 1]]), bigrams: new Map(), topK: 100 })
      .map(({ id, score }) => ({ id, score: score.toFixed(9) }))
      .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  )
  return { size: lexical.size, hits }
}

async function world() {
  const { pool, tenant } = knowledge
  for (const table of [
    'index_snapshot',
    'blob_part',
    'knowledge_base',
    'dictionary_entry',
    'user_dictionary',
    'kept_dictionary',
  ]) {
    await pool.query(`DELETE FROM ${table}`)
  }
  const base = (await client.createBase()) as KnowledgeBaseId
  const dictionaries = createUserDictionaries(createStoredDictionaries(pool), loadDictionary)
  const analyzerOf = createPassageAnalyzers(threads, dictionaries)
  const store = createReanalysisWorkStore(pool)
  const sweeps = createSweepStore(pool, { hasEngine: false })
  const claims = createIngestionStore(pool)
  const parsers = createParserPool({ size: 1, timeoutMs: 1000, memoryMb: 128, log: silentLog() })
  const blobs = createPostgresBlobStore(pool)
  const written = createSnapshotService({
    ...{ store: createSnapshotStore(pool), blobs, log: silentLog() },
    analyzerVersion: () => ANALYZER_VERSION,
  })
  const snapshots = createNextSnapshots({
    ...{ pool, snapshots: written, budgetBytes: 2 ** 26, leastPassages: 1 },
  })
  const plain = createAnalyzer(await loadDictionary())
  const parked = new Map<string, { release(): void; readonly done: Promise<void> }>()
  const entries = new Map<string, string>()

  const rowOf = async (name: string) => {
    const sql =
      'SELECT id, content_hash AS hash FROM document WHERE knowledge_base_id = $1 AND name = $2'
    return (await pool.query<{ id: string; hash: string }>(sql, [base, name])).rows[0]
  }

  async function stage(name: string): Promise<void> {
    const row = await rowOf(name)
    if (!row || parked.has(name)) return
    const gate = Promise.withResolvers<void>()
    const reached = Promise.withResolvers<void>()
    const ingestion = createIngestionService({
      ...{ store: claims, analyzerOf, read: createDocumentReader({ store: claims, parsers }) },
      async embed() {
        reached.resolve()
        await gate.promise
        return { holds: true, build: '' }
      },
    })
    const outstanding = {
      ...{ tenant, knowledgeBaseId: base, contentHash: row.hash },
      documentId: row.id as DocumentId,
    }
    const done = ingestion.ingest(outstanding, new AbortController().signal)
    parked.set(name, { release: gate.resolve, done })
    await Promise.race([reached.promise, done])
  }

  async function publish(name: string): Promise<void> {
    parked.get(name)?.release()
    await parked.get(name)?.done
    parked.delete(name)
  }

  async function toggle(surface: string): Promise<void> {
    const id = entries.get(surface)
    const path = '/v1/dictionary-entries'
    if (id !== undefined) {
      await client.send('DELETE', `${path}/${id}`)
      entries.delete(surface)
      return
    }
    const added = await client.send('POST', path, { body: { surface } })
    entries.set(surface, added.json().id)
  }

  async function workOnce(): Promise<boolean> {
    const claim = await store.claim()
    if (claim) await work({ store, analyzerOf, snapshots }, claim, new AbortController().signal)
    return claim !== undefined
  }

  async function workNow(): Promise<boolean> {
    // What a snapshot has left that was of no use keeps nobody waiting.
    await written.purge(10)
    await pool.query('UPDATE reanalysis SET due_at = now() WHERE due_at > now()')
    return workOnce()
  }

  /** As a process opens it that begins with this. */
  async function indexWith(contents: IndexContents | undefined): Promise<FollowingIndex> {
    const index = createBaseIndex(contents ?? NO_CONTENTS, () => {})
    await createBringUp(pool)(tenant, base, index.sink)
    return index
  }

  /** An index as it would be filled has the terms of each passage by the analyzer of the base, and by no other. */
  async function check(): Promise<void> {
    let version: string | null = null
    const found = new Map<string, IndexedPassage>()
    await createBringUp(pool)(tenant, base, {
      ...{ versions: new Map(), revisions: new Map(), learn: () => {}, remove: () => {} },
      useTerms(terms) {
        version = terms.analyzerVersion
      },
      put: (_id, _version, passages) => {
        for (const passage of passages) found.set(passage.id, passage)
      },
    })
    const filled = await indexWith(NO_CONTENTS)
    expect(hitsOf(await indexWith(await written.open(tenant, base)))).toEqual(hitsOf(filled))
    const words = await dictionaries.of(tenant, wordsOf(version ?? ''))
    const analyzer = words ? plain.withWords(words) : plain
    expect(analyzer.version).toBe(version)
    const { rows } = await pool.query<{ id: string; headings: string[]; text: string }>(
      `SELECT chunk.id, headings, chunk.text FROM chunk JOIN document
           ON document.id = document_id AND published_version = chunk.version
        WHERE chunk.knowledge_base_id = $1`,
      [base],
    )
    expect([...found.keys()].toSorted()).toEqual(rows.map(({ id }) => id).toSorted())
    const lines = (text: string) => (text === '' ? [] : text.split('\n'))
    for (const { id, ...passage } of rows) {
      const { morphemes, bigrams, headingMorphemes } = termsOf(analyzer, passage)
      expect(found.get(id)).toMatchObject({
        morphemes: lines(morphemes),
        bigrams: lines(bigrams),
        headingMorphemes: lines(headingMorphemes),
      })
    }
  }

  return {
    ...{ base, stage, publish, toggle, workOnce, workNow, check, parked, parsers },
    put: (name: string, text: number) => client.put(base, name, TEXTS[text] ?? ''),
    async remove(name: string): Promise<void> {
      const row = await rowOf(name)
      if (row) await client.call('DELETE', `/${base}/documents/${row.id}`)
    },
    cancel: () => client.call('DELETE', `/${base}/reanalysis`),
    sweep: () => sweeps.renew(ANALYZER_VERSION, { all: false }),
  }
}

type World = Awaited<ReturnType<typeof world>>
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

function take(one: Step, it: World): Promise<unknown> {
  switch (one.do) {
    case 'put':
      return it.put(one.file, one.text)
    case 'delete':
      return it.remove(one.file)
    case 'stage':
      return it.stage(one.file)
    case 'publish':
      return it.publish(one.file)
    case 'toggle':
      return it.toggle(one.word)
    case 'sweep':
      return it.sweep()
    case 'work':
      return it.workOnce()
    case 'cancel':
      return it.cancel()
  }
}

/** Until nobody finds anything to do. */
async function settle(it: World): Promise<void> {
  for (const name of [...it.parked.keys()]) await it.publish(name)
  await knowledge.pool.query(
    `UPDATE document SET status = 'queued', attempts = 0 WHERE status <> 'ready'`,
  )
  for (const name of FILES) {
    await it.stage(name)
    await it.publish(name)
  }
  while (await it.workNow());
  await it.sweep()
  while (await it.workNow());
}

test('whatever happens in whatever order, a base has the terms of one analyzer, and of the right one in the end', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), async (steps) => {
      const it = await world()
      try {
        for (const one of steps) {
          await take(one, it)
          await it.check()
        }
        await settle(it)
        await it.check()
        const { rows } = await knowledge.pool.query(
          `SELECT base.analyzer_version AS used, reanalysis.status, terms_mixed AS mixed,
                  (SELECT count(*)::int FROM chunk_terms) AS beside,
                  (SELECT count(*)::int FROM chunk WHERE analyzer_version <> base.analyzer_version) AS others,
                  $1 || coalesce('+' || (SELECT version FROM user_dictionary), '') AS wanted
             FROM knowledge_base AS base LEFT JOIN reanalysis ON knowledge_base_id = base.id`,
          [ANALYZER_VERSION],
        )
        const [end] = rows
        expect(end).toMatchObject({ mixed: false, beside: 0, others: 0 })
        if (end.status !== 'cancelled') expect(end.used).toBe(end.wanted)
      } finally {
        for (const name of [...it.parked.keys()]) await it.publish(name).catch(() => {})
        it.parsers.close()
      }
    }),
    { numRuns: RUNS },
  )
})
