import type { Recorder } from './recorder.ts'

/** An agent from its draft to a run, and a tool that it might use. */
export async function agentExchanges({ exchange }: Recorder): Promise<void> {
  const definition = { instructions: 'You greet.', tools: [{ tool: 'calculator' }] }
  const agent = await exchange('POST', '/v1/agents', { name: 'greeter', definition })
  const at = `/v1/agents/${agent.id}`
  await exchange('GET', at)
  await exchange('PATCH', at, { description: 'Says hello' })
  await exchange('POST', `${at}/versions`)
  await exchange('POST', `${at}/versions/1/publish`)
  await exchange('GET', `${at}/versions/1`)
  await exchange('PUT', `${at}/aliases/stable`, { version: 1 })
  await exchange('GET', `${at}/aliases`)
  await exchange('GET', `${at}/publications`)
  const run = await exchange('POST', `${at}/runs`, {
    ...{ input: 'Hello', alias: 'stable', mode: 'wait' },
  })
  await exchange('GET', `/v1/agent-runs/${run.id}`)
  await exchange('GET', `/v1/agent-runs/${run.id}/steps`)
  await exchange('GET', '/v1/agent-runs?limit=1')
  await exchange('POST', `/v1/agent-runs/${run.id}/cancel`)
  await exchange('POST', `${at}/runs`, { input: 'Hello', alias: 'nobody' })

  const tool = await exchange('POST', '/v1/tools', {
    ...{ name: 'double', kind: 'code', description: 'Twice as much' },
    inputSchema: { type: 'object', properties: { n: { type: 'number' } }, required: ['n'] },
    code: { source: 'return input.n * 2' },
  })
  await exchange('GET', `/v1/tools/${tool.id}`)
  await exchange('POST', `/v1/tools/${tool.id}/execute`, { input: { n: 21 } })
  await exchange('POST', `/v1/tools/${tool.id}/execute`, { input: {} })
  await exchange('DELETE', `/v1/tools/${tool.id}`)
  await exchange('DELETE', at)
}
