import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { text, toolCalls } from '@dure/scripted-model'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { type AgentUnderTest, startAgent } from '../tasks/testing/agent.ts'
import { agentRuns } from './testing/agent-runs.ts'

const STEPS = 10
/** One process for each event of the execution: a busy machine takes seconds for each. */
const TEST_MS = 600_000

let agent: AgentUnderTest
let origin: string
const effects: string[] = []
const server = createServer((request, response) => {
  effects.push(request.url ?? '')
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"counted":true}')
})

beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  origin = `http://${host}`
  agent = await startAgent({ ROLE: 'api', EGRESS_ALLOW: host })
})
afterAll(async () => {
  await agent.close()
  server.closeAllConnections()
  server.close()
})

/** A worker that is killed when it has recorded something. */
function startWorker() {
  const path = (name: string) => fileURLToPath(new URL(name, import.meta.url))
  const args = ['--import', path('./testing/die-at-boundary.ts'), path('../main.ts')]
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...agent.env, ROLE: 'worker', PORT: '0', HOST: '127.0.0.1' },
    stdio: 'ignore',
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  return child
}

test('an execution whose process is killed after each of its steps calls every model and tool once', {
  timeout: TEST_MS,
}, async () => {
  const runs = agentRuns(agent)
  const id = await runs.published({
    tools: [{ tool: 'http_request', config: { hosts: [origin] } }],
  })
  agent.model.rewrite(({ messages }) => {
    const results = messages.filter(({ role }) => role === 'tool').length
    const next = { method: 'GET', url: `${origin}/effects/${results + 1}` }
    return results === STEPS
      ? text(`${results} effects`)
      : toolCalls({ name: 'http_request', arguments: next })
  })
  const { id: runId } = (await runs.start(id)).json()

  let deaths = 0
  let run = await runs.get(runId)
  while (run.status === 'queued' || run.status === 'running') {
    const [, signal] = await once(startWorker(), 'exit')
    expect(signal).toBe('SIGKILL')
    deaths += 1
    run = await runs.get(runId)
  }

  expect(run).toMatchObject({ status: 'succeeded', output: `${STEPS} effects`, steps: STEPS + 1 })
  // Each answer of the model, each result of a tool, and the end.
  expect(deaths).toBe(STEPS + 1 + STEPS + 1)
  expect(agent.model.calls).toHaveLength(STEPS + 1)
  expect(effects).toEqual(Array.from({ length: STEPS }, (_, index) => `/effects/${index + 1}`))
})
