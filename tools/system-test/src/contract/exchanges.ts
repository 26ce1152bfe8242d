import type { System } from '../system.ts'
import { until } from '../system.ts'
import { createNormaliser } from './normalise.ts'

/** A request of a client of v1, and what it was answered. */
export interface Exchange {
  readonly request: string
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: unknown
}

/** What clients read of a head. */
const HEADERS = [
  'content-type',
  'location',
  'retry-after',
  'deprecation',
  'sunset',
  'link',
  'allow',
]

const GRAPH = {
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

interface Made {
  readonly id: string
}

/** A walk through what clients of v1 do most, against the services that run. */
export async function exchangesOf(system: System): Promise<Exchange[]> {
  const exchanges: Exchange[] = []
  const normaliser = createNormaliser()

  async function exchange(method: string, path: string, body?: unknown): Promise<Made> {
    const answer = await system.call<Made>(method, path, body)
    const headers = HEADERS.flatMap((name) => {
      const value = answer.headers.get(name)
      return value === null ? [] : [[name, value] as const]
    })
    exchanges.push({
      request: String(normaliser.of(`${method} ${path}`)),
      status: answer.status,
      headers: normaliser.of(Object.fromEntries(headers)) as Exchange['headers'],
      body: normaliser.of(answer.body),
    })
    return answer.body
  }

  const workflow = await exchange('POST', '/v1/workflows', { name: 'Greeting', graph: GRAPH })
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
  await exchange('POST', '/v1/workflows', { name: 'Greeting', graph: GRAPH, extra: true })
  await exchange('POST', '/v1/workflows', { name: '' })
  await exchange('GET', '/v1/nothing')
  return exchanges
}
