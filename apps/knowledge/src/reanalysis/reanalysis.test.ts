import type { SearchHit } from '@dure/contracts'
import type { Service } from '@dure/platform'
import { eventually } from '@dure/platform/testing'
import { ANALYZER_VERSION, loadDictionary } from '@dure/retrieval'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createPassageAnalyzers } from '../analysis/passage-analyzer.ts'
import { createThreadPool, type ThreadPool } from '../analysis/threads/thread-pool.ts'
import { createSweepStore } from '../ingestion/sweep-store.ts'
import type { Kill } from '../ingestion/testing/kill.ts'
import { startWorkerProcess } from '../ingestion/testing/worker-process.ts'
import { person, setUpKnowledge } from '../testing.ts'
import { createUserDictionaries } from '../user-dictionaries/user-dictionaries.ts'
import { createStoredDictionaries } from '../user-dictionaries/words-store.ts'
import { createReanalysisWorkStore, type ReanalysisClaim } from './work-store.ts'

vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 })

let knowledge: Awaited<ReturnType<typeof setUpKnowledge>>
let api: Service
let threads: ThreadPool
let client: ReturnType<typeof knowledge.client>

beforeAll(async () => {
  knowledge = await setUpKnowledge()
  api = await knowledge.start('api')
  client = knowledge.client(api)
  threads = createThreadPool({ size: 1 })
})
beforeEach(async () => {
  // Those of tests before are no work for the next.
  await knowledge.pool.query('DELETE FROM document')
  await knowledge.pool.query('DELETE FROM knowledge_base')
  await knowledge.pool.query('DELETE FROM dictionary_entry')
  await knowledge.pool.query('DELETE FROM user_dictionary')
  await knowledge.pool.query('DELETE FROM kept_dictionary')
})
afterAll(async () => {
  await threads?.close()
  await knowledge?.tearDown()
})

async function withWorker<Result>(work: () => Promise<Result>): Promise<Result> {
  const worker = await knowledge.start('worker')
  try {
    return await work()
  } finally {
    await knowledge.stop(worker)
  }
}

/** Read in other pieces with the words of these tests than without. */
const TOPICS = [
  '카공족이 오래 앉는 자리',
  'T맵으로 찾는 길',
  '배민으로 시킨 점심',
  '갓생을 사는 법',
]
const WORDS = ['카공족', 'T맵', '배민', '갓생']
const QUESTIONS = ['카공족', '카공', 'T맵 길 찾기', '배민 점심', '갓생', '자리와 길', '문단 7']

const textOf = (name: string, sections: number) =>
  Array.from(
    { length: sections },
    (_, at) => `# ${name} 문단 ${at}\n\n${TOPICS[at % TOPICS.length]}, ${name} ${at}번`,
  ).join('\n\n')

async function put(base: string, name: string, sections = 1): Promise<string> {
  const { id } = await client.put(base, `${name}.md`, textOf(name, sections))
  await client.settled(base, id, { timeoutMs: 30_000 })
  return id
}

/** @returns ids of its documents, by name */
async function baseWith(documents: readonly (readonly [name: string, sections: number])[]) {
  const base = await client.createBase()
  const ids = new Map<string, string>()
  for (const [name, sections] of documents) ids.set(name, await put(base, name, sections))
  return { base, ids }
}

const addWords = async (...words: readonly string[]) => {
  for (const surface of words) {
    const body = { surface }
    const added = await client.send('POST', '/v1/dictionary-entries', { body })
    expect(added.statusCode).toBe(201)
  }
}

interface Ranked extends Pick<SearchHit, 'documentName' | 'start' | 'score' | 'contributions'> {
  readonly matched: readonly string[] | undefined
}
type Rankings = Readonly<Record<string, readonly Ranked[]>>
const TOP = 50

/** All that is found, with its scores. */
async function rankingsOf(base: string, of = client): Promise<Rankings> {
  const rankings: Record<string, readonly Ranked[]> = {}
  for (const question of QUESTIONS) {
    const { chunks, degraded } = await of.search(base, question, { topK: TOP, explain: true })
    expect(degraded).toBeUndefined()
    rankings[question] = (chunks as SearchHit[]).map(
      ({ documentName, start, score, contributions, explanation }) => ({
        ...{ documentName, start, score, contributions, matched: explanation?.matched },
      }),
    )
  }
  return rankings
}

/** Of equal scores another base has another order, by the ids of its passages, and so has others of them among the last. */
function comparable(rankings: Rankings) {
  const placeOf = ({ documentName, start }: Ranked) => `${documentName} ${start}`
  return Object.entries(rankings).map(([question, ranked]) => {
    const last = ranked.length < TOP ? 0 : (ranked.at(-1)?.score ?? 0)
    const places = ranked
      .filter(({ score }) => score > last)
      .toSorted((a, b) => b.score - a.score || (placeOf(a) < placeOf(b) ? -1 : 1))
    return { question, scores: ranked.map(({ score }) => score), places }
  })
}

const get = (base: string) => client.call('GET', `/${base}/reanalysis`)
const ended = (base: string, status: string) =>
  eventually(async () => expect((await get(base)).json()).toMatchObject({ status }), {
    timeoutMs: 60_000,
  })
const tidied = (base: string) =>
  eventually(
    async () => {
      const sql = 'SELECT due_at FROM reanalysis WHERE knowledge_base_id = $1'
      expect((await knowledge.pool.query(sql, [base])).rows).toEqual([{ due_at: null }])
    },
    { timeoutMs: 60_000 },
  )
const versionOf = async (base: string) => {
  const sql = 'SELECT analyzer_version AS version FROM knowledge_base WHERE id = $1'
  return (await knowledge.pool.query(sql, [base])).rows[0].version as string
}
/** Passages by the analyzer that has made their own terms, and terms beside those. */
const termsOf = async (base: string) => {
  const count = async (table: string) =>
    (
      await knowledge.pool.query(
        `SELECT analyzer_version AS version, count(*)::int AS count FROM ${table}
          WHERE knowledge_base_id = $1 GROUP BY 1 ORDER BY 1`,
        [base],
      )
    ).rows
  return { own: await count('chunk'), beside: await count('chunk_terms') }
}

const store = () => createReanalysisWorkStore(knowledge.pool)
/** What a sweep of a worker does. */
const begin = () =>
  createSweepStore(knowledge.pool, { hasEngine: false }).renew(ANALYZER_VERSION, { all: false })

/** Some terms are made, and then nobody goes on for now. */
async function halfWay(base: string): Promise<ReanalysisClaim> {
  await begin()
  const claim = await store().claim()
  if (claim?.knowledgeBaseId !== base) throw new Error('It is not the one that is to be worked on')
  const documents = await store().documents(claim)
  const passages = await store().unread(claim, documents, { documentId: '', ordinal: -1 })
  const words = createUserDictionaries(createStoredDictionaries(knowledge.pool), loadDictionary)
  const analyzerOf = createPassageAnalyzers(threads, words)
  const analyzer = await analyzerOf(claim.tenant, claim.analyzerVersion)
  const terms = await analyzer.analyze(passages)
  const made = terms.map((one, at) => ({ id: passages[at]?.id ?? '', ...one }))
  expect(await store().add(claim, made)).toBe(true)
  await freeze(base)
  return claim
}
const freeze = (base: string) =>
  knowledge.pool.query(
    `UPDATE reanalysis SET due_at = now() + interval '1 hour' WHERE knowledge_base_id = $1`,
    [base],
  )
const goOn = (base: string) =>
  knowledge.pool.query('UPDATE reanalysis SET due_at = now() WHERE knowledge_base_id = $1', [base])

const DOCUMENTS = [
  ['하나', 150],
  ['둘', 20],
  ['셋', 8],
] as const

describe('a knowledge base whose words have changed', () => {
  test('is searched as before until all its terms are made, then as one that is made anew', async () => {
    const { base } = await withWorker(() => baseWith(DOCUMENTS))
    const before = await rankingsOf(base)
    await addWords(...WORDS)
    expect(await rankingsOf(base)).toEqual(before)

    const claim = await halfWay(base)

    expect((await termsOf(base)).beside).toEqual([{ version: claim.analyzerVersion, count: 100 }])
    expect(await rankingsOf(base)).toEqual(before)
    expect((await get(base)).json()).toMatchObject({
      status: 'running',
      progress: { done: 100, total: 178 },
    })
    const opened = knowledge.client(await knowledge.start('api'))
    expect(await rankingsOf(base, opened)).toEqual(before)
    await goOn(base)
    const anew = await withWorker(async () => {
      await ended(base, 'done')
      await tidied(base)
      return (await baseWith(DOCUMENTS)).base
    })

    const after = await rankingsOf(base)
    expect(after).not.toEqual(before)
    expect(await rankingsOf(base, opened)).toEqual(after)
    expect(comparable(after)).toEqual(comparable(await rankingsOf(anew)))
    const version = await versionOf(base)
    expect(version).toBe(claim.analyzerVersion)
    expect(await termsOf(base)).toEqual({ own: [{ version, count: 178 }], beside: [] })
  })

  test('takes writes, deletions and rights meanwhile, which are seen at once and stay', async () => {
    const { base, ids } = await withWorker(() => baseWith(DOCUMENTS))
    await addWords(...WORDS)
    await halfWay(base)
    const named = (hits: SearchHit[]) => new Set(hits.map(({ documentName }) => documentName))
    const found = async (question: string, of = client) =>
      named((await of.search(base, question, { topK: 50 })).chunks)
    const ana = knowledge.client(api, person('ana'))

    await withWorker(async () => {
      await put(base, '넷', 12)
      expect(await found('넷 3번')).toContain('넷.md')
      await put(base, '둘', 5)
      expect((await client.get(base, ids.get('둘') ?? '')).chunkCount).toBe(5)
      await client.call('DELETE', `/${base}/documents/${ids.get('셋')}`)
      expect(await found('셋 3번')).not.toContain('셋.md')
      const path = `/${base}/documents/${ids.get('하나')}/access`
      const body = { access: ['user:usr_bo'] }
      expect((await client.call('PUT', path, { body })).statusCode).toBe(200)
      expect(await found('하나 3번', ana)).not.toContain('하나.md')
      expect(await found('하나 3번')).toContain('하나.md')
    })
    const paused = await rankingsOf(base)
    await goOn(base)
    const anew = await withWorker(async () => {
      await ended(base, 'done')
      await tidied(base)
      const documents = [
        ['하나', 150],
        ['둘', 5],
        ['넷', 12],
      ] as const
      return (await baseWith(documents)).base
    })

    const after = await rankingsOf(base)
    expect(comparable(after)).toEqual(comparable(await rankingsOf(anew)))
    expect(after).not.toEqual(paused)
    expect(await found('하나 3번', ana)).not.toContain('하나.md')
    const version = await versionOf(base)
    expect(await termsOf(base)).toEqual({ own: [{ version, count: 167 }], beside: [] })
  })
})

const BOUNDARIES: readonly Omit<Kill, 'documentId'>[] = [
  { statement: 'pass_began_at = CASE', when: 'after' },
  { statement: 'INSERT INTO chunk_terms', when: 'before' },
  { statement: 'INSERT INTO chunk_terms', when: 'after' },
  { statement: 'SET after_name = $7', when: 'before' },
  { statement: 'SET after_name = $7', when: 'after' },
  { statement: 'terms_build = CASE', when: 'before' },
  { statement: 'terms_build = CASE', when: 'after' },
  { statement: 'COMMIT', following: 'terms_build = CASE', when: 'after' },
  { statement: 'UPDATE chunk SET morphemes', when: 'before' },
  { statement: 'UPDATE chunk SET morphemes', when: 'after' },
]

test('a worker that is killed at any point leaves nothing half done', async () => {
  const { base } = await withWorker(() => baseWith([...DOCUMENTS, ['다섯', 200]]))
  const before = await rankingsOf(base)
  await addWords(...WORDS)
  await begin()
  const seen: string[] = []
  for (const kill of BOUNDARIES) {
    await goOn(base)
    const killed = startWorkerProcess(knowledge.environment('worker'), { ...kill, documentId: '' })
    expect(await killed.ended(), JSON.stringify(kill)).toBe('SIGKILL')
    const rankings = await rankingsOf(base)
    seen.push(JSON.stringify(rankings) === JSON.stringify(before) ? 'before' : 'after')
  }
  await goOn(base)
  const last = startWorkerProcess(knowledge.environment('worker'))
  await tidied(base)
  const anew = (await baseWith([...DOCUMENTS, ['다섯', 200]])).base
  await last.stop()

  expect(seen).toEqual([...Array(7).fill('before'), ...Array(3).fill('after')])
  expect(comparable(await rankingsOf(base))).toEqual(comparable(await rankingsOf(anew)))
  const version = await versionOf(base)
  expect(await termsOf(base)).toEqual({ own: [{ version, count: 378 }], beside: [] })
})
