import type { ServiceName } from '@dure/contracts'
import { LRUCache } from 'lru-cache'
import type { Dispatcher } from 'undici'
import { readText } from '../read-text.ts'

export interface ServiceHealth {
  readonly status: 'ready' | 'not-ready' | 'unreachable'
  readonly latencyMs: number
}

export interface SystemHealth {
  readonly status: 'ok' | 'degraded'
  readonly services: Readonly<Record<string, ServiceHealth>>
}

export interface HealthService {
  /** Asks every service whether it is ready; at most once a second, however often it is called. */
  check(): Promise<SystemHealth>
}

export interface HealthDependencies {
  readonly services: readonly { readonly name: ServiceName; readonly origin: string }[]
  readonly dispatcher: Dispatcher
  /** How long an answer is given again before the services are asked once more. */
  readonly reuseMs?: number
}

const TIMEOUT_MS = 1000
const MAX_BYTES = 65_536

export function createHealthService({
  services,
  dispatcher,
  reuseMs = 1000,
}: HealthDependencies): HealthService {
  const last = new LRUCache<'last', Promise<SystemHealth>>({ max: 1, ttl: reuseMs })

  async function stateOf(origin: string): Promise<ServiceHealth> {
    const start = performance.now()
    const latencyMs = () => Math.round((performance.now() - start) * 10) / 10
    try {
      const { status } = await readText({
        dispatcher,
        url: `${origin}/readyz`,
        maxBytes: MAX_BYTES,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
      return { status: status === 200 ? 'ready' : 'not-ready', latencyMs: latencyMs() }
    } catch {
      // Why it cannot be reached names an address: the public answer says only that it cannot.
      return { status: 'unreachable', latencyMs: latencyMs() }
    }
  }

  async function checkAll(): Promise<SystemHealth> {
    const states = await Promise.all(
      services.map(async ({ name, origin }) => [name, await stateOf(origin)] as const),
    )
    const isOk = states.every(([, { status }]) => status === 'ready')
    return { status: isOk ? 'ok' : 'degraded', services: Object.fromEntries(states) }
  }

  return {
    check() {
      const known = last.get('last')
      if (known) return known
      const asked = checkAll()
      last.set('last', asked)
      return asked
    },
  }
}
