import type { AddressInfo } from 'node:net'
import { isDeepStrictEqual } from 'node:util'
import { held, text, toolCalls } from '@dure/scripted-model'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AgentUnderTest, startAgent } from '../tasks/testing/agent.ts'
import { agentRuns } from './testing/agent-runs.ts'

let agent: AgentUnderTest
let runs: ReturnType<typeof agentRuns>
beforeAll(async () => {
  agent = await startAgent()
  runs = agentRuns(agent)
  await agent.app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(() => agent.close())

const sum = (expression: string) => ({ name: 'calculator', arguments: { expression } })
const calculates = { tools: [{ tool: 'calculator' }] }

describe('whoever watches', () => {
  test('hears the words as they come, and resumes after the last event', async () => {
    const id = await runs.published()
    agent.model.rewrite([text('one two three four five six')])
    const stream = await runs.start(id, { mode: 'stream' })
    expect(stream.headers['content-type']).toContain('text/event-stream')
    const names = [...stream.body.matchAll(/^event: (.*)$/gm)].map(([, name]) => name)
    expect(names.filter((name) => name !== 'execution.delta')).toEqual([
      'execution.started',
      'execution.model-answered',
      'execution.ended',
    ])
    const runId = /"executionId":"(exe_[0-9a-f]+)"/.exec(stream.body)?.[1]
    const listed = (await runs.call('GET', '/v1/agent-runs?limit=1')).json().data[0]
    expect(runId ?? listed.id).toBe(listed.id)
    const again = await runs.call('GET', `/v1/agent-runs/${listed.id}/events`, {
      headers: { 'last-event-id': '2' },
    })
    expect([...again.body.matchAll(/^id: (.*)$/gm)].map(([, version]) => version)).toEqual(['3'])
  })

  test('hears what the model thinks, says and asks tools for, each as it comes', async () => {
    const id = await runs.published(calculates)
    const asked = {
      ...toolCalls(sum('1 + 1')),
      reasoning: 'Adding is needed',
      text: 'Let me count',
    }
    const [first, second] = [held(asked), held(text('It is 2'))]
    agent.model.rewrite([first, second])
    const { id: runId } = (await runs.start(id)).json()

    const whole = {
      ...{ reasoning: 'Adding is needed', text: 'Let me count' },
      'tool-input': JSON.stringify(sum('1 + 1').arguments),
    }
    const said = { reasoning: '', text: '', 'tool-input': '' }
    for await (const data of watched(runId)) {
      // Whoever has had the first event misses nothing that comes after it.
      if (data.type === 'execution.started') first.release()
      if (data.type !== 'execution.delta') continue
      expect(data).toMatchObject({ executionId: runId, step: 1 })
      if (data.of === 'tool-input') expect(data).toMatchObject({ name: 'calculator' })
      said[data.of as keyof typeof said] += data.text
      if (isDeepStrictEqual(said, whole)) break
    }
    second.release()

    expect(said).toEqual(whole)
    expect(await runs.until(runId, 'succeeded')).toMatchObject({ output: 'It is 2' })
  })
})

/** What whoever watches an execution is sent, as it comes. */
async function* watched(runId: string): AsyncGenerator<Record<string, unknown>> {
  const { port } = agent.app.server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}/v1/agent-runs/${runId}/events`
  const signal = AbortSignal.timeout(30_000)
  const response = await fetch(url, { headers: await agent.identity.headers('agent'), signal })
  let rest = ''
  for await (const bytes of response.body ?? []) {
    const lines = (rest + Buffer.from(bytes).toString()).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line.startsWith('data: ')) yield JSON.parse(line.slice(6))
  }
}
