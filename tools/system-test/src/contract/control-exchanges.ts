import { inARow } from '../graphs.ts'
import { publishWorkflow, until } from '../system.ts'
import type { Recorder } from './recorder.ts'

/** Runs that are held, let go on and tried again; workflows that are copied, carried away and taken back. */
export async function controlExchanges(
  { system, exchange }: Recorder,
  workflowId: string,
): Promise<void> {
  const statusIs = (id: string, status: string) =>
    until(async () => {
      const { body } = await system.call<{ status: string }>('GET', `/v1/runs/${id}`)
      return body.status === status
    }, `the run is ${status}`)

  const rest = { id: 'rest', type: 'delay', config: { ms: 3_600_000 } }
  const resting = await publishWorkflow(system, inARow([rest]))
  const held = await exchange('POST', `/v1/workflows/${resting}/runs`, {})
  await statusIs(held.id, 'running')
  await exchange('POST', `/v1/runs/${held.id}/pause`)
  await statusIs(held.id, 'paused')
  await exchange('POST', `/v1/runs/${held.id}/pause`)
  await exchange('POST', `/v1/runs/${held.id}/resume`)
  await exchange('POST', `/v1/runs/${held.id}/retry`)
  await exchange('POST', `/v1/runs/${held.id}/cancel`)
  await statusIs(held.id, 'cancelled')

  const broken = await publishWorkflow(
    system,
    inARow([{ id: 'say', type: 'template', config: { text: '{{ input.missing.field }}' } }]),
  )
  const failed = await exchange('POST', `/v1/workflows/${broken}/runs`, { mode: 'wait' })
  // Nothing of it waits for anybody: it has failed again before the answer.
  await exchange('POST', `/v1/runs/${failed.id}/retry`)
  await exchange('GET', `/v1/runs/${failed.id}/checkpoints`)

  const at = `/v1/workflows/${workflowId}`
  await exchange('GET', `${at}/versions/1`)
  await exchange('GET', `${at}/publications`)
  await exchange('POST', `${at}/duplicate`, { name: 'Greetings too' })
  await exchange('GET', `${at}/export`)
  await exchange('POST', `${at}/validate`)
  await exchange('GET', '/v1/node-types/template')
}
