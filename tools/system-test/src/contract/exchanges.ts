import { type System, until } from '../system.ts'
import { agentExchanges } from './agent-exchanges.ts'
import { controlExchanges } from './control-exchanges.ts'
import { knowledgeExchanges } from './knowledge-exchanges.ts'
import { createRecorder, type Exchange, type Made, type Recorder } from './recorder.ts'
import { settingExchanges } from './setting-exchanges.ts'
import { triggerExchanges } from './trigger-exchanges.ts'

export const GREETING = {
  nodes: [
    { id: 'start', type: 'start' },
    { id: 'greet', type: 'template', config: { text: 'Hello {{ input.name }}' } },
    { id: 'end', type: 'end', config: { outputs: { text: '{{ nodes.greet.data.text }}' } } },
  ],
  edges: [
    { from: 'start', to: 'greet' },
    { from: 'greet', to: 'end' },
  ],
}
const WAITING = {
  nodes: [
    { id: 'start', type: 'start' },
    { id: 'wait', type: 'delay', config: { ms: 3_600_000 } },
    { id: 'end', type: 'end', config: { outputs: {} } },
  ],
  edges: [
    { from: 'start', to: 'wait' },
    { from: 'wait', to: 'end' },
  ],
}

/** A walk through what clients of v1 do most, against the services that run. */
export async function exchangesOf(system: System): Promise<readonly Exchange[]> {
  const recorder = createRecorder(system)
  // In this order: what is named by its place would be named otherwise in another.
  const workflowId = await mainExchanges(recorder)
  await settingExchanges(recorder)
  await knowledgeExchanges(recorder)
  await agentExchanges(recorder)
  await triggerExchanges(recorder, workflowId)
  await controlExchanges(recorder, workflowId)
  return recorder.exchanges
}

/** @returns the id of a published workflow that greets */
async function mainExchanges({ system, exchange }: Recorder): Promise<string> {
  const workflow = await exchange('POST', '/v1/workflows', { name: 'Greeting', graph: GREETING })
  const at = `/v1/workflows/${workflow.id}`
  await exchange('GET', at)
  await exchange('GET', '/v1/workflows?limit=1')
  await exchange('PATCH', at, { name: 'Greetings' })
  await exchange('POST', `${at}/versions`)
  await exchange('POST', `${at}/versions/1/publish`)
  await exchange('GET', `${at}/versions`)
  await exchange('POST', `${at}/runs`, { input: { name: 'Dure' }, mode: 'wait' })
  const run = await exchange('POST', `${at}/runs`, { input: { name: 'Dure' }, mode: 'wait' })
  await exchange('GET', `/v1/runs/${run.id}`)
  await exchange('GET', '/v1/runs?limit=1')
  await exchange('GET', `/v1/runs/${run.id}/nodes`)
  await exchange('POST', `/v1/runs/${run.id}/cancel`)

  const waiting = await system.call<Made>('POST', '/v1/workflows', {
    name: 'Waiting',
    graph: WAITING,
  })
  await system.call('POST', `/v1/workflows/${waiting.body.id}/versions`)
  await system.call('POST', `/v1/workflows/${waiting.body.id}/versions/1/publish`)
  const open = await exchange('POST', `/v1/workflows/${waiting.body.id}/runs`, { input: {} })
  await exchange('POST', `/v1/runs/${open.id}/cancel`)
  await until(async () => {
    const { body } = await system.call<{ status: string }>('GET', `/v1/runs/${open.id}`)
    return body.status === 'cancelled'
  }, 'the run is cancelled')
  await exchange('GET', `/v1/runs/${open.id}`)

  await exchange('GET', '/v1/approvals')
  await exchange('GET', '/v1/models')

  const base = await exchange('POST', '/v1/knowledge-bases', { name: 'Help' })
  await exchange('GET', `/v1/knowledge-bases/${base.id}`)
  await exchange('GET', `/v1/knowledge-bases/${base.id}/documents`)
  await exchange('POST', `/v1/knowledge-bases/${base.id}/search`, { query: 'refund' })

  await exchange('GET', '/v1/runs/run_00000000000000000000000000000000')
  await exchange('GET', '/v1/runs/nonsense')
  await exchange('GET', '/v1/runs?limit=0')
  await exchange('POST', '/v1/workflows', { name: 'Greeting', graph: GREETING, extra: true })
  await exchange('POST', '/v1/workflows', { name: '' })
  await exchange('GET', '/v1/nothing')
  return workflow.id
}
