import type { DocumentId, KnowledgeBaseId } from '@dure/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createIngestionStore } from '../ingestion/store.ts'
import { person, STRANGER, setUpKnowledge } from '../testing.ts'

let knowledge: Awaited<ReturnType<typeof setUpKnowledge>>
let client: ReturnType<typeof knowledge.client>
let other: ReturnType<typeof knowledge.client>
let bo: ReturnType<typeof knowledge.client>
let base: KnowledgeBaseId

beforeAll(async () => {
  knowledge = await setUpKnowledge()
  const app = await knowledge.start('api')
  client = knowledge.client(app)
  bo = knowledge.client(app, person('bo'))
  other = knowledge.client(await knowledge.start('api'))
  base = (await client.createBase()) as KnowledgeBaseId
})
afterAll(() => knowledge.tearDown())

interface Told {
  readonly id?: string
  readonly event: string
  readonly data: Record<string, unknown>
}

/** The whole stream, when it has ended. */
async function events(id: string, { from = client, heard = '' } = {}): Promise<Told[]> {
  const path = `/${base}/documents/${id}/events`
  const headers = heard === '' ? {} : { 'last-event-id': heard }
  const { body } = await from.call('GET', path, { headers })
  return body
    .split('\n\n')
    .filter((block) => block.includes('event: '))
    .map((block) => {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1]
      const id = field('id')
      return {
        ...(id && { id }),
        event: field('event') ?? '',
        data: JSON.parse(field('data') ?? '{}'),
      }
    })
}

async function claimed(name: string) {
  const { id } = await client.put(base, name, '# 하나\n글\n# 둘\n글')
  const { rows } = await knowledge.pool.query('SELECT content_hash FROM document WHERE id = $1', [
    id,
  ])
  const store = createIngestionStore(knowledge.pool)
  const claim = await store.claim({
    tenant: knowledge.tenant,
    knowledgeBaseId: base,
    documentId: id as DocumentId,
    contentHash: rows[0].content_hash,
  })
  if (!claim) throw new Error('nothing to claim')
  return { id: id as string, store, claim }
}

describe('the events of a document', () => {
  test('tell its state, each change, and end when it is ready', async () => {
    const { id } = await client.put(base, 'a.txt', '기다리는 글')
    const told = events(id)
    const worker = await knowledge.start('worker')

    const all = await told
    await knowledge.stop(worker)

    expect(all[0]?.data).toMatchObject({ documentId: id, version: 1, publishedVersion: 0 })
    expect(all.at(-1)).toMatchObject({
      event: 'document.progress',
      data: { status: 'ready', publishedVersion: 1 },
    })
    expect(all.at(-1)?.data.progress).toBeUndefined()
    expect(new Set(all.map((event) => event.id)).size).toBe(all.length)
  })

  test('say how far it is, and so does the document', async () => {
    const { id, store, claim } = await claimed('staged.md')
    await store.staged(claim, 'analyzer', 2)
    const progress = { stage: 'index', done: 0, total: 2 }

    expect(await client.get(base, id)).toMatchObject({ status: 'ingesting', progress })
    const told = events(id)
    await store.fail(claim, { code: 'document.empty', message: 'The document has no text' })

    const all = await told
    expect(all.at(-1)?.data).toMatchObject({
      status: 'failed',
      error: { code: 'document.empty' },
    })
    expect((await client.get(base, id)).progress).toBeUndefined()
  })

  test('go on in another process, and tell nothing twice', async () => {
    const { id, store, claim } = await claimed('resumed.md')
    await store.fail(claim, { code: 'document.empty', message: 'x' })
    const [last] = await events(id)

    expect(await events(id, { from: other })).toEqual([last])
    expect(await events(id, { from: other, heard: last?.id ?? '' })).toEqual([])
  })

  test('end when it is deleted', async () => {
    const { id } = await claimed('deleted.md')
    const told = events(id)
    await client.call('DELETE', `/${base}/documents/${id}`)

    const all = await told
    // Deleted before it was asked for, it was never there.
    if (all.length > 0) expect(all.at(-1)?.event).toBe('document.deleted')
  })

  test('end when it is no longer for who listens', async () => {
    const { id } = await claimed('hidden.md')
    const told = events(id, { from: bo })
    const body = { access: ['user:usr_ana'] }
    await client.call('PUT', `/${base}/documents/${id}/access`, { body })

    const all = await told
    // Hidden before it was asked for, it was never there.
    if (all.length > 0) expect(all.at(-1)?.event).toBe('document.deleted')
  })

  test('404: of a document that is not there, or a stranger’s', async () => {
    const { id } = await claimed('mine.md')
    const path = `/${base}/documents/${id}/events`

    expect((await client.call('GET', path, { tenant: STRANGER })).statusCode).toBe(404)
    const missing = `/${base}/documents/doc_${'0'.repeat(32)}/events`
    expect((await client.call('GET', missing)).statusCode).toBe(404)
  })
})
