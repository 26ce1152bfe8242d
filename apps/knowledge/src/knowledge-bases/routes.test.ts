import { type ScriptedModel, startScriptedModel } from '@dure/scripted-model'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { STRANGER, setUpKnowledge } from '../testing.ts'

let model: ScriptedModel
let knowledge: Awaited<ReturnType<typeof setUpKnowledge>>
let client: ReturnType<typeof knowledge.client>

beforeAll(async () => {
  model = await startScriptedModel()
  knowledge = await setUpKnowledge({
    EMBEDDING_BASE_URL: model.baseUrl,
    EMBEDDING_MODEL: 'small',
    RERANK_BASE_URL: model.baseUrl,
    RERANK_MODEL: 'reader',
  })
  client = knowledge.client(await knowledge.start('all'))
})
afterAll(async () => {
  await knowledge.tearDown()
  await model.close()
})

const patch = (base: string, body: object, headers: Record<string, string> = {}) =>
  client.call('PATCH', `/${base}`, { body, headers })

describe('the settings of a knowledge base', () => {
  test('are what a search does that does not say', async () => {
    const base = await client.createBase()
    const { id } = await client.put(base, 'a.txt', '환불 신청은 이레 안에 합니다')
    await client.settled(base, id)
    const scores = async (more: object = {}) => {
      const { chunks } = await client.search(base, '환불', { explain: true, ...more })
      return chunks[0]
    }
    expect((await scores()).explanation.rerank).toBeTypeOf('number')

    const changed = await patch(base, {
      name: '환불 안내',
      ...{ vectorWeight: 0.7, fusion: 'rrf', minScore: 0.2, rerank: false },
    })

    expect(changed.json()).toMatchObject({ name: '환불 안내', vectorWeight: 0.7, minScore: 0.2 })
    expect((await client.call('GET', `/${base}`)).json()).toEqual(changed.json())
    const found = await scores()
    expect(found.explanation.rerank).toBeUndefined()
    expect(Object.keys(found.contributions).toSorted()).toEqual(['keyword', 'vector'])
    const weighed = await scores({ fusion: 'weighted' })
    expect(weighed.contributions.vector).toBeCloseTo(0.7, 12)

    await patch(base, { minScore: 1.01 })
    expect(await scores()).toBeUndefined()
  })

  test('are changed by who has seen what they are now, and by nobody else', async () => {
    const base = await client.createBase()
    const { etag } = (await client.call('GET', `/${base}`)).headers as { etag: string }
    const first = await patch(base, { vectorWeight: 0.1 }, { 'if-match': etag })
    expect(first.statusCode).toBe(200)
    expect(first.headers.etag).not.toBe(etag)

    const second = await patch(base, { vectorWeight: 0.9 }, { 'if-match': etag })

    expect([second.statusCode, second.json().code]).toEqual([412, 'knowledge-base.changed'])
    expect((await client.call('GET', `/${base}`)).json().vectorWeight).toBe(0.1)
    const stranger = { body: { name: 'Mine' }, tenant: STRANGER }
    expect((await client.call('PATCH', `/${base}`, stranger)).statusCode).toBe(404)
  })

  test('of two that change different ones at the same time, both have their way', async () => {
    const base = await client.createBase()

    await Promise.all([patch(base, { vectorWeight: 0.1 }), patch(base, { minScore: 3 })])

    const now = (await client.call('GET', `/${base}`)).json()
    expect(now).toMatchObject({ vectorWeight: 0.1, minScore: 3 })
  })

  test('400: another model of embeddings is refused, the one that it has is not', async () => {
    const base = await client.createBase()

    expect((await patch(base, { embeddingModel: 'small' })).statusCode).toBe(200)
    for (const embeddingModel of ['large', null]) {
      const refused = await patch(base, { embeddingModel })
      expect(refused.json()).toMatchObject({
        status: 400,
        code: 'knowledge-base.model-is-fixed',
        errors: [{ pointer: '#/embeddingModel' }],
      })
    }
  })

  test.each([
    {},
    { fusion: 'sum' },
    { vectorWeight: 1.1 },
    { minScore: -1 },
    { rerank: 'yes' },
    { name: ' ' },
    { generation: 1 },
  ])('400: %j', async (body) => {
    const base = await client.createBase()
    expect((await patch(base, body)).statusCode).toBe(400)
  })
})
