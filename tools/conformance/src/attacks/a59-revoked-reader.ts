import { parsed, shown } from '../fuzz/fault.ts'
import type { Attack } from './attack.ts'

const GRAPH = {
  nodes: [
    { id: 'start', type: 'start' },
    { id: 'ask', type: 'approval', config: { title: 'May I?' } },
    { id: 'end', type: 'end', config: { outputs: {} } },
  ],
  edges: [
    { from: 'start', to: 'ask' },
    { from: 'ask', port: 'approved', to: 'end' },
  ],
}
const LONGEST_MS = 5000

/** A stream ends with the key of its reader; nobody follows the run of another. */
export const revokedReader: Attack = async ({ world, alice, mallory, send }) => {
  const { key } = alice
  const post = async (path: string, body?: object) =>
    parsed((await send('POST', path, { key, ...(body && { body }) })).body) as {
      readonly id: string
      readonly key: string
    }
  const { id } = await post('/v1/workflows', { name: 'Waits', graph: GRAPH })
  await post(`/v1/workflows/${id}/versions`)
  await post(`/v1/workflows/${id}/versions/1/publish`)
  const run = await post(`/v1/workflows/${id}/runs`, { input: {} })
  const path = `/v1/runs/${run.id}/events`
  const foreign = await send('GET', path, { key: mallory.key })
  const findings = foreign.status === 404 ? [] : [`Another follows a run: ${shown(foreign)}`]

  const reader = await post('/v1/api-keys', { name: 'Reader', scopes: ['runs:read'] })
  const headers = { authorization: `Bearer ${reader.key}` }
  const stream = await fetch(world.system.url + path, { headers })
  const body = stream.body?.getReader()
  await body?.read()
  await post(`/v1/api-keys/${reader.id}/revoke`)
  const ended = await Promise.race([endOf(body), afterMs(LONGEST_MS)])
  await body?.cancel().catch(() => {})
  return ended ? findings : [...findings, `${stream.status}: the stream of a revoked key goes on`]
}

async function endOf(body: ReadableStreamDefaultReader | undefined): Promise<boolean> {
  try {
    while (body && !(await body.read()).done);
  } catch {
    // Cut off is ended, too.
  }
  return true
}

function afterMs(ms: number): Promise<false> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(false), ms).unref()
  })
}
