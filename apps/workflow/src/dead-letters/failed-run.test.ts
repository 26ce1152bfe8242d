import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Harness, startHarness } from '../testing/harness.ts'

let harness: Harness
beforeAll(async () => {
  harness = await startHarness()
})
afterAll(() => harness.close())

test('a run that is seen to have failed has left its dead letter already', async () => {
  const error = { code: 'task.gave-up', message: 'No', class: 'interrupted' } as const
  harness.answer = () => ({ status: 'failed', error })
  const workflowId = await harness.publish({
    nodes: [
      { id: 'start', type: 'start' },
      { id: 'ask', type: 'echo', config: { data: {} } },
      { id: 'end', type: 'end', config: { outputs: {} } },
    ],
    edges: [
      { from: 'start', to: 'ask' },
      { from: 'ask', to: 'end' },
    ],
  })
  const url = `/v1/workflows/${workflowId}/runs`
  const body = { mode: 'wait', input: {} }

  const run = await (await harness.call({ method: 'POST', url, body })).json()
  const letters = await (await harness.call({ url: '/v2/dead-letters' })).json()

  expect(run.status).toBe('failed')
  expect(letters.data).toMatchObject([{ runId: run.id, path: 'ask', error: { code: error.code } }])
})
