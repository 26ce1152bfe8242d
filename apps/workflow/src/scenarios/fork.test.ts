import { eventually } from '@dure/platform/testing'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Harness, startHarness, succeeded } from '../testing/harness.ts'
import { inARow } from './testing/graphs.ts'

let harness: Harness
beforeAll(async () => {
  harness = await startHarness()
})
afterAll(() => harness?.close())
beforeEach(() => {
  harness.deliveries.clear()
  // Node n costs n cents, and says what it was asked.
  harness.answer = ({ nodeId }, { prompt = '' }) =>
    succeeded({ text: `<${prompt}>` }, Number(nodeId.slice(1)) * 10_000)
})

const llm = (n: number, prompt: string) => ({ id: `n${n}`, type: 'llm', config: { prompt } })
const graph = inARow(
  [
    llm(1, 'one'),
    llm(2, '{{ nodes.n1.data.text }}'),
    llm(3, '{{ nodes.n2.data.text }}'),
    llm(4, '{{ input.tone }} {{ nodes.n3.data.text }}'),
    llm(5, '{{ nodes.n4.data.text }}'),
  ],
  { text: '{{ nodes.n5.data.text }}' },
)

const post = (url: string, body: unknown, headers = {}) =>
  harness.call({ method: 'POST', url, body, headers })
const completed = (id: string) =>
  eventually(async () => {
    const run = (await (await harness.call({ url: `/v1/runs/${id}` })).json()) as unknown as Run
    expect(run.status).toBe('completed')
    return run
  })

interface Run {
  readonly id: string
  readonly status: string
  readonly output: unknown
  readonly costMicroUsd: number
}

interface Checkpoint {
  readonly version: number
  readonly events: readonly { readonly type: string; readonly path: string | null }[]
}

/** Where node 4 has not been executed, and all before it has. */
async function checkpointBeforeNode4(id: string): Promise<number> {
  const page = await (await harness.call({ url: `/v1/runs/${id}/checkpoints?limit=100` })).json()
  const found = (page.data as unknown as Checkpoint[]).find(({ events }) =>
    events.some(({ type, path }) => type === 'node.completed' && path === 'n3'),
  )
  if (!found) throw new Error('No checkpoint after node 3')
  return found.version
}

test('14: a fork of a finished run at node 4 with another input costs what is executed again', async () => {
  const workflowId = await harness.publish(graph)
  const input = { tone: 'dry' }
  const started = await post(`/v1/workflows/${workflowId}/runs`, { input, mode: 'wait' })
  const original = (await started.json()) as unknown as Run
  expect(original).toMatchObject({
    status: 'completed',
    output: { text: '<<dry <<<one>>>>>' },
    costMicroUsd: 150_000,
  })

  const fromCheckpoint = await checkpointBeforeNode4(original.id)
  const order = { fromCheckpoint, patch: { input: { tone: 'warm' } } }
  const url = `/v2/runs/${original.id}:fork`
  const headers = { 'idempotency-key': 'fork-1' }
  const made = await Promise.all([post(url, order, headers), post(url, order, headers)])
  expect(made.map(({ status }) => status)).toEqual([201, 201])
  const [one, same] = await Promise.all(made.map(async (response) => (await response.json()).id))
  expect(same).toBe(one)

  const fork = await completed(one ?? '')
  expect(fork).toMatchObject({ output: { text: '<<warm <<<one>>>>>' }, costMicroUsd: 90_000 })
  expect([...harness.deliveries]).toEqual([
    ...['n1', 'n2', 'n3'].map((id) => [id, 1]),
    ...['n4', 'n5'].map((id) => [id, 2]),
  ])
  expect(await completed(original.id)).toMatchObject({
    output: original.output,
    costMicroUsd: original.costMicroUsd,
  })
})

test('14: a fork from a checkpoint that there is not, or of a node not yet reached, is refused', async () => {
  const workflowId = await harness.publish(graph)
  const body = { input: { tone: 'dry' }, mode: 'wait' }
  const { id } = await (await post(`/v1/workflows/${workflowId}/runs`, body)).json()
  const fromCheckpoint = await checkpointBeforeNode4(id)
  const refusal = async (order: object) => {
    const answer = await post(`/v2/runs/${id}:fork`, order)
    return [answer.status, (await answer.json()).code]
  }
  expect(await refusal({ fromCheckpoint: 9999 })).toEqual([400, 'fork.no-such-checkpoint'])
  expect(await refusal({ fromCheckpoint, patch: { nodes: { n4: {} } } })).toEqual([
    400,
    'fork.node-not-completed',
  ])
})
