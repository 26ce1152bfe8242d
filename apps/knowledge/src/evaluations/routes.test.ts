import type { Service } from '@dure/platform'
import { eventually } from '@dure/platform/testing'
import { failing, type ScriptedModel, startScriptedModel } from '@dure/scripted-model'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { STRANGER, setUpKnowledge } from '../testing.ts'

let model: ScriptedModel
let knowledge: Awaited<ReturnType<typeof setUpKnowledge>>
let app: Service
let client: ReturnType<typeof knowledge.client>
let base: string
let words: string
const documents: string[] = []

const TEXTS = [
  '환불 신청은 이레 안에 합니다',
  '배송이 늦으면 고객 센터에 알립니다',
  '사무실은 아침 아홉 시에 엽니다',
]

beforeAll(async () => {
  model = await startScriptedModel()
  knowledge = await setUpKnowledge({ EMBEDDING_BASE_URL: model.baseUrl, EMBEDDING_MODEL: 'small' })
  app = await knowledge.start('all')
  client = knowledge.client(app)
  base = await client.createBase()
  words = (await client.call('POST', '', { body: { name: 'Words', embeddingModel: null } })).json()
    .id
  for (const [at, text] of TEXTS.entries()) {
    const { id } = await client.put(base, `${at}.txt`, text)
    await client.settled(base, id)
    documents.push(id)
  }
  await client.settled(words, (await client.put(words, 'a.txt', TEXTS[0] ?? '')).id)
})
afterAll(async () => {
  await knowledge.tearDown()
  await model.close()
})

const create = (of: string, body: object, more: object = {}) =>
  client.call('POST', `/${of}/evaluations`, { body, ...more })
const get = async (of: string, id: string) =>
  (await client.call('GET', `/${of}/evaluations/${id}`)).json()
const ended = (of: string, id: string) =>
  eventually(
    async () => {
      const evaluation = await get(of, id)
      if (!['done', 'failed'].includes(evaluation.status)) throw new Error(evaluation.status)
      return evaluation
    },
    { timeoutMs: 60_000 },
  )
const evaluated = async (of: string, body: object) => {
  const response = await create(of, body)
  expect(response.statusCode, response.body).toBe(202)
  return ended(of, response.json().id)
}
/** Their words point to the right document, their pieces to no other. */
const fifty = () =>
  Array.from({ length: 51 }, (_, at) => ({
    query: `${TEXTS[at % 3]?.split(' ').slice(0, 2).join(' ')}`,
    relevant: [{ documentId: documents[at % 3] }],
  }))

describe('an evaluation', () => {
  test('says per mode how well labelled questions are answered', async () => {
    const queries = [
      { query: '환불을 신청하려면', relevant: [{ documentId: documents[0], grade: 2 }] },
      { query: '배송이 늦어요', relevant: [{ text: '고객 센터에' }] },
      { query: '환불은 언제', relevant: [{ documentId: documents[2] }] },
    ]

    const done = await evaluated(base, { name: '세 질문', queries })

    expect(done).toMatchObject({
      name: '세 질문',
      status: 'done',
      progress: { done: 3, total: 3 },
      modes: ['keyword', 'vector', 'hybrid'],
    })
    const [keyword, vector] = done.scores
    expect(keyword.ndcg10).toBeCloseTo(2 / 3, 12)
    expect([keyword.low, keyword.high]).toEqual([0, 1])
    expect(vector).toMatchObject({ mode: 'vector', recall100: 1 })
    expect(done.fitted).toBeUndefined()

    const first = await client.call('GET', `/${base}/evaluations/${done.id}/results?limit=2`)
    expect(first.json().data[0]).toMatchObject({
      ...queries[0],
      scores: { keyword: { ndcg10: 1 } },
    })
    const rest = await client.call(
      'GET',
      `/${base}/evaluations/${done.id}/results?limit=2&cursor=${first.json().nextCursor}`,
    )
    expect(rest.json()).toMatchObject({
      data: [{ query: '환불은 언제', scores: { keyword: { ndcg10: 0 } } }],
      nextCursor: null,
    })
  })

  test('searches the documents alone that its filter asks for', async () => {
    const shelf = (
      await client.call('POST', '', { body: { name: 'Filtered', embeddingModel: null } })
    ).json().id
    for (const year of [2025, 2026]) {
      const body = { name: `${year}.txt`, text: `${TEXTS[0]} ${year}`, metadata: { year } }
      const { id } = (await client.call('POST', `/${shelf}/documents`, { body })).json()
      await client.settled(shelf, id)
    }
    const queries = [{ query: '환불 신청', relevant: [{ text: '2026' }] }]
    const recall = async (filter: object) =>
      (await evaluated(shelf, { queries, filter })).scores[0].recall10

    expect(await recall({ key: 'year', is: 2026 })).toBe(1)
    expect(await recall({ not: { key: 'year', is: 2026 } })).toBe(0)
    expect((await create(shelf, { queries, filter: { key: 'year' } })).statusCode).toBe(400)
  })

  test('of fifty questions fits a weight, and gives it to the base when it is asked to', async () => {
    const done = await evaluated(base, { queries: fifty() })

    expect(done.fitted).toEqual({
      vectorWeight: expect.any(Number),
      gain: expect.any(Number),
      low: expect.any(Number),
      high: expect.any(Number),
    })
    const before = await client.call('GET', `/${base}`)
    expect(before.json().vectorWeight).toBe(0.4)
    const apply = (headers: Record<string, string>) =>
      client.call('POST', `/${base}/evaluations/${done.id}/apply`, { headers })
    const lost = await apply({ 'if-match': '"other"' })
    expect([lost.statusCode, lost.json().code]).toEqual([412, 'knowledge-base.changed'])
    const applied = await apply({ 'if-match': String(before.headers.etag) })
    expect(applied.json()).toMatchObject({ id: base, vectorWeight: done.fitted.vectorWeight })
  })

  test('of a base without vectors is by words, and fits nothing', async () => {
    const queries = [{ query: '환불', relevant: [{ text: '이레 안에' }] }]
    const done = await evaluated(words, { queries })

    expect(done.scores).toMatchObject([{ mode: 'keyword', ndcg10: 1, mrr10: 1 }])
    const refused = await client.call('POST', `/${words}/evaluations/${done.id}/apply`)
    expect([refused.statusCode, refused.json().code]).toEqual([409, 'evaluation.nothing-fitted'])
  })

  test('goes on where a process has stopped, and asks nothing twice', async () => {
    let isBroken = true
    let asked = 0
    model.rewriteEmbeddings(({ input }) => {
      asked += input.length
      return isBroken && asked > 3 ? failing(500) : undefined
    })
    const queries = Array.from({ length: 8 }, (_, at) => ({
      query: `서로 다른 질문 ${at}`,
      relevant: [{ documentId: documents[0] }],
    }))
    const { id } = (await create(base, { queries })).json()
    const stuck = await eventually(async () => {
      const evaluation = await get(base, id)
      if (evaluation.progress.done !== 3) throw new Error(String(evaluation.progress.done))
      return evaluation
    })
    expect(['queued', 'running']).toContain(stuck.status)
    await knowledge.stop(app)
    isBroken = false

    app = await knowledge.start('all')
    client = knowledge.client(app)
    await knowledge.pool.query(`UPDATE evaluation SET alive_at = now() - interval '5 minutes'`)
    const done = await ended(base, id)

    expect(done).toMatchObject({ status: 'done', progress: { done: 8, total: 8 } })
    model.rewriteEmbeddings(() => undefined)
  })

  test('409: waits for the one before; one that is deleted is in nobody’s way', async () => {
    await knowledge.stop(app)
    app = await knowledge.start('api')
    client = knowledge.client(app)
    const queries = [{ query: '환불', relevant: [{ documentId: documents[0] }] }]
    const { id } = (await create(base, { queries })).json()

    const second = await create(base, { queries })
    expect([second.statusCode, second.json().code]).toEqual([409, 'evaluation.already-under-way'])

    const gone = await client.call('DELETE', `/${base}/evaluations/${id}`)
    expect(gone.statusCode).toBe(204)
    expect((await client.call('GET', `/${base}/evaluations/${id}`)).statusCode).toBe(404)
    const third = await create(base, { queries })
    await knowledge.start('worker')
    expect((await ended(base, third.json().id)).status).toBe('done')
  })

  test('is made once with one key', async () => {
    const queries = [{ query: '환불', relevant: [{ documentId: documents[0] }] }]
    const first = await create(base, { queries }, { key: 'once' })
    const again = await create(base, { queries }, { key: 'once' })

    expect([first.statusCode, again.body]).toEqual([202, first.body])
    await ended(base, first.json().id)
  })

  test('is in the list of its base, newest first', async () => {
    const { data } = (await client.call('GET', `/${words}/evaluations`)).json()

    expect(data).toHaveLength(1)
    const page = (await client.call('GET', `/${base}/evaluations?limit=1`)).json()
    const next = (
      await client.call('GET', `/${base}/evaluations?limit=1&cursor=${page.nextCursor}`)
    ).json()
    expect(page.data[0].createdAt > next.data[0].createdAt).toBe(true)
  })
})

test('an evaluation tells nothing of a document that not everybody may see', async () => {
  const body = { name: 'Restricted', embeddingModel: null }
  const { id: shelf } = (await client.call('POST', '', { body })).json()
  const secret = { name: 'a.txt', text: '합병 계획은 사월에 발표합니다', access: ['user:usr_ana'] }
  const { id } = (await client.call('POST', `/${shelf}/documents`, { body: secret })).json()
  await client.settled(shelf, id)
  const about = (label: object) => ({ queries: [{ query: '합병 계획 발표', relevant: [label] }] })

  const done = await evaluated(shelf, about({ text: '사월에' }))

  expect(done.scores).toMatchObject([{ mode: 'keyword', recall10: 0, recall100: 0 }])
  const named = await create(shelf, about({ documentId: id }))
  expect(named.json().code).toBe('evaluation.unknown-label')
})

describe('refused is', () => {
  test('400: a label of something that is not there', async () => {
    const absent = `doc_${'0'.repeat(32)}`
    const queries = [
      { query: 'a', relevant: [{ documentId: documents[0] }] },
      { query: 'b', relevant: [{ text: '이레' }, { documentId: absent }] },
      { query: 'c', relevant: [{ chunkId: `chk_${'0'.repeat(32)}` }] },
    ]

    expect((await create(base, { queries })).json()).toMatchObject({
      status: 400,
      code: 'evaluation.unknown-label',
      errors: [
        { pointer: '#/queries/1/relevant/1/documentId' },
        { pointer: '#/queries/2/relevant/0/chunkId' },
      ],
    })
  })

  test.each([
    { queries: [] },
    { queries: [{ query: 'a', relevant: [] }] },
    { queries: [{ query: '', relevant: [{ text: 'ab' }] }] },
    { queries: [{ query: 'a', relevant: [{ text: 'ab', grade: 0 }] }] },
    { queries: [{ query: 'a', relevant: [{ text: 'ab', documentId: `doc_${'0'.repeat(32)}` }] }] },
    { queries: Array(2001).fill({ query: 'a', relevant: [{ text: 'ab' }] }) },
  ])('400: %#', async (body) => {
    expect((await create(base, body)).statusCode).toBe(400)
  })

  test('404: whatever belongs to somebody else', async () => {
    const [evaluation] = (await client.call('GET', `/${words}/evaluations`)).json().data
    const body = { queries: [{ query: 'a', relevant: [{ text: 'ab' }] }] }
    const calls = [
      ['POST', `/${words}/evaluations`, body],
      ['GET', `/${words}/evaluations`],
      ['GET', `/${words}/evaluations/${evaluation.id}`],
      ['GET', `/${words}/evaluations/${evaluation.id}/results`],
      ['POST', `/${words}/evaluations/${evaluation.id}/apply`],
      ['DELETE', `/${words}/evaluations/${evaluation.id}`],
    ] as const

    for (const [method, path, sent] of calls) {
      const answer = await client.call(method, path, {
        tenant: STRANGER,
        ...(sent && { body: sent }),
      })
      expect(answer.statusCode, `${method} ${path}`).toBe(404)
    }
    const elsewhere = await client.call('GET', `/${base}/evaluations/${evaluation.id}`)
    expect(elsewhere.statusCode).toBe(404)
  })
})
