import {
  agentToolAnswersQueue,
  type ExecutionId,
  type KnowledgeBaseId,
  knowledgeQueue,
  outgoing,
  type SearchResult,
  type TaskOutcome,
  type TaskRef,
  type ToolAnswer,
  workflowQueue,
} from '@dure/contracts'
import { LimitExceededError, NotFoundError } from '@dure/kernel'
import type { Consumer } from '@dure/platform/queues'
import { eventually, silentLog } from '@dure/platform/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { STRANGER, setUpKnowledge } from '../testing.ts'
import { fittingResult } from './search.ts'
import { searchHandlers } from './worker.ts'

let knowledge: Awaited<ReturnType<typeof setUpKnowledge>>
let workflow: Consumer
let agents: Consumer
let base: KnowledgeBaseId
const answered = new Map<string, ToolAnswer[]>()
const finished = new Map<string, TaskOutcome[]>()

beforeAll(async () => {
  knowledge = await setUpKnowledge()
  const client = knowledge.client(await knowledge.start('all'))
  base = (await client.createBase()) as KnowledgeBaseId
  const { id } = await client.put(base, '휴가.md', '# 휴가\n연차는 사흘 전에 신청합니다.')
  await client.settled(base, id)
  workflow = knowledge.queues.consume(
    workflowQueue,
    {
      'task.finish': async ({ task, outcome }) => {
        finished.set(task.taskKey, [...(finished.get(task.taskKey) ?? []), outcome])
      },
      'events.resend': async () => {},
    },
    { concurrency: 1 },
  )
  workflow.start()
  const take = {
    'tool.answered': async ({ callKey, result }: { callKey: string; result: ToolAnswer }) => {
      answered.set(callKey, [...(answered.get(callKey) ?? []), result])
    },
  }
  agents = knowledge.queues.consume(agentToolAnswersQueue, take, { concurrency: 1 })
  agents.start()
})
afterAll(async () => {
  await Promise.all([workflow.close(), agents.close()])
  await knowledge.tearDown()
})

let tasks = 0
function task(changes: Partial<TaskRef> = {}): TaskRef {
  const runId = `run_${String(++tasks).padStart(32, '0')}`
  return {
    taskKey: `${runId}/find`,
    runId,
    nodeId: 'find',
    attempt: 1,
    tenant: knowledge.tenant,
    workflowId: `wf_${'1'.repeat(32)}`,
    timeoutMs: 10_000,
    ...changes,
  } as TaskRef
}

const input = () => ({ knowledgeBaseIds: [base], query: '연차 신청', topK: 3, minScore: 0 })

const outcomeOf = (ref: TaskRef) =>
  eventually(() => {
    const [outcome] = finished.get(ref.taskKey) ?? []
    if (!outcome) throw new Error('not finished')
    return outcome
  })

describe('task.search', () => {
  test('answers the workflow with the passages', async () => {
    const ref = task()

    await knowledge.queues.send(
      outgoing(knowledgeQueue, 'task.search', { task: ref, input: input() }),
    )

    const outcome = await outcomeOf(ref)
    expect(outcome.status).toBe('succeeded')
    const { chunks, context } = (outcome as { output: SearchResult }).output
    expect(chunks.map(({ documentName }) => documentName)).toEqual(['휴가.md'])
    expect(context).toBe('[1] 휴가.md > 휴가\n연차는 사흘 전에 신청합니다.')
  })

  test('answers that a knowledge base of somebody else does not exist', async () => {
    const ref = task({ tenant: STRANGER })

    await knowledge.queues.send(
      outgoing(knowledgeQueue, 'task.search', { task: ref, input: input() }),
    )

    expect(await outcomeOf(ref)).toEqual({
      status: 'failed',
      error: {
        code: 'knowledge-base.not-found',
        message: expect.any(String),
        class: 'rejected',
      },
    })
  })

  test('refuses all of a list of knowledge bases that holds one of somebody else', async () => {
    const ref = task()
    const foreign = `kb_${'9'.repeat(32)}` as KnowledgeBaseId
    const both = { ...input(), knowledgeBaseIds: [base, foreign] }

    await knowledge.queues.send(outgoing(knowledgeQueue, 'task.search', { task: ref, input: both }))

    expect(await outcomeOf(ref)).toMatchObject({ status: 'failed' })
  })
})

describe('agent-tool.search', () => {
  const ask = async (tenant = knowledge.tenant, step = 1) => {
    const executionId = `exe_${String(++tasks).padStart(32, '0')}` as ExecutionId
    const callKey = `${executionId}/${step}/0`
    const message = outgoing(knowledgeQueue, 'agent-tool.search', {
      ...{ tenant, executionId, callKey, input: input(), timeoutMs: 10_000 },
    })
    await knowledge.queues.send(message)
    return { callKey, again: () => knowledge.queues.send(message) }
  }
  const answersTo = (callKey: string, times = 1) =>
    eventually(() => {
      const answers = answered.get(callKey) ?? []
      if (answers.length < times) throw new Error('not answered')
      return answers
    })

  test('answers the agent with what its model reads, as often as it comes', async () => {
    const { callKey, again } = await ask()

    const [answer] = await answersTo(callKey)
    expect(answer).toEqual({
      status: 'succeeded',
      output: {
        context: '[1] 휴가.md > 휴가\n연차는 사흘 전에 신청합니다.',
        citations: [expect.objectContaining({ number: 1, documentName: '휴가.md' })],
      },
    })
    await eventually(async () => {
      await again()
      await answersTo(callKey, 2)
    })
  })

  test('tells an agent of somebody else that there is no such knowledge base', async () => {
    const { callKey } = await ask(STRANGER)

    expect(await answersTo(callKey)).toMatchObject([
      { status: 'failed', error: { code: 'knowledge-base.not-found', class: 'rejected' } },
    ])
  })
})

describe('a search that cannot be executed', () => {
  const context = { log: silentLog(), signal: AbortSignal.timeout(10_000) }
  const handlersThatThrow = (error: Error) => {
    const sent: unknown[] = []
    const handlers = searchHandlers({
      search: { search: () => Promise.reject(error) },
      send: async ({ payload }) => void sent.push(payload),
    })
    return { sent, handle: handlers['task.search'] }
  }

  test('is tried again, and in the end the run is told in words that give nothing away', async () => {
    const { sent, handle } = handlersThatThrow(new Error('connect ECONNREFUSED 10.0.0.7'))
    const payload = { task: task(), input: input() }

    await expect(handle(payload, { ...context, attempt: 1 })).rejects.toThrow()
    await expect(handle(payload, { ...context, attempt: 2 })).rejects.toThrow()
    expect(sent).toEqual([])
    await handle(payload, { ...context, attempt: 3 })

    expect(sent).toEqual([
      {
        task: payload.task,
        outcome: {
          status: 'failed',
          error: {
            code: 'search.unavailable',
            message: expect.not.stringContaining('10.0'),
            class: 'unavailable',
          },
        },
      },
    ])
  })

  test('says for how long the run is asked to wait', async () => {
    const busy = new LimitExceededError('search.busy', 'x', {}, { retryAfterS: 1.5 })
    const { sent, handle } = handlersThatThrow(busy)

    await handle({ task: task(), input: input() }, { ...context, attempt: 3 })

    expect(sent).toMatchObject([
      { outcome: { error: { class: 'rate-limited', retryAfterMs: 1500 } } },
    ])
  })

  test('is not tried again when the answer would be the same', async () => {
    const { sent, handle } = handlersThatThrow(new NotFoundError('knowledge-base.not-found', 'x'))

    await handle({ task: task(), input: input() }, { ...context, attempt: 1 })

    expect(sent).toMatchObject([{ outcome: { error: { code: 'knowledge-base.not-found' } } }])
  })
})

test('a result is cut to what a message may carry, its worst hits first', () => {
  const hit = (name: string) => ({
    chunkId: name,
    knowledgeBaseId: base,
    documentId: `doc_${'1'.repeat(32)}` as never,
    documentName: name,
    headings: [],
    text: '가'.repeat(1000),
    start: 0,
    end: 1000,
    score: 1,
    contributions: {},
  })

  const result = fittingResult([hit('a'), hit('b'), hit('c')], 15_000)

  expect(result.chunks.map(({ chunkId }) => chunkId)).toEqual(['a', 'b'])
  expect(result.citations).toHaveLength(2)
})
