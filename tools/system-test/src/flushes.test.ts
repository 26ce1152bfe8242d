import { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publishWorkflow, type System, startTestSystem } from './system.ts'

let system: System
let redis: Redis
beforeAll(async () => {
  system = await startTestSystem({ agent: {} })
  redis = new Redis(system.redisUrl)
})
afterAll(async () => {
  redis?.disconnect()
  await system?.close()
})

const RUNS = 160
const AT_ONCE = 16
const WIDTH = 20

const tasks = Array.from({ length: WIDTH }, (_, index) => ({
  id: `task${index}`,
  type: 'echo',
  config: { data: { index } },
}))
const graph = {
  nodes: [
    { id: 'start', type: 'start', config: {} },
    { id: 'fork', type: 'parallel', config: {} },
    ...tasks,
    { id: 'all', type: 'join', config: { mode: 'all' } },
    { id: 'end', type: 'end', config: { outputs: { n: '{{ size(nodes.all.data.results) }}' } } },
  ],
  edges: [
    { from: 'start', to: 'fork' },
    ...tasks.flatMap(({ id }) => [
      { from: 'fork', to: id },
      { from: id, to: 'all' },
    ]),
    { from: 'all', to: 'end' },
  ],
}

test('runs end, each with all its results, although Redis forgets everything again and again', async () => {
  const workflowId = await publishWorkflow(system, graph)
  const body = { mode: 'wait', waitMs: 50_000 }
  let left = RUNS
  const outputs: unknown[] = []
  const caller = async () => {
    for (; left > 0; ) {
      left -= 1
      // In the middle of others, and of this one.
      if (left % AT_ONCE === 0) await redis.flushall()
      const path = `/v1/workflows/${workflowId}/runs`
      const answer = await system.call<{ status: string; output: unknown }>('POST', path, body)
      outputs.push({ status: answer.body.status, output: answer.body.output })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, caller))
  const ended = { status: 'completed', output: { n: WIDTH } }
  expect(outputs).toEqual(Array.from({ length: RUNS }, () => ended))
}, 120_000)
