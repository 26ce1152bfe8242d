import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Service } from '@dure/platform'
import { failing, type ScriptedModel, startScriptedModel } from '@dure/scripted-model'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { STRANGER, setUpKnowledge } from '../testing.ts'

let model: ScriptedModel
let site: Server
let status = 404
let knowledge: Awaited<ReturnType<typeof setUpKnowledge>>
let app: Service
let client: ReturnType<typeof knowledge.client>
let base: string

beforeAll(async () => {
  model = await startScriptedModel()
  site = createServer((_request, response) =>
    response.writeHead(status, { 'content-type': 'text/html' }).end('<p>돌아온 수달</p>'),
  ).listen(0, '127.0.0.1')
  await once(site, 'listening')
  knowledge = await setUpKnowledge({
    EMBEDDING_BASE_URL: model.baseUrl,
    EMBEDDING_MODEL: 'small',
    EGRESS_ALLOW: addressOf(),
  })
  app = await knowledge.start('all')
  client = knowledge.client(app)
  base = await client.createBase()
})
afterAll(async () => {
  await knowledge?.tearDown()
  await model?.close()
  site.close()
})

const addressOf = () => `127.0.0.1:${(site.address() as AddressInfo).port}`
const pathOf = (id: string) => `/${base}/documents/${id}/reprocess`
const reprocess = (id: string, more: object = {}) => client.call('POST', pathOf(id), more)
async function ready(name: string, text: string): Promise<string> {
  const { id } = await client.put(base, name, text)
  await client.settled(base, id)
  return id
}

describe('POST …/documents/{id}/reprocess', () => {
  test('202: makes a new version of the text that is kept', async () => {
    const id = await ready('text.md', '# 환불\n\n너구리의 환불')

    const response = await reprocess(id)

    expect(response.statusCode, response.body).toBe(202)
    expect(response.json()).toMatchObject({ id, status: 'queued', version: 2, publishedVersion: 1 })
    expect(response.headers.location).toBe(`/v1/knowledge-bases/${base}/documents/${id}`)
    expect((await client.search(base, '너구리', { mode: 'keyword' })).chunks).toHaveLength(1)
    expect(await client.settled(base, id)).toMatchObject({ status: 'ready', publishedVersion: 2 })
    expect((await client.search(base, '너구리', { mode: 'keyword' })).chunks).toHaveLength(1)
  })

  test('202: parses the file itself, whatever became of the same one before', async () => {
    const file = new Blob(['<h1>규정</h1><p>오소리의 규정</p>'], { type: 'text/html' })
    const ids: string[] = []
    for (const name of ['one.html', 'same.html']) {
      const { id } = (await client.upload(base, file, name)).json()
      await client.settled(base, id)
      ids.push(id)
    }
    const [id = '', same] = ids
    await knowledge.pool.query(`UPDATE document SET text = 'parsed badly' WHERE id = ANY($1)`, [
      [id, same],
    ])

    expect((await reprocess(id)).statusCode).toBe(202)

    expect(await client.settled(base, id)).toMatchObject({ status: 'ready', version: 2 })
    const { rows } = await knowledge.pool.query(
      'SELECT text, parse_anew FROM document WHERE id = $1',
      [id],
    )
    expect(rows[0].text).toContain('오소리의 규정')
    expect(rows[0].parse_anew).toBe(false)
  })

  test('202: asks again an address that has never given anything', async () => {
    const body = { url: `http://${addressOf()}/otter` }
    const { id } = (await client.call('POST', `/${base}/documents`, { body })).json()
    expect(await client.settled(base, id)).toMatchObject({
      ...{ status: 'failed', error: { code: 'document.source-refused' } },
    })
    status = 200

    expect((await reprocess(id)).json()).toMatchObject({ status: 'queued', version: 1 })

    expect(await client.settled(base, id)).toMatchObject({ status: 'ready', version: 1 })
    expect((await client.search(base, '수달', { mode: 'keyword' })).chunks).toHaveLength(1)
  })

  test('202: asks a provider again that has refused', async () => {
    model.rewriteEmbeddings(() => failing(401))
    const id = await ready('refused.txt', '거절당한 담비')
    model.rewriteEmbeddings(() => undefined)

    expect((await reprocess(id)).json().embeddingError).toBeUndefined()

    expect(await client.settled(base, id)).toMatchObject({ chunkCount: 1, vectorCount: 1 })
  })

  test('202: the same key again is the same answer, and one version', async () => {
    const id = await ready('keyed.txt', '한 번만')

    const [first, second] = [await reprocess(id, { key: 'k1' }), await reprocess(id, { key: 'k1' })]

    expect(second.body).toBe(first.body)
    expect(await client.settled(base, id)).toMatchObject({ version: 2 })
  })

  test('409: while it is at work already', async () => {
    const id = await ready('busy.txt', '바쁜 글')
    for (const [now, version] of [
      ['ingesting', 1],
      ['queued', 1],
    ] as const) {
      await knowledge.pool.query(
        'UPDATE document SET status = $2, alive_at = now() WHERE id = $1',
        [id, now],
      )
      const busy = await reprocess(id)
      expect([busy.statusCode, busy.json().code]).toEqual([409, 'document.already-processing'])
      expect((await client.get(base, id)).version).toBe(version)
    }
  })

  test('404: for a document of somebody else, or of another base', async () => {
    const id = await ready('foreign.txt', '남의 글')
    const foreign = await reprocess(id, { tenant: STRANGER })
    expect([foreign.statusCode, foreign.json().code]).toEqual([404, 'document.not-found'])
    const other = await client.createBase()
    const elsewhere = await client.call('POST', `/${other}/documents/${id}/reprocess`)
    expect(elsewhere.statusCode).toBe(404)
    expect(await client.get(base, id)).toMatchObject({ version: 1 })
  })
})
