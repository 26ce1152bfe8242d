import type { ServiceName } from '@dure/contracts'
import { Agent, Pool } from 'undici'
import type { Config } from './config.ts'
import { Bulkhead } from './forwarding/bulkhead.ts'

/** One service behind the gateway, and all that it may take of the gateway. */
export interface Upstream {
  readonly name: ServiceName
  readonly origin: string
  readonly pool: Pool
  readonly requests: Bulkhead
  /** Streams last long: they have places of their own, so that readers never keep requests out. */
  readonly streams: Bulkhead
}

export interface Upstreams {
  readonly of: Readonly<Record<ServiceName, Upstream>>
  /** For the gateway's own questions, which must not wait behind those of clients. */
  readonly own: Agent
  close(): Promise<void>
}

const MAX_REQUESTS = 64
const MAX_WAITING = 1000
const MAX_STREAMS = 1000
const CONNECT_TIMEOUT_MS = 2000

export function connectUpstreams(config: Config): Upstreams {
  const of = {
    workflow: upstream('workflow', config.WORKFLOW_URL),
    agent: upstream('agent', config.AGENT_URL),
    knowledge: upstream('knowledge', config.KNOWLEDGE_URL),
    analytics: upstream('analytics', config.ANALYTICS_URL),
  }
  const own = new Agent({ connections: 2, connect: { timeout: CONNECT_TIMEOUT_MS } })
  return {
    of,
    own,
    close: async () => {
      const pools = [own, ...Object.values(of).map(({ pool }) => pool)]
      await Promise.all(pools.map((pool) => pool.destroy()))
    },
  }
}

function upstream(name: ServiceName, origin: string): Upstream {
  return {
    name,
    origin,
    pool: new Pool(origin, {
      connections: MAX_REQUESTS + MAX_STREAMS,
      pipelining: 1,
      connect: { timeout: CONNECT_TIMEOUT_MS },
      // The deadline of the request is the only limit: a stream may be silent for long.
      headersTimeout: 0,
      bodyTimeout: 0,
    }),
    requests: new Bulkhead({ maxActive: MAX_REQUESTS, maxWaiting: MAX_WAITING }),
    streams: new Bulkhead({ maxActive: MAX_STREAMS, maxWaiting: 0 }),
  }
}
