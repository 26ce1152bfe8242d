import type { SearchHit } from '@dure/contracts'
import { loadConfig, type Service } from '@dure/platform'
import { eventually } from '@dure/platform/testing'
import { failing, held, type ScriptedModel, startScriptedModel } from '@dure/scripted-model'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { createApp } from '../app.ts'
import { Config } from '../config.ts'
import type { Kill } from '../ingestion/testing/kill.ts'
import { startWorkerProcess } from '../ingestion/testing/worker-process.ts'
import { STRANGER, setUpKnowledge } from '../testing.ts'

vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 })

/** Vectors of another length: a question that met those of the other model would be found out. */
const LARGE = { EMBEDDING_MODEL: 'large', EMBEDDING_DIMENSIONS: '128' }
const SMALL = { EMBEDDING_MODEL: 'small', EMBEDDING_DIMENSIONS: '64' }

let model: ScriptedModel
let knowledge: Awaited<ReturnType<typeof setUpKnowledge>>
/** Processes as the operator had them, and as they are after the other model was chosen. */
let before: Service
let after: Service
let client: ReturnType<typeof knowledge.client>
let next: ReturnType<typeof knowledge.client>

beforeAll(async () => {
  model = await startScriptedModel()
  knowledge = await setUpKnowledge({ EMBEDDING_BASE_URL: model.baseUrl, ...SMALL })
  before = await knowledge.start('api')
  after = await createApp(loadConfig(Config, { ...knowledge.environment('all'), ...LARGE }))
  await after.ready()
  client = knowledge.client(before)
  next = knowledge.client(after)
})
afterEach(() => model.rewriteEmbeddings(() => undefined))
afterAll(async () => {
  await after?.close()
  await knowledge?.tearDown()
  await model?.close()
})

const textOf = (name: string) => `${name} 문서의 환불 규정은 이레 안에 신청하는 것입니다`

async function put(base: string, name: string, sections = 0): Promise<string> {
  const more = Array.from(
    { length: sections },
    (_, at) => `# ${name}.${at}\n\n휴가는 팀장에게 알립니다`,
  )
  const { id } = await client.put(base, `${name}.md`, [textOf(name), ...more].join('\n\n'))
  await client.settled(base, id, { timeoutMs: 60_000 })
  return id
}
async function baseWith(count: number, sections = 0): Promise<string> {
  const base = await client.createBase()
  // As if the process before had made its first vectors: the one after is the worker.
  await knowledge.pool.query('UPDATE knowledge_base SET embedding_dimensions = 64 WHERE id = $1', [
    base,
  ])
  await Promise.all(Array.from({ length: count }, (_, at) => put(base, `d${at}`, sections)))
  return base
}
const begin = (base: string) => next.call('POST', `/${base}/reindex`, { body: {} })
const get = async (base: string) => (await next.call('GET', `/${base}/reindex`)).json()
const ended = (base: string, status: string) =>
  eventually(async () => expect(await get(base)).toMatchObject({ status }), { timeoutMs: 60_000 })
/** By the vector of a text that is there to the letter, which is found with a cosine of one, or by words of a wrong vector. */
async function expectFound(of: typeof client, base: string, name: string): Promise<void> {
  const more = { mode: 'vector', topK: 3, explain: true }
  const { chunks, degraded } = await of.search(base, textOf(name), more)
  expect(degraded).toBeUndefined()
  const [first] = chunks as SearchHit[]
  expect(first?.documentName).toBe(`${name}.md`)
  expect(first?.explanation?.vector).toBeGreaterThan(0.98)
}
const builds = async (base: string) =>
  (
    await knowledge.pool.query(
      `SELECT build, length(vector) AS length, count(*)::int AS count
         FROM chunk_vector JOIN chunk ON chunk.id = chunk_id WHERE knowledge_base_id = $1 GROUP BY 1, 2`,
      [base],
    )
  ).rows
const cleaned = (base: string) =>
  eventually(
    async () => {
      const { rows } = await knowledge.pool.query(
        'SELECT due_at FROM reindex WHERE knowledge_base_id = $1',
        [base],
      )
      expect(rows).toEqual([{ due_at: null }])
    },
    { timeoutMs: 60_000 },
  )

describe('a knowledge base that is indexed anew', () => {
  test('is searched as before until all is there, then by the new vectors alone, and loses no document', async () => {
    const base = await baseWith(12)
    const gate = held(failing(503))
    let isOpen = false
    model.rewriteEmbeddings(({ model: name, input }) =>
      name === 'large' && input.length > 1 && !isOpen ? gate : undefined,
    )
    let isOver = false
    const searches = (async () => {
      for (let n = 0; !isOver; n++) {
        await expectFound(client, base, `d${n % 12}`)
        await expectFound(next, base, `d${(n + 5) % 12}`)
      }
    })().finally(() => {
      isOver = true
    })

    const begun = await begin(base)
    expect(begun.json()).toMatchObject({
      status: 'running',
      embeddingModel: 'large',
      progress: { done: 0, total: 12 },
    })
    await put(base, 'd12')
    expect((await client.call('GET', `/${base}`)).json().embeddingModel).toBe('small')
    isOpen = true
    gate.release()
    await ended(base, 'done')
    await put(base, 'd13')
    for (let n = 0; n <= 13; n++) await expectFound(n % 2 === 0 ? client : next, base, `d${n}`)
    isOver = true
    await searches

    expect((await client.call('GET', `/${base}`)).json().embeddingModel).toBe('large')
    await cleaned(base)
    expect(await builds(base)).toMatchObject([{ count: 14, length: 132 }])
    const { data } = (await client.call('GET', `/${base}/documents`)).json()
    for (const document of data) expect(document).toMatchObject({ chunkCount: 1, vectorCount: 1 })
    for (const of of [client, next]) await expectFound(of, base, 'd3')
  })

  test('gets vectors where it had none', async () => {
    const body = { name: 'Words', embeddingModel: null }
    const base = (await client.call('POST', '', { body })).json().id
    await put(base, 'd0')
    expect((await client.search(base, 'x', { mode: 'vector' })).code).toBe('search.no-vectors')

    await begin(base)
    await ended(base, 'done')

    await expectFound(next, base, 'd0')
  })

  test('stays as it is when that is cancelled', async () => {
    const base = await baseWith(3)
    const gate = held(failing(503))
    model.rewriteEmbeddings(({ model: name }) => (name === 'large' ? gate : undefined))
    await begin(base)
    expect((await begin(base)).json().code).toBe('reindex.already-under-way')

    expect((await next.call('DELETE', `/${base}/reindex`)).statusCode).toBe(204)
    gate.release()

    await cleaned(base)
    expect(await get(base)).toMatchObject({ status: 'cancelled' })
    expect(await builds(base)).toMatchObject([{ build: '', count: 3, length: 68 }])
    await expectFound(client, base, 'd1')
    const again = await next.call('DELETE', `/${base}/reindex`)
    expect([again.statusCode, again.json().code]).toEqual([409, 'reindex.not-under-way'])
  })

  test('stays as it is when the provider refuses, and says why', async () => {
    const base = await baseWith(1)
    // One that nobody has had vectors of: those that are known are not asked for again.
    await put(base, 'refused')
    model.rewriteEmbeddings(({ model: name }) => (name === 'large' ? failing(401) : undefined))

    await begin(base)
    await ended(base, 'failed')

    expect((await get(base)).error).toMatchObject({ code: 'embedding.refused-request' })
    await expectFound(client, base, 'refused')
    model.rewriteEmbeddings(() => undefined)
    expect((await begin(base)).statusCode).toBe(202)
    await ended(base, 'done')
    await expectFound(next, base, 'refused')
  })
})

test('what cannot be done is said', async () => {
  const base = await baseWith(0)
  const call = async (...args: Parameters<typeof next.call>) => {
    const response = await next.call(...args)
    return [response.statusCode, response.json().code]
  }

  expect(await call('GET', `/${base}/reindex`)).toEqual([404, 'reindex.not-found'])
  expect(await call('POST', `/${base}/reindex`, { body: { embeddingModel: 'none' } })).toEqual([
    400,
    'knowledge-base.unknown-embedding-model',
  ])
  for (const method of ['GET', 'POST', 'DELETE'] as const) {
    const body = method === 'POST' ? { body: {} } : {}
    const foreign = await call(method, `/${base}/reindex`, { tenant: STRANGER, ...body })
    expect(foreign).toEqual([404, 'knowledge-base.not-found'])
  }
})

const BOUNDARIES: readonly Omit<Kill, 'documentId'>[] = [
  { statement: 'SET fence = fence + 1', when: 'after' },
  { statement: 'INSERT INTO embedding (', when: 'after' },
  { statement: 'done_count = done_count', when: 'before' },
  { statement: 'done_count = done_count', when: 'after' },
  { statement: 'vector_build = reindex.build', when: 'after' },
  { statement: 'COMMIT', following: 'vector_build = reindex.build', when: 'after' },
  { statement: 'DELETE FROM chunk_vector', when: 'after' },
]

test('a worker that is killed at any point leaves nothing half done', async () => {
  await after.close()
  const worker = await knowledge.start('worker')
  const base = await baseWith(20, 14)
  await knowledge.stop(worker)
  const environment = { ...knowledge.environment('worker'), ...LARGE }
  await knowledge.pool.query(
    `INSERT INTO reindex (knowledge_base_id, organization_id, project_id, build, embedding_model, total_count)
     VALUES ($1, $2, $3, 'next', 'large', 300)`,
    [base, knowledge.tenant.organizationId, knowledge.tenant.projectId],
  )
  for (const kill of BOUNDARIES) {
    await knowledge.pool.query(
      `UPDATE reindex SET due_at = now() - interval '1 minute' WHERE due_at > now()`,
    )
    const killed = startWorkerProcess(environment, { ...kill, documentId: '' })
    expect(await killed.ended(), JSON.stringify(kill)).toBe('SIGKILL')
    await expectFound(client, base, 'd7')
  }
  await knowledge.pool.query(
    `UPDATE reindex SET due_at = now() - interval '1 minute' WHERE due_at > now()`,
  )
  const last = startWorkerProcess(environment)
  await cleaned(base)
  expect(await builds(base)).toMatchObject([{ build: 'next', count: 300, length: 132 }])
  await expectFound(client, base, 'd19')
  await last.stop()
})
