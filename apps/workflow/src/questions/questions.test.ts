import { randomUUID } from 'node:crypto'
import {
  type AdviceAnswer,
  outgoing,
  type WorkAnswer,
  type WorkQuestion,
  workAnswerQueue,
  workQuestionQueue,
} from '@dure/contracts'
import type { Consumer } from '@dure/platform/queues'
import { eventually, testTenant } from '@dure/platform/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Harness, startHarness } from '../testing/harness.ts'

const TENANT = testTenant()
const WITH_INPUT = {
  nodes: [
    { id: 'start', type: 'start', config: {} },
    { id: 'is_big', type: 'condition', config: { when: 'input.amount' } },
    { id: 'end', type: 'end', config: { outputs: {} } },
  ],
  edges: [
    { from: 'start', to: 'is_big' },
    { from: 'is_big', port: 'true', to: 'end' },
    { from: 'is_big', port: 'false', to: 'end' },
  ],
}

let harness: Harness
let consumer: Consumer
const answers: WorkAnswer[] = []
const advised: AdviceAnswer[] = []
let refunds: string
let failed: string
beforeAll(async () => {
  harness = await startHarness()
  const take = async (answer: WorkAnswer) => void answers.push(answer)
  const takeAdvice = async (answer: AdviceAnswer) => void advised.push(answer)
  const handlers = { 'work.found': take, 'work.advised': takeAdvice }
  consumer = harness.queues.consume(workAnswerQueue, handlers, { concurrency: 1 })
  consumer.start()
  refunds = await harness.publish(WITH_INPUT, '환불 승인 <b>')
  await harness.publish(WITH_INPUT, 'Newsletter')
  failed = await run(refunds, 'of a secret')
})
afterAll(async () => {
  await consumer?.close()
  await harness?.close()
})

/** Not a boolean: it fails. */
async function run(workflowId: string, amount: unknown): Promise<string> {
  const url = `/v1/workflows/${workflowId}/runs`
  const { id } = await (
    await harness.call({ method: 'POST', url, body: { input: { amount } } })
  ).json()
  await eventually(async () => {
    expect((await (await harness.call({ url: `/v1/runs/${id}` })).json()).status).not.toBe(
      'running',
    )
  })
  return id
}

async function ask(question: Partial<WorkQuestion>): Promise<WorkAnswer> {
  const questionId = randomUUID()
  const whole: WorkQuestion = {
    ...{ questionId, tenant: TENANT, kinds: ['workflow', 'run'], words: [], workflowIds: [] },
    ...{ runIds: [], statuses: [], ...question },
  }
  await harness.queues.send(outgoing(workQuestionQueue, 'work.find', whole))
  return eventually(() => {
    const answer = answers.find((one) => one.questionId === questionId)
    if (!answer) throw new Error('no answer yet')
    return answer
  })
}

test('a word finds workflows by their names, and their runs with the node that failed', async () => {
  const { workflows, runs } = await ask({ words: ['환불'], statuses: ['failed'] })

  expect(workflows).toMatchObject([
    {
      id: refunds,
      publishedVersion: 1,
      steps: ['start (start)', 'is_big (condition)', 'end (end)'],
    },
  ])
  expect(runs).toMatchObject([
    {
      ...{ id: failed, workflowName: '환불 승인 <b>', status: 'failed' },
      error: { code: 'condition.not-boolean', nodeId: 'is_big' },
    },
  ])
})

test('no word finds the newest, and an id what it names', async () => {
  expect((await ask({})).workflows).toHaveLength(2)
  const { workflows, runs } = await ask({ words: ['xyzzy'], runIds: [failed as never] })
  expect([workflows.length, runs.map(({ id }) => id)]).toEqual([0, [failed]])
})

test('nothing is told that was not asked for, or is of another project', async () => {
  expect(await ask({ kinds: [] })).toMatchObject({ workflows: [], runs: [] })
  const named = { workflowIds: [refunds as never], runIds: [failed as never] }
  expect(await ask({ ...named, tenant: testTenant('2') })).toMatchObject({
    workflows: [],
    runs: [],
  })
})

test('what a word holds is never read as a pattern or as SQL', async () => {
  for (const word of ['%', '_____', "'; DROP TABLE run; --", '\\']) {
    expect((await ask({ words: [word] })).workflows).toEqual([])
  }
})

async function advise(of: { readonly workflowId?: string; readonly tenant?: typeof TENANT }) {
  const { workflowId = refunds, tenant = TENANT } = of
  const questionId = randomUUID()
  const question = { questionId, tenant, workflowId: workflowId as never, runs: 10 }
  await harness.queues.send(outgoing(workQuestionQueue, 'work.advise', question))
  return eventually(() => {
    const answer = advised.find((one) => one.questionId === questionId)
    if (!answer) throw new Error('no answer yet')
    return answer
  })
}

test('the optimizer is asked for what it has to say, and refuses what is not there or foreign', async () => {
  const { given } = await advise({})
  expect(given).toMatchObject({ version: 1, runs: { read: 1 }, draft: { nodes: [{}, {}, {}] } })
  expect(given?.nodes.map(({ nodeId }) => nodeId)).toContain('is_big')
  // Never what a run was given.
  expect(JSON.stringify(given)).not.toContain('of a secret')

  const missing = { kind: 'not-found', code: 'workflow.not-found' }
  const nobodys = { workflowId: `wf_${'0'.repeat(32)}` }
  expect((await advise(nobodys)).refused).toMatchObject(missing)
  expect((await advise({ tenant: testTenant('2') })).refused).toMatchObject(missing)
})
