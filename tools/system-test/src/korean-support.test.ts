import { openAsBlob } from 'node:fs'
import { join } from 'node:path'
import { type ModelServer, startDemoModel } from '@dure/scripted-model'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { publishWorkflow, type System, startTestSystem, until } from './system.ts'

// Processes are started here, on machines that may be slow.
vi.setConfig({ testTimeout: 120_000 })

interface Citation {
  readonly number: number
  readonly documentName: string
  readonly headings: readonly string[]
  readonly page?: number
}
interface SearchResult {
  readonly chunks: readonly (Omit<Citation, 'number'> & { readonly text: string })[]
}
interface RunView {
  readonly status: string
  readonly output: { readonly answer: string; readonly citations: readonly Citation[] }
}

const FOLDER = join(import.meta.dirname, 'documents')
const REFUNDS = `# 환불 안내
## 신청 기한
상품을 받은 날부터 이레 안에 환불을 신청하시면 전액을 돌려 드립니다.
## Refund methods
Money goes back to the card that you paid with, within three business days.`
const HOURS = '고객 센터는 평일 아침 아홉 시부터 저녁 여섯 시까지 전화를 받습니다.'

let model: ModelServer
let system: System
let base: string
let workflowId: string

beforeAll(async () => {
  model = await startDemoModel()
  system = await startTestSystem({
    agent: { MODEL_BASE_URL: model.baseUrl, MODEL_API_KEY: 'none', MODEL_DEFAULT: 'demo' },
    own: { knowledge: { EMBEDDING_BASE_URL: model.baseUrl, EMBEDDING_MODEL: 'demo' } },
  })
  const created = await system.call<{ id: string }>('POST', '/v1/knowledge-bases', {
    name: '고객 지원',
  })
  base = `/v1/knowledge-bases/${created.body.id}`
  await upload('refunds.md', new Blob([REFUNDS], { type: 'text/markdown' }))
  await upload('hours.txt', new Blob([HOURS], { type: 'text/plain' }))
  await upload('warranty.hwpx', await openAsBlob(join(FOLDER, 'warranty.hwpx')))
  await upload('delivery.pdf', await openAsBlob(join(FOLDER, 'delivery.pdf')))
  workflowId = await publishWorkflow(system, supportGraph(created.body.id))
}, 240_000)
afterAll(async () => {
  await system?.close()
  await model?.close()
})

/** Through the gateway, as a browser sends it; until it can be found. */
async function upload(name: string, file: Blob): Promise<void> {
  const form = new FormData()
  form.append('file', file, name)
  const answer = await fetch(`${system.url}${base}/documents`, {
    method: 'POST',
    headers: { authorization: `Bearer ${system.apiKey}` },
    body: form,
    signal: AbortSignal.timeout(60_000),
  })
  const { id } = (await answer.json()) as { id: string }
  expect(answer.status).toBe(202)
  await until(async () => {
    const { body } = await system.call<{ status: string }>('GET', `${base}/documents/${id}`)
    return body.status === 'ready'
  }, `${name} is ready`)
}

const supportGraph = (knowledgeBaseId: string) => ({
  nodes: [
    { id: 'start', type: 'start', config: {} },
    {
      id: 'find',
      type: 'retrieve',
      config: {
        knowledgeBaseIds: [knowledgeBaseId],
        query: '{{ input.question }}',
        ...{ mode: 'hybrid', topK: 3 },
      },
    },
    {
      id: 'answer',
      type: 'llm',
      config: { prompt: '{{ nodes.find.data.context }}\n\n질문: {{ input.question }}' },
    },
    {
      id: 'end',
      type: 'end',
      config: {
        outputs: {
          answer: '{{ nodes.answer.data.text }}',
          citations: '{{ nodes.find.data.citations }}',
        },
      },
    },
  ],
  edges: [
    { from: 'start', to: 'find' },
    { from: 'find', to: 'answer' },
    { from: 'answer', to: 'end' },
  ],
})

async function ask(question: string): Promise<RunView['output']> {
  const started = await system.call<{ id: string }>('POST', `/v1/workflows/${workflowId}/runs`, {
    input: { question },
  })
  let run: RunView | undefined
  await until(async () => {
    run = (await system.call<RunView>('GET', `/v1/runs/${started.body.id}`)).body
    return run.status === 'completed' || run.status === 'failed'
  }, 'the run has ended')
  expect(run?.status).toBe('completed')
  return (run as RunView).output
}

/** The citation that the answer leans on first. */
function cited({ answer, citations }: RunView['output']): Citation | undefined {
  const number = Number(/\[(\d+)\]/.exec(answer)?.[1])
  return citations.find((citation) => citation.number === number)
}

const QUESTIONS = [
  {
    format: 'Markdown',
    question: '환불을 받고 싶어요',
    quote: '이레 안에 환불을 신청하시면',
    place: { documentName: 'refunds.md', headings: ['환불 안내', '신청 기한'] },
  },
  {
    format: 'plain text',
    question: '고객 센터에 전화하려면 몇 시에 해야 하나요',
    quote: '아침 아홉 시부터',
    place: { documentName: 'hours.txt', headings: [] },
  },
  {
    format: 'HWPX',
    question: '고장이 나면 수리는 무상인가요',
    quote: '두 해 동안 고장을 무상으로 수리해 드립니다',
    place: { documentName: 'warranty.hwpx', headings: ['보증 안내', '보증 기간'] },
  },
  {
    format: 'PDF',
    question: '제주로 보내면 배송비는 얼마인가요',
    quote: '배송비가 삼천 원 더 듭니다',
    place: { documentName: 'delivery.pdf', page: 2 },
  },
  {
    format: 'English',
    question: 'How is my money refunded to the card?',
    quote: 'Money goes back to the card',
    place: { documentName: 'refunds.md', headings: ['환불 안내', 'Refund methods'] },
  },
]

describe('1: a support bot that reads what people have', () => {
  test.each(QUESTIONS)('answers from $format, and cites the place', async (given) => {
    const output = await ask(given.question)

    expect(output.answer).toContain(given.quote)
    expect(cited(output)).toMatchObject(given.place)
  })

  test.each(QUESTIONS)('finds $format first by words alone, and by both', async (given) => {
    for (const mode of ['keyword', 'hybrid']) {
      const { body } = await system.call<SearchResult>('POST', `${base}/search`, {
        query: given.question,
        mode,
      })

      expect(body.chunks[0], mode).toMatchObject(given.place)
      expect(body.chunks[0]?.text).toContain(given.quote)
    }
  })
})
