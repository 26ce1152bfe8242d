import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Service } from '@dure/platform'
import { eventually } from '@dure/platform/testing'
import { failing, type ScriptedModel, startScriptedModel } from '@dure/scripted-model'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { setUpKnowledge } from '../testing.ts'
import { createLateVectorsStore } from './late-vectors-store.ts'

let model: ScriptedModel
let knowledge: Awaited<ReturnType<typeof setUpKnowledge>>
let app: Service
let client: ReturnType<typeof knowledge.client>
let site: Server
let address: string
/** What the provider was asked for. */
const asked: string[] = []

beforeAll(async () => {
  site = createServer((request, response) => {
    if (request.headers['if-none-match']) response.writeHead(304).end()
    else response.setHeader('etag', '"1"').setHeader('content-type', 'text/html').end('<p>수달</p>')
  }).listen(0, '127.0.0.1')
  await once(site, 'listening')
  address = `127.0.0.1:${(site.address() as AddressInfo).port}`
  model = await startScriptedModel()
  knowledge = await setUpKnowledge({
    EMBEDDING_BASE_URL: model.baseUrl,
    EMBEDDING_MODEL: 'small',
    EMBEDDING_TIMEOUT_MS: '500',
    EGRESS_ALLOW: address,
  })
  app = await knowledge.start('all')
  client = knowledge.client(app)
})
afterAll(async () => {
  await knowledge?.tearDown()
  await model?.close()
  site.close()
})
beforeEach(async () => {
  await knowledge.pool.query('DELETE FROM knowledge_base')
  await knowledge.pool.query('DELETE FROM embedding')
  works()
})

function works(): void {
  asked.length = 0
  model.rewriteEmbeddings(({ input }) => {
    asked.push(...input)
    return undefined
  })
}
const isDown = (status = 503) => model.rewriteEmbeddings(() => failing(status))

const TEXT = '# 환불\n\n환불은 이레 안에 합니다.\n\n# 휴가\n\n휴가는 팀장에게 알립니다.'

async function withoutVectors(base: string, name = 'a.md', text = TEXT) {
  const { id } = await client.put(base, name, text)
  return client.settled(base, id)
}

const isDue = (id: string) =>
  knowledge.pool.query('UPDATE document SET embedding_retry_at = now() WHERE id = $1', [id])

const complete = (base: string, id: string) =>
  eventually(
    async () => {
      const document = await client.get(base, id)
      expect(document.embeddingError).toBeUndefined()
      expect(document.vectorCount).toBe(document.chunkCount)
      return document
    },
    { timeoutMs: 20_000 },
  )

async function chunksOf(id: string) {
  const { rows } = await knowledge.pool.query(
    `SELECT id, version, chunk_id IS NOT NULL AS "hasVector"
       FROM chunk LEFT JOIN chunk_vector ON chunk_id = id WHERE document_id = $1 ORDER BY ordinal`,
    [id],
  )
  return rows as { id: string; version: number; hasVector: boolean }[]
}

describe('a document that was published while the provider was down', () => {
  test('gets its vectors when that is back, by itself, and keeps its passages', async () => {
    isDown()
    const base = await client.createBase()
    const document = await withoutVectors(base)
    expect(document).toMatchObject({
      ...{ status: 'ready', version: 1, vectorCount: 0 },
      embeddingError: { code: 'embedding.timeout', attempts: 0, nextAt: expect.any(String) },
    })
    const nextInMs = Date.parse(document.embeddingError.nextAt) - Date.parse(document.updatedAt)
    expect(nextInMs).toBeGreaterThanOrEqual(60_000)
    expect(nextInMs).toBeLessThan(66_001)
    const before = await chunksOf(document.id)

    works()
    await isDue(document.id)

    expect(await complete(base, document.id)).toMatchObject({
      ...{ status: 'ready', version: 2, publishedVersion: 2, chunkCount: 2, vectorCount: 2 },
    })
    expect(await chunksOf(document.id)).toEqual(
      before.map(({ id }) => ({ id, version: 2, hasVector: true })),
    )
    expect(asked).toHaveLength(2)
    const more = { mode: 'vector', topK: 1, explain: true }
    const { chunks } = await client.search(base, '휴가\n휴가는 팀장에게 알립니다.', more)
    expect(chunks[0].explanation.vector).toBeGreaterThan(0.98)
    expect(chunks[0].chunkId).toBe(before[1]?.id)
  })

  test('is what it was after an attempt in vain, and is tried again later', async () => {
    isDown()
    const base = await client.createBase()
    const { id, updatedAt } = await withoutVectors(base)
    const path = `/${base}/documents/${id}`
    const { etag } = (await client.call('GET', path)).headers

    await isDue(id)

    const document = await eventually(async () => {
      const seen = await client.get(base, id)
      expect(seen.embeddingError).toMatchObject({ attempts: 1, code: 'embedding.timeout' })
      return seen
    })
    expect(document).toMatchObject({ status: 'ready', version: 1, updatedAt })
    expect((await client.call('GET', path)).headers.etag).toBe(etag)
    await eventually(async () => {
      const { rows } = await knowledge.pool.query(
        `SELECT FROM document WHERE id = $1 AND embedding_retry_at
                BETWEEN now() + interval '100 seconds' AND now() + interval '133 seconds'`,
        [id],
      )
      expect(rows).toHaveLength(1)
    })
  })

  test('pays for no vector that it had got', async () => {
    const base = await client.createBase()
    await client.settled(base, (await client.put(base, 'known.md', TEXT)).id)
    isDown()
    const { id } = await withoutVectors(base, 'b.md', `${TEXT}\n\n# 배송\n\n배송은 사흘 걸립니다.`)

    works()
    await isDue(id)

    await complete(base, id)
    expect(asked).toEqual(['배송\n배송은 사흘 걸립니다.'])
  })

  test('gets them although its address says that nothing has changed', async () => {
    isDown()
    const base = await client.createBase()
    const body = { url: `http://${address}/`, resync: { everyS: 600 } }
    const { id } = (await client.call('POST', `/${base}/documents`, { body })).json()
    expect(await client.settled(base, id)).toMatchObject({ vectorCount: 0, version: 1 })
    const { rows } = await knowledge.pool.query(
      'UPDATE document_source SET due_at = now() WHERE document_id = $1 RETURNING checked_at',
      [id],
    )
    await eventually(async () =>
      expect(Date.parse((await client.get(base, id)).source.checkedAt)).toBeGreaterThan(
        rows[0].checked_at.getTime(),
      ),
    )

    works()
    await isDue(id)

    expect(await complete(base, id)).toMatchObject({ version: 2, vectorCount: 1 })
  })
})

test('what a provider refuses is not asked for again, until its settings are others', async () => {
  isDown(401)
  const base = await client.createBase()
  const document = await withoutVectors(base)
  expect(document.embeddingError).toMatchObject({ code: 'embedding.refused-request', attempts: 0 })
  expect(document.embeddingError.nextAt).toBeUndefined()
  works()
  const store = createLateVectorsStore(knowledge.pool, { settings: 'others', hasEngine: false })
  const { rows } = await knowledge.pool.query('SELECT embedding_settings AS same FROM document')
  expect(await store.reconsider(rows[0].same)).toBe(false)

  expect(await store.reconsider('others')).toBe(true)

  await complete(base, document.id)
  expect(await store.reconsider('yet others')).toBe(false)
})

describe('documents that are due', () => {
  const store = () => createLateVectorsStore(knowledge.pool, { settings: 'same', hasEngine: true })
  async function lacking(base: string, count: number): Promise<string[]> {
    const ids: string[] = []
    for (let at = 0; at < count; at++) ids.push((await withoutVectors(base, `${at}.md`)).id)
    return ids
  }
  const areDue = (ids: readonly string[], ageS: number) =>
    knowledge.pool.query(
      `UPDATE document SET embedding_retry_at = now() - make_interval(secs => $2) WHERE id = ANY($1)`,
      [ids, ageS],
    )
  beforeEach(() => isDown())

  test('are taken once, bases in turns, and none of a base that is gone', async () => {
    const [large, small, gone] = [
      await client.createBase(),
      await client.createBase(),
      await client.createBase(),
    ]
    const [many, few, none] = [
      await lacking(large, 4),
      await lacking(small, 1),
      await lacking(gone, 1),
    ]
    await knowledge.stop(app)
    await areDue(many, 100)
    await areDue(few, 10)
    await areDue(none, 200)
    await knowledge.pool.query('UPDATE knowledge_base SET deleted_at = now() WHERE id = $1', [gone])

    const [one, other] = await Promise.all([store().due(2), store().due(2)])

    const taken = [...one, ...other].map(({ documentId }) => documentId as string)
    expect(new Set(taken).size).toBe(taken.length)
    expect(taken).toContain(few[0])
    const rest = await store().due(10)
    expect([...taken, ...rest.map(({ documentId }) => documentId as string)].toSorted()).toEqual(
      [...many, ...few].toSorted(),
    )
    expect(await store().due(10)).toEqual([])
  })

  test('are published by whoever has the claim alone, and not with vectors of another build', async () => {
    app = await knowledge.start('all')
    client = knowledge.client(app)
    const base = await client.createBase()
    const [id = ''] = await lacking(base, 1)
    await knowledge.stop(app)
    const [before] = await chunksOf(id)
    await areDue([id], 1)
    const [dead] = await store().due(1)
    await areDue([id], 1)
    const [claim] = await store().due(1)
    if (!dead || !claim) throw new Error('nothing was due')

    expect(await store().touch(dead)).toBe(false)
    expect(await store().publish(dead, '')).toBe('lost')
    await store().fail(dead, { code: 'late.failure', message: 'too late' }, 1)
    await knowledge.pool.query(`UPDATE knowledge_base SET vector_build = 'other'`)
    expect(await store().publish(claim, '')).toBe('outdated')
    expect(await chunksOf(id)).toContainEqual(before)
    expect(await store().publish(claim, 'other')).toBe('published')

    const after = await chunksOf(id)
    expect(after.map(({ version }) => version)).toEqual([2, 2])
    // An engine outside would take rows of the same names for those that are to be removed.
    expect(after.map((chunk) => chunk.id)).not.toContain(before?.id)
    for (const chunk of after) expect(chunk.id).toMatch(/^chk_[0-9a-f]{32}$/)
    expect(await store().publish(claim, 'other')).toBe('lost')
  })
})
