import {
  type EmbeddingRequest,
  estimateTokens,
  held,
  type Reply,
  type ScriptedModel,
  startScriptedModel,
  text,
  toolCalls,
} from '@dure/scripted-model'
import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { inARow } from './graphs.ts'
import { type OtlpReceiver, startOtlpReceiver } from './otlp-receiver.ts'
import {
  createKnowledgeBase,
  publishWorkflow,
  type System,
  startTestSystem,
  until,
} from './system.ts'

// Processes are started here, on machines that may be slow.
vi.setConfig({ testTimeout: 120_000 })

interface Entry {
  readonly kind: string
  readonly runId: string | null
  readonly agentId: string | null
  readonly keyId: string | null
  readonly model: string | null
}
interface Document {
  readonly id: string
  readonly status: string
  readonly chunkCount: number
  readonly vectorCount: number
  readonly embeddingError?: { readonly code: string }
}
interface Found {
  readonly chunks: readonly unknown[]
  readonly degradedReason?: string
  readonly code?: string
}

const MODEL = 'embedder'
const RERANKER = 'rerank-v3.5'
/** As the agent service knows it. */
const RERANK_MICRO_USD = 2000

let model: ScriptedModel
let receiver: OtlpReceiver
let system: System
let agentBooks: pg.Client
let budget: string
let base: string
/** What the provider has counted, as its bill would say. */
let billed = 0
/** Of calls that died: booked in full. */
let lost = 0
let reply: Reply | undefined

beforeAll(async () => {
  model = await startScriptedModel()
  model.rewriteEmbeddings((request) => {
    if (reply) return reply
    billed += tokensOf(request)
    return undefined
  })
  model.rewriteReranking(() => {
    billed += RERANK_MICRO_USD
    return undefined
  })
  receiver = await startOtlpReceiver()
  system = await startTestSystem({
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url },
    agent: { MODEL_BASE_URL: model.baseUrl, MODEL_DEFAULT: 'scripted' },
    own: {
      knowledge: {
        ...{ EMBEDDING_BASE_URL: model.baseUrl, EMBEDDING_MODEL: MODEL },
        // A token is a micro-dollar.
        EMBEDDING_MICRO_USD: '1000000',
        ...{ RERANK_BASE_URL: model.baseUrl, RERANK_MODEL: RERANKER },
      },
    },
  })
  agentBooks = new pg.Client({ connectionString: system.databaseUrls.agent })
  await agentBooks.connect()
  const made = await system.call<{ id: string }>('POST', '/v2/budgets', {
    ...{ scope: 'project', limitMicroUsd: 10_000_000 },
  })
  budget = made.body.id
  base = await createKnowledgeBase(system, '# 환불\n\n결제한 뒤 7일 안에 환불을 받습니다.')
}, 120_000)
afterAll(async () => {
  await agentBooks?.end()
  await system?.close()
  await model?.close()
  await receiver?.close()
})

const tokensOf = ({ input }: EmbeddingRequest) =>
  input.reduce((sum, each) => sum + estimateTokens(each), 0)

const search = (query: string, more: object = {}) =>
  system.call<Found>('POST', `/v1/knowledge-bases/${base}/search`, {
    ...{ query, rerank: false, ...more },
  })

async function balance() {
  const { body } = await system.call<{ current: Record<string, number> }>(
    'GET',
    `/v2/budgets/${budget}`,
  )
  const { reservedMicroUsd: reserved = 0, spentMicroUsd: spent = 0 } = body.current
  return { reserved, spent }
}

/** The books say what the provider says, to the micro-dollar. */
async function expectExact(more = 0): Promise<void> {
  const all = billed + more
  await until(async () => {
    const { reserved, spent } = await balance()
    return reserved === 0 && spent === all
  }, `the ledger has ${all} as spent`)
  expect((await agentBooks.query('SELECT * FROM ledger_faults()')).rows).toEqual([])
}

async function setLimit(limitMicroUsd: number): Promise<void> {
  const { status } = await system.call('PATCH', `/v2/budgets/${budget}`, { limitMicroUsd })
  expect(status).toBe(200)
}

async function put(name: string, content: string): Promise<Document> {
  const documents = `/v1/knowledge-bases/${base}/documents`
  const { body: made } = await system.call<Document>('POST', documents, { name, text: content })
  let document = made
  await until(async () => {
    const { body } = await system.call<Document>('GET', `${documents}/${made.id}`)
    document = body
    return body.status === 'ready'
  }, `${name} is ready`)
  return document
}

const entries = async () =>
  (await system.call<{ data: Entry[] }>('GET', `/v2/budgets/${budget}/ledger?limit=100`)).body.data

test('documents, searches, runs and agents pay for vectors exactly what the provider counts, each by its payer', async () => {
  await expectExact()
  const documents = (await entries()).filter(({ model: name }) => name === MODEL)
  expect(documents.length).toBeGreaterThan(0)
  expect(documents.every(({ runId, keyId }) => runId === null && keyId === null)).toBe(true)

  await search('환불은 언제까지 되나요?', { rerank: true })
  await expectExact()
  const [ofKey] = await entries()
  expect(ofKey).toMatchObject({ runId: null, keyId: expect.stringMatching(/^key_/) })

  const find = {
    ...{ id: 'find', type: 'retrieve' },
    config: { knowledgeBaseIds: [base], query: '{{ input.question }}', rerank: false },
  }
  const workflow = await publishWorkflow(system, inARow([find]))
  const path = `/v1/workflows/${workflow}/runs`
  const body = { mode: 'wait', input: { question: '환불 절차를 알려 주세요' } }
  const before = billed
  const run = await system.call<{ id: string; costMicroUsd: number }>('POST', path, body)
  await expectExact()
  expect(run.body.costMicroUsd).toBe(billed - before)
  expect((await entries())[0]).toMatchObject({ kind: 'settle', runId: run.body.id, model: MODEL })
})

test('what each of them cost is in its span', async () => {
  const calls = () => receiver.spans.filter(({ name }) => /^(?:embeddings|rerank) /.test(name))
  await until(() => {
    const costs = calls().map(({ attributes }) => Number(attributes['dure.cost_micro_usd']))
    return costs.reduce((sum, cost) => sum + cost, 0) === billed
  }, `spans say ${billed}`)
  const of = (span: string) => calls().find(({ name }) => name === span)?.attributes
  expect(of(`embeddings ${MODEL}`)).toMatchObject({
    ...{ 'gen_ai.operation.name': 'embeddings', 'gen_ai.provider.name': 'openai' },
    ...{ 'gen_ai.request.model': MODEL, 'gen_ai.usage.input_tokens': expect.anything() },
  })
  expect(of(`rerank ${RERANKER}`)).toMatchObject({
    ...{ 'gen_ai.operation.name': 'rerank', 'gen_ai.provider.name': 'cohere' },
  })
})

test('an agent that searches pays by its execution', async () => {
  const call = toolCalls({ name: 'knowledge_search', arguments: { query: '며칠 안에 환불되나' } })
  model.rewrite([call, text('이레 안에 [1]')])
  const made = await system.call<{ id: string }>('POST', '/v1/agents', {
    ...{ name: 'searcher', definition: { instructions: 'Search.', knowledgeBaseIds: [base] } },
  })
  const path = `/v1/agents/${made.body.id}/versions`
  await system.call('POST', path)
  await system.call('POST', `${path}/1/publish`)
  const before = billed
  const started = await system.call<{ id: string }>('POST', `/v1/agents/${made.body.id}/runs`, {
    input: 'How long?',
  })
  await until(() => billed > before, 'a vector was asked for')
  await until(async () => {
    const { body } = await system.call<{ status: string }>(
      'GET',
      `/v1/agent-runs/${started.body.id}`,
    )
    return body.status === 'succeeded'
  }, 'the agent has answered')
  const mine = (await entries()).filter(({ model: name, runId }) => {
    return name === MODEL && runId === started.body.id
  })
  expect(mine[0]).toMatchObject({ agentId: made.body.id, keyId: expect.stringMatching(/^key_/) })
})

test('when the budget is used up, vectors are not asked for, and all else goes on; raised, they are again', async () => {
  const { spent } = await balance()
  await setLimit(spent)
  const before = billed

  const refused = await search('환불 거절', { mode: 'vector' })
  expect([refused.status, refused.body.code]).toEqual([429, 'budget.exceeded'])
  const { body: byWords } = await search('환불 받습니다')
  expect(byWords).toMatchObject({ degraded: true, degradedReason: 'budget.exceeded' })
  expect(byWords.chunks).toHaveLength(1)
  const poor = await put('delivery.txt', '배송은 사흘 걸립니다')
  expect(poor).toMatchObject({ vectorCount: 0, embeddingError: { code: 'budget.exceeded' } })
  expect((await search('배송', { mode: 'keyword' })).body.chunks).toHaveLength(1)
  expect(billed).toBe(before)

  await setLimit(10_000_000)
  expect((await search('환불 거절', { mode: 'vector' })).status).toBe(200)
  const rich = await put('delivery.txt', '배송은 사흘 걸립니다')
  expect([rich.vectorCount, rich.embeddingError]).toEqual([rich.chunkCount, undefined])
  expect(billed).toBeGreaterThan(before)
})

test('what a process that died had reserved is booked in full when its time is over', async () => {
  let idle = await balance()
  await until(async () => {
    idle = await balance()
    return idle.reserved === 0
  }, 'nothing is reserved')
  const slow = held(text('late'))
  reply = slow
  const asked = search('아무도 답을 못 듣는 질문').catch(() => undefined)
  await until(async () => (await balance()).reserved > 0, 'the call is reserved for')
  await system.end('knowledge', 'SIGKILL')
  slow.release()
  reply = undefined
  await asked
  const { reserved } = await balance()
  expect(reserved).toBeGreaterThan(0)
  lost += reserved

  await agentBooks.query(`UPDATE reservation SET deadline = now() WHERE state = 'reserved'`)
  await until(async () => (await balance()).spent === idle.spent + reserved, 'all of it is booked')
  expect((await balance()).reserved).toBe(0)
  expect((await agentBooks.query('SELECT * FROM ledger_faults()')).rows).toEqual([])
  await system.start('knowledge')
})

test('without the agent service nothing is asked for unpaid; then it goes on', async () => {
  await system.end('agent', 'SIGKILL')
  const before = billed
  const { body } = await search('환불 받습니다 지금')
  expect(body).toMatchObject({ degradedReason: 'budget.unavailable' })
  expect(billed).toBe(before)

  await system.start('agent')
  await until(async () => {
    const again = await search(`환불 받습니다 ${performance.now()}`)
    return again.body.degradedReason === undefined
  }, 'vectors are asked for again')
})

test('what they cost is in the costs of their model, as the ledger has it', async () => {
  interface Costs {
    readonly data: readonly { readonly key: string; readonly costMicroUsd: number }[]
  }
  await until(async () => {
    const { body } = await system.call<Costs>('GET', '/v1/costs?groupBy=model')
    const costs = body.data.filter(({ key }) => [MODEL, RERANKER].includes(key))
    return costs.reduce((sum, { costMicroUsd }) => sum + costMicroUsd, 0) === billed + lost
  }, `${billed} are seen as costs, and ${lost} that nobody settled`)
})
