import { readFileSync, writeFileSync } from 'node:fs'
import { type ModelServer, startDemoModel } from '@dure/scripted-model'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type System, startTestSystem } from '../system.ts'
import { type Exchange, exchangesOf } from './exchanges.ts'

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
