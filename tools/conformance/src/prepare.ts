import { parsed, shown } from './fuzz/fault.ts'
import type { Pool } from './fuzz/pool.ts'
import { createPoliteConnection } from './http/polite.ts'

/** One thing of each kind that a request could not make by chance, through the API like anybody else. */
export interface Preparation {
  readonly origin: string
  readonly key: string
  readonly pool: Pool
  /** Told what was refused. */
  readonly say: (line: string) => void
}

/** Long enough for a run to fail; one that waits for people is left alone after it. */
const WAIT_MS = 500

/** Everything is slow on a machine with much else to do. */
const PATIENCE_MS = 90_000

interface Made {
  readonly id: string
  readonly token?: string
}

const GRAPHS = {
  plain: graphOf([{ id: 'text', type: 'template', config: { text: 'Hello {{ input.name }}' } }]),
  approval: graphOf([{ id: 'ask', type: 'approval', config: { title: 'May I?' } }]),
  failing: graphOf([{ id: 'fail', type: 'transform', config: { expr: 'input.missing.deeper' } }]),
  call: graphOf([
    { id: 'call', type: 'http', config: { method: 'POST', url: 'http://127.0.0.1:1/', body: {} } },
  ]),
  map: graphOf([
    {
      id: 'each',
      type: 'map',
      config: { items: 'input.items', onItemError: 'collect' },
      body: { nodes: [{ id: 'one', type: 'template', config: { text: 'x' } }], edges: [] },
    },
  ]),
}

function graphOf(nodes: readonly object[]) {
  const all = [
    { id: 'start', type: 'start' },
    ...nodes,
    { id: 'end', type: 'end', config: { outputs: {} } },
  ]
  const ids = all.map((node) => (node as { id: string }).id)
  const port = (from: string | undefined) => (from === 'ask' ? { port: 'approved' } : {})
  const edges = ids.slice(1).map((to, before) => ({ from: ids[before], ...port(ids[before]), to }))
  return { nodes: all, edges }
}

/**
 * Workflows that run, with all that hangs on them, and a knowledge base with a document. What a later
 * version of the API does not take is skipped: the requests after it are then only less often good.
 */
export async function prepare(
  { origin, key, pool, say }: Preparation,
  round: number,
): Promise<void> {
  const connection = createPoliteConnection(origin)
  const call = async (method: string, path: string, body?: object): Promise<Made | undefined> => {
    const headers: [string, string][] = [['authorization', `Bearer ${key}`]]
    if (body) headers.push(['content-type', 'application/json'])
    const bytes = body && Buffer.from(JSON.stringify(body))
    const answer = await connection
      .send({ method, path, headers, body: bytes }, PATIENCE_MS)
      .catch((cause) => {
        throw new Error(`${method} ${path} is not answered`, { cause })
      })
    const made = parsed(answer.body) as Made | undefined
    if (answer.status >= 300) {
      say(`${method} ${path} was refused: ${shown(answer)}`)
      return undefined
    }
    pool.learn(made, {})
    return made
  }
  const graphs = Object.values(GRAPHS)
  const graph = graphs[round % graphs.length] ?? GRAPHS.plain
  const workflow = await call('POST', '/v1/workflows', { name: `Round ${round}`, graph })
  if (workflow) await prepareRuns(call, workflow.id, round)
  const base = await call('POST', '/v1/knowledge-bases', { name: `Round ${round}` })
  if (base) {
    const document = {
      name: 'help.md',
      text: '# 환불\n\n환불은 7일 안에 됩니다.',
      mediaType: 'text/markdown',
    }
    await call('POST', `/v1/knowledge-bases/${base.id}/documents`, document)
  }
  const hosts = ['https://api.example.com']
  await call('POST', '/v1/secrets', { name: `secret-${round}`, value: 'not a secret', hosts })
  connection.close()
}

type Call = (method: string, path: string, body?: object) => Promise<Made | undefined>

async function prepareRuns(call: Call, workflowId: string, round: number): Promise<void> {
  const of = `/v1/workflows/${workflowId}`
  await call('POST', `${of}/versions`)
  await call('POST', `${of}/versions/1/publish`)
  const input = { name: 'Dure', items: [1, 2] }
  const run = await call('POST', `${of}/runs`, { input, mode: 'wait', waitMs: WAIT_MS })
  if (run) await call('GET', `/v1/runs/${run.id}`)
  if (run) await call('GET', `/v2/runs/${run.id}/effects`)
  await call('GET', '/v1/approvals')
  const targets = [{ version: 1, weight: 100 }]
  await call('POST', '/v2/aliases', { workflowId, name: `r${round}`, targets })
  const schedule = { name: 'Nightly', cron: '0 3 * * *', timeZone: 'Asia/Seoul' }
  await call('POST', '/v1/schedules', { ...schedule, workflowId })
  await call('POST', '/v1/event-triggers', { name: 'Paid', eventName: 'order.paid', workflowId })
  await call('POST', '/v1/webhook-triggers', { name: 'Hook', workflowId })
  await call('GET', '/v2/dead-letters')
}
