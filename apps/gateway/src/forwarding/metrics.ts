import type { ServiceName } from '@dure/contracts'
import { Counter, Gauge, type Registry } from 'prom-client'
import { PRIORITIES, type Priority } from '../routing/priority.ts'
import type { Arm, Upstream } from '../upstream.ts'

export interface Finished {
  readonly priority: Priority
  readonly arm: Arm['name']
  /** 0 when the gateway answered instead of the service. */
  readonly status: number
}

/** What forwarding counts; read when somebody asks for metrics, so that a request costs one addition. */
export interface ForwardingMetrics {
  finished(upstream: Upstream, outcome: Finished): void
  shed(upstream: Upstream, priority: Priority): void
}

const STATES = { closed: 0, 'half-open': 1, open: 2 } as const

export function createForwardingMetrics(
  registry: Registry,
  upstreams: Readonly<Record<ServiceName, Upstream>>,
): ForwardingMetrics {
  const all = Object.values(upstreams)
  showUse(registry, all)
  showBreakers(registry, all)
  const answers = countBy(registry, ['upstream', 'class', 'arm', 'status'], {
    name: 'gateway_upstream_requests_total',
    help: 'Forwarded requests; status 0: no answer of the service was passed on',
  })
  const sheds = countBy(registry, ['upstream', 'class'], {
    name: 'gateway_shed_total',
    help: 'Requests turned away to spare the gateway',
  })
  return {
    finished({ name }, { priority, arm, status }) {
      answers.at(name).at(priority).at(arm).at(status).count++
    },
    shed({ name }, priority) {
      sheds.at(name).at(priority).count++
    },
  }
}

/** Shown with the values of the labels in turn. */
function countBy(
  registry: Registry,
  labelNames: readonly string[],
  about: { readonly name: string; readonly help: string },
): Tally {
  const tally = new Tally()
  new Counter({
    ...about,
    labelNames: [...labelNames],
    registers: [registry],
    collect() {
      this.reset()
      for (const { values, count } of tally.entries()) {
        this.inc(Object.fromEntries(labelNames.map((name, at) => [name, values[at] ?? ''])), count)
      }
    },
  })
  return tally
}

/** Counts by some values in turn, each in a map of its own: text that is joined anew is dear to look up. */
class Tally {
  readonly #inner = new Map<string | number, Tally>()
  count = 0

  at(value: string | number): Tally {
    const known = this.#inner.get(value)
    if (known !== undefined) return known
    const made = new Tally()
    this.#inner.set(value, made)
    return made
  }

  *entries(
    values: readonly (string | number)[] = [],
  ): Generator<{ readonly values: readonly (string | number)[]; readonly count: number }> {
    if (this.count > 0) yield { values, count: this.count }
    for (const [value, inner] of this.#inner) yield* inner.entries([...values, value])
  }
}

function showUse(registry: Registry, upstreams: readonly Upstream[]): void {
  new Counter({
    name: 'gateway_upstream_retries_total',
    help: 'Requests that were sent once more',
    labelNames: ['upstream'],
    registers: [registry],
    collect() {
      this.reset()
      for (const { name, retries } of upstreams) this.inc({ upstream: name }, retries.retries)
    },
  })
  new Gauge({
    name: 'gateway_upstream_requests',
    help: 'Requests and streams that are under way, and requests that wait for a place',
    labelNames: ['upstream', 'state'],
    registers: [registry],
    collect() {
      for (const { name, requests, streams } of upstreams) {
        this.set({ upstream: name, state: 'active' }, requests.active)
        this.set({ upstream: name, state: 'waiting' }, requests.waiting)
        this.set({ upstream: name, state: 'streams' }, streams.active)
      }
    },
  })
}

function showBreakers(registry: Registry, upstreams: readonly Upstream[]): void {
  new Gauge({
    name: 'gateway_breaker_state',
    help: '0: closed, 1: half-open, 2: open',
    labelNames: ['upstream', 'class', 'arm'],
    registers: [registry],
    collect() {
      for (const { name, stable, canary } of upstreams) {
        for (const arm of canary ? [stable, canary.arm] : [stable]) {
          for (const priority of PRIORITIES) {
            const labels = { upstream: name, class: priority, arm: arm.name }
            this.set(labels, STATES[arm.breakers[priority].state])
          }
        }
      }
    },
  })
}
