import { Counter, Gauge, type Registry } from 'prom-client'
import type { Limiter } from './limiter-service.ts'

/** What limits have done, counted by whoever does it and read when somebody asks for metrics. */
export class LimitCounts {
  admitted = 0
  readonly refused = new Map<string, number>()
  readonly #names: ReadonlySet<string>

  /** @param names of the policies of the installation: those of organizations are counted together */
  constructor(names: readonly string[]) {
    this.#names = new Set(names)
  }

  refuse(policy: string): void {
    const name = this.#names.has(policy) ? policy : 'other'
    this.refused.set(name, (this.refused.get(name) ?? 0) + 1)
  }
}

export function showLimits(registry: Registry, counts: LimitCounts, limiter: Limiter): void {
  const registers = [registry]
  new Counter({
    name: 'gateway_limits_admitted_total',
    help: 'Requests that have passed their limits',
    registers,
    collect() {
      this.reset()
      this.inc(counts.admitted)
    },
  })
  new Counter({
    name: 'gateway_limits_refused_total',
    help: 'Requests that a limit has refused; "other": one that an organization has chosen',
    labelNames: ['policy'],
    registers,
    collect() {
      this.reset()
      for (const [policy, count] of counts.refused) this.inc({ policy }, count)
    },
  })
  new Counter({
    name: 'gateway_limits_asks_total',
    help: 'Scripts that Redis was asked to run, besides one per second that says who lives',
    registers,
    collect() {
      this.reset()
      this.inc(limiter.asks)
    },
  })
  new Counter({
    name: 'gateway_limits_local_total',
    help: 'Requests that were decided without Redis, by the local share',
    registers,
    collect() {
      this.reset()
      this.inc(limiter.decidedAlone)
    },
  })
  new Gauge({
    name: 'gateway_limits_degraded',
    help: '1 while limits are kept without Redis',
    registers,
    collect() {
      this.set(limiter.isDegraded ? 1 : 0)
    },
  })
}
