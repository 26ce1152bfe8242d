import { readFileSync, writeFileSync } from 'node:fs'
import { type ModelServer, startDemoModel } from '@dure/scripted-model'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { eventsOf } from '../event-stream.ts'
import { publishWorkflow, type System, startTestSystem } from '../system.ts'
import { exchangesOf, GREETING } from './exchanges.ts'
import type { Exchange } from './recorder.ts'

// Processes are started here, on machines that may be slow.
vi.setConfig({ testTimeout: 120_000 })

const GOLDEN = new URL('./golden/v1.json', import.meta.url)

let model: ModelServer
let system: System
beforeAll(async () => {
  model = await startDemoModel()
  system = await startTestSystem({
    agent: { MODEL_BASE_URL: model.baseUrl, MODEL_API_KEY: 'none', MODEL_DEFAULT: 'demo' },
  })
}, 120_000)
afterAll(async () => {
  await system?.close()
  await model?.close()
})

/**
 * Clients of v1 rely on what it answered when it was released: what was recorded stays as it is, and
 * there may be more of it. `RECORD=v1` writes down what is answered now.
 */
test('v1 answers as it was recorded', async () => {
  const now = await exchangesOf(system)
  if (process.env.RECORD === 'v1') writeFileSync(GOLDEN, `${JSON.stringify(now, null, 2)}\n`)
  const recorded = JSON.parse(readFileSync(GOLDEN, 'utf8')) as Exchange[]
  expect(now.map(({ request }) => request)).toEqual(recorded.map(({ request }) => request))
  for (const [at, exchange] of recorded.entries()) {
    expect(now[at], exchange.request).toMatchObject(exchange)
  }
})

/** What has moved answers as it did where it was, and as well where it is now. */
test('the events of a run that has ended are the same on v1, which says what comes after, and on v2', async () => {
  const workflowId = await publishWorkflow(system, GREETING)
  const { body: run } = await system.call<{ id: string }>(
    'POST',
    `/v1/workflows/${workflowId}/runs`,
    { input: { name: 'Dure' }, mode: 'wait' },
  )
  const [v1, v2] = await Promise.all(['v1', 'v2'].map((version) => follow(version, run.id)))

  expect(v1?.events.length).toBeGreaterThan(3)
  expect(v1?.events.at(-1)?.event).toBe('run.completed')
  expect(v2?.events).toEqual(v1?.events)
  expect(v1?.headers).toEqual({
    'content-type': 'text/event-stream; charset=utf-8',
    deprecation: `@${Date.UTC(2026, 10, 27) / 1000}`,
    sunset: 'Mon, 31 Jan 2028 00:00:00 GMT',
    link: expect.stringContaining(`</v2/runs/${run.id}/events>; rel="successor-version"`),
  })
  expect(v2?.headers).toEqual({
    ...v1?.headers,
    ...{ deprecation: null, sunset: null, link: null },
  })

  // Who has read as far as here on the one goes on there on the other.
  const at = v1?.events[1]?.id ?? ''
  const [rest1, rest2] = await Promise.all(
    ['v1', 'v2'].map((version) => follow(version, run.id, at)),
  )
  expect(rest1?.events).toEqual(v1?.events.slice(2))
  expect(rest2?.events).toEqual(rest1?.events)
})

async function follow(version: string, runId: string, lastEventId?: string) {
  const response = await fetch(`${system.url}/${version}/runs/${runId}/events`, {
    headers: {
      authorization: `Bearer ${system.apiKey}`,
      ...(lastEventId && { 'last-event-id': lastEventId }),
    },
    signal: AbortSignal.timeout(60_000),
  })
  expect(response.status).toBe(200)
  const names = ['content-type', 'deprecation', 'sunset', 'link']
  const headers = Object.fromEntries(names.map((name) => [name, response.headers.get(name)]))
  return { headers, events: await eventsOf(response) }
}
