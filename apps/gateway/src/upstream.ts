import type { ServiceName } from '@dure/contracts'
import { Breaker } from '@dure/platform'
import { Agent, Pool } from 'undici'
import type { Config } from './config.ts'
import { Bulkhead } from './forwarding/bulkhead.ts'
import { RetryBudget } from './forwarding/retry-budget.ts'
import { PRIORITIES, type Priority } from './routing/priority.ts'

/** One build of a service that runs. */
export interface Arm {
  readonly name: 'stable' | 'canary'
  readonly pool: Pool
  /** Apart, so that what fails for batches is still tried for whoever stops a run. */
  readonly breakers: Readonly<Record<Priority, Breaker>>
}

/** One service behind the gateway, and all that it may take of the gateway. */
export interface Upstream {
  readonly name: ServiceName
  readonly origin: string
  readonly stable: Arm
  /** Gets its weight, in percent, of the callers, and whoever asks for it. */
  readonly canary: { readonly arm: Arm; readonly weight: number } | undefined
  readonly requests: Bulkhead
  /** Streams last long: they have places of their own, so that readers never keep requests out. */
  readonly streams: Bulkhead
  readonly retries: RetryBudget
}

export interface Upstreams {
  readonly of: Readonly<Record<ServiceName, Upstream>>
  /** For the gateway's own questions, which must not wait behind those of clients. */
  readonly own: Agent
  close(): Promise<void>
}

const MAX_REQUESTS = 64
/** The rest is always free for whoever controls runs. */
const SHARES = { interactive: 60, 'new-run': 48, batch: 16 } as const
const MAX_WAITING = 1000
const MAX_STREAMS = 4000
const CONNECT_TIMEOUT_MS = 2000

export function connectUpstreams(config: Config): Upstreams {
  const of = {
    workflow: upstream('workflow', config),
    agent: upstream('agent', config),
    knowledge: upstream('knowledge', config),
    analytics: upstream('analytics', config),
  }
  const own = new Agent({ connections: 2, connect: { timeout: CONNECT_TIMEOUT_MS } })
  return {
    of,
    own,
    close: async () => {
      const arms = Object.values(of).flatMap(({ stable, canary }) => [stable, canary?.arm])
      const pools = [own, ...arms.flatMap((arm) => arm?.pool ?? [])]
      await Promise.all(pools.map((pool) => pool.destroy()))
    },
  }
}

function upstream(name: ServiceName, config: Config): Upstream {
  const prefix = name.toUpperCase() as Uppercase<ServiceName>
  const origin = config[`${prefix}_URL`]
  const canaryUrl = config[`${prefix}_CANARY_URL`]
  return {
    name,
    origin,
    stable: armAt('stable', origin),
    canary: canaryUrl
      ? { arm: armAt('canary', canaryUrl), weight: config[`${prefix}_CANARY_WEIGHT`] }
      : undefined,
    requests: new Bulkhead({ maxActive: MAX_REQUESTS, maxWaiting: MAX_WAITING, shares: SHARES }),
    streams: new Bulkhead({ maxActive: MAX_STREAMS, maxWaiting: 0 }),
    retries: new RetryBudget(),
  }
}

function armAt(name: Arm['name'], origin: string): Arm {
  const breakers = PRIORITIES.map((priority) => [priority, new Breaker(() => performance.now())])
  return {
    name,
    pool: new Pool(origin, {
      connections: MAX_REQUESTS + MAX_STREAMS,
      pipelining: 1,
      connect: { timeout: CONNECT_TIMEOUT_MS },
      // The deadline of the request is the only limit: a stream may be silent for long.
      headersTimeout: 0,
      bodyTimeout: 0,
    }),
    breakers: Object.fromEntries(breakers) as Record<Priority, Breaker>,
  }
}
