import type { Service } from '@dure/platform'
import { failing, type ScriptedModel, startScriptedModel } from '@dure/scripted-model'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { setUpKnowledge } from '../testing.ts'

let model: ScriptedModel
let knowledge: Awaited<ReturnType<typeof setUpKnowledge>>
let app: Service
let client: ReturnType<typeof knowledge.client>

beforeAll(async () => {
  model = await startScriptedModel()
  knowledge = await setUpKnowledge({
    EMBEDDING_BASE_URL: model.baseUrl,
    EMBEDDING_MODEL: 'small',
    EMBEDDING_BATCH_TEXTS: '3',
  })
  app = await knowledge.start('all')
  client = knowledge.client(app)
})
afterAll(async () => {
  await knowledge.tearDown()
  await model.close()
})
beforeEach(() => model.rewriteEmbeddings(() => undefined))

const LONG = Array.from({ length: 8 }, (_, n) => `# 조항 ${n}\n${n}번째 조항의 내용입니다.\n`).join(
  '\n',
)

async function vectorsOf(documentId: string) {
  const { rows } = await knowledge.pool.query<{ ordinal: number; bytes: number }>(
    `SELECT ordinal, length(vector) AS bytes FROM chunk
       JOIN chunk_vector ON chunk_vector.chunk_id = chunk.id
      WHERE document_id = $1 ORDER BY ordinal`,
    [documentId],
  )
  return rows
}

describe('a knowledge base with a model', () => {
  test('has a vector of every passage, with what stands above it', async () => {
    const inputs: string[] = []
    model.rewriteEmbeddings(({ input }) => void inputs.push(...input))
    const base = await client.createBase()
    const { id } = await client.put(base, '약관.md', LONG)

    const document = await client.settled(base, id)

    expect(document).toMatchObject({ status: 'ready', chunkCount: 8, vectorCount: 8 })
    expect(document.embeddingError).toBeUndefined()
    expect(inputs).toHaveLength(8)
    expect(inputs[3]).toBe('조항 3\n3번째 조항의 내용입니다.')
    expect((await vectorsOf(id)).map(({ bytes }) => bytes)).toEqual(Array(8).fill(4 + 64))
  })

  test('says which model it has, and takes no other', async () => {
    const created = (body: object) => client.call('POST', '', { body: { name: 'B', ...body } })

    expect((await created({})).json().embeddingModel).toBe('small')
    expect((await created({ embeddingModel: 'small' })).json().embeddingModel).toBe('small')
    expect((await created({ embeddingModel: null })).json().embeddingModel).toBeNull()
    const refused = await created({ embeddingModel: 'large' })
    expect([refused.statusCode, refused.json().code]).toEqual([
      400,
      'knowledge-base.unknown-embedding-model',
    ])
  })

  test('without one asks for no vectors', async () => {
    let asked = 0
    model.rewriteEmbeddings(() => void asked++)
    const body = { name: 'Words', embeddingModel: null }
    const base = (await client.call('POST', '', { body })).json().id
    const { id } = await client.put(base, 'a.txt', '벡터 없이')

    expect(await client.settled(base, id)).toMatchObject({ chunkCount: 1, vectorCount: 0 })
    expect(asked).toBe(0)
  })

  test('asks for nothing that it has: a new version pays for what is new', async () => {
    const base = await client.createBase()
    const { id } = await client.put(base, 'a.md', LONG.replaceAll('내용', '새 내용'))
    await client.settled(base, id)
    const inputs: string[] = []
    model.rewriteEmbeddings(({ input }) => void inputs.push(...input))

    await client.put(base, 'a.md', `${LONG.replaceAll('내용', '새 내용')}\n# 끝\n덧붙임입니다.`)

    expect(await client.settled(base, id)).toMatchObject({ version: 2, vectorCount: 9 })
    expect(inputs).toEqual(['끝\n덧붙임입니다.'])
  })

  test('whose provider fails is found by words, says why, and is mended by the same document', async () => {
    model.rewriteEmbeddings(() => failing(401))
    const base = await client.createBase()
    const { id } = await client.put(base, 'a.txt', '제공자가 거절한 문서')

    const document = await client.settled(base, id)

    expect(document).toMatchObject({
      status: 'ready',
      vectorCount: 0,
      embeddingError: {
        code: 'embedding.refused-request',
        message: expect.stringContaining('401'),
      },
    })
    expect((await client.search(base, '거절한 문서')).chunks).toHaveLength(1)

    model.rewriteEmbeddings(() => undefined)
    await client.put(base, 'a.txt', '제공자가 거절한 문서')
    const mended = await client.settled(base, id)
    expect(mended).toMatchObject({ status: 'ready', version: 2, vectorCount: 1 })
    expect(mended.embeddingError).toBeUndefined()
  })

  test('keeps to one length of vectors', async () => {
    const base = await client.createBase()
    await client.settled(base, (await client.put(base, 'a.txt', '처음')).id)
    await knowledge.pool.query('UPDATE knowledge_base SET embedding_dimensions = 5 WHERE id = $1', [
      base,
    ])

    const { id } = await client.put(base, 'b.txt', '모델이 바뀐 뒤')

    expect(await client.settled(base, id)).toMatchObject({
      status: 'ready',
      vectorCount: 0,
      embeddingError: { code: 'embedding.other-dimensions' },
    })
  })

  test('loses the vectors with the document', async () => {
    const base = await client.createBase()
    const { id } = await client.put(base, 'a.txt', '지워질 문서')
    await client.settled(base, id)
    await client.call('DELETE', `/${base}/documents/${id}`)

    expect(await vectorsOf(id)).toEqual([])
    const { rows } = await knowledge.pool.query(
      `SELECT FROM chunk_vector WHERE NOT EXISTS (SELECT FROM chunk WHERE id = chunk_id)`,
    )
    expect(rows).toEqual([])
  })
})
