import { parsed, shown } from '../fuzz/fault.ts'
import type { Attack } from './attack.ts'

/** Keys of a BullMQ queue, and what could leave the name of one. */
const NAMES = [
  'wait',
  'active',
  'delayed',
  'completed',
  'failed',
  'marker',
  'meta',
  'paused',
  'prioritized',
  'stalled',
  'events',
  'id',
  'limiter',
  'repeat',
  '0',
  '1',
  'a:b',
  ':',
  '*',
  '{a}',
  '__proto__',
]
const GRAPH = {
  nodes: [
    { id: 'start', type: 'start' },
    { id: 'ask', type: 'llm', config: { prompt: 'Hello' } },
    { id: 'end', type: 'end', config: { outputs: {} } },
  ],
  edges: [
    { from: 'start', to: 'ask' },
    { from: 'ask', to: 'end' },
  ],
}

/** Names that mean something to a queue mean nothing here: after all of them, queues work as before. */
export const reservedNames: Attack = async ({ alice, send }) => {
  const { key } = alice
  const findings: string[] = []
  const post = async (
    path: string,
    body?: object,
    headers: readonly (readonly [string, string])[] = [],
  ) => {
    const answer = await send('POST', path, { key, headers, ...(body && { body }) })
    if (answer.status >= 500) findings.push(`${path} ${JSON.stringify(headers)}: ${shown(answer)}`)
    return Object(parsed(answer.body)) as { readonly id?: string; readonly status?: string }
  }
  const { id = '' } = await post('/v1/workflows', { name: 'meta', graph: GRAPH })
  await post(`/v1/workflows/${id}/versions`)
  await post(`/v1/workflows/${id}/versions/1/publish`)
  const runs = `/v1/workflows/${id}/runs`
  for (const name of NAMES) {
    const run = await post(runs, { input: { [name]: name } }, [['idempotency-key', name]])
    await post('/v2/runs', {
      workflowId: id,
      input: {},
      concurrency: { key: name, onConflict: 'queue' },
    })
    await post(
      '/v2/events',
      { name: name.replace(/[^a-z]/g, 'x'), correlation: name, payload: {} },
      [['idempotency-key', `event ${name}`]],
    )
    if (run.id)
      await post(`/v2/runs/${run.id}/signals/${encodeURIComponent(name)}`, { payload: {} })
  }
  const last = await post(runs, { input: {}, mode: 'wait', waitMs: 50_000 })
  if (last.status !== 'completed') findings.push(`After all of them, a run is ${last.status}`)
  return findings
}
