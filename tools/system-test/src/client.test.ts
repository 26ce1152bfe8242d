import { createClient, DureProblem, readAnswer } from '@dure/client'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type System, startTestSystem, until } from './system.ts'

// Processes are started here, on machines that may be slow.
vi.setConfig({ testTimeout: 120_000 })

let system: System
beforeAll(async () => {
  system = await startTestSystem({ agent: {} })
}, 120_000)
afterAll(() => system?.close())

const graph = {
  nodes: [
    { id: 'start', type: 'start' },
    { id: 'greet', type: 'template', config: { text: '안녕하세요, {{ input.name }} 님' } },
    { id: 'end', type: 'end', config: { outputs: { greeting: '{{ nodes.greet.data.text }}' } } },
  ],
  edges: [
    { from: 'start', to: 'greet' },
    { from: 'greet', to: 'end' },
  ],
}

test('a client that was generated creates, publishes, runs and reads', async () => {
  const client = createClient({ url: system.url, apiKey: system.apiKey })
  const { id: workflowId } = await readAnswer(
    client.POST('/v1/workflows', { body: { name: 'Greeting', graph } }),
  )
  const ofWorkflow = { params: { path: { workflowId } } }
  const { number } = await readAnswer(
    client.POST('/v1/workflows/{workflowId}/versions', ofWorkflow),
  )
  await readAnswer(
    client.POST('/v1/workflows/{workflowId}/versions/{number}/publish', {
      params: { path: { workflowId, number } },
    }),
  )

  const started = await readAnswer(
    client.POST('/v2/runs', {
      params: { header: { 'idempotency-key': 'greeting-1' } },
      body: { ref: workflowId, input: { name: '두레' } },
    }),
  )
  const read = () =>
    readAnswer(client.GET('/v1/runs/{runId}', { params: { path: { runId: started.id } } }))
  await until(async () => (await read()).status === 'completed', 'the run has completed')
  expect((await read()).output).toEqual({ greeting: '안녕하세요, 두레 님' })

  const { data } = await readAnswer(
    client.GET('/v1/runs', { params: { query: { limit: 1, workflowId } } }),
  )
  expect(data.map(({ id }) => id)).toEqual([started.id])
})

test('what is refused says why', async () => {
  const client = createClient({ url: system.url, apiKey: system.apiKey })
  const asked = readAnswer(
    client.GET('/v1/runs/{runId}', { params: { path: { runId: `run_${'0'.repeat(32)}` } } }),
  )
  await expect(asked).rejects.toThrow(DureProblem)
  await expect(asked).rejects.toMatchObject({
    problem: { status: 404, code: 'run.not-found', requestId: expect.any(String) },
  })
  const stranger = createClient({ url: system.url, apiKey: 'none' })
  await expect(readAnswer(stranger.GET('/v1/models'))).rejects.toMatchObject({
    problem: { status: 401 },
  })
})

test('what is not of the API is no problem of it', async () => {
  const client = createClient({ url: `${system.url}/docs`, apiKey: system.apiKey })
  const asked = readAnswer(client.GET('/v1/models', { parseAs: 'text' }))
  await expect(asked).rejects.toThrow()
})
