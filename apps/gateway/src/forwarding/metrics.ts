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
      answers(`${name} ${priority} ${arm} ${status}`)
    },
    shed({ name }, priority) {
      sheds(`${name} ${priority}`)
    },
  }
}

/** @returns counts one; its argument has the values of the labels, with a space between them */
function countBy(
  registry: Registry,
  labelNames: readonly string[],
  about: { readonly name: string; readonly help: string },
): (values: string) => void {
  const counts = new Map<string, number>()
  new Counter({
    ...about,
    labelNames: [...labelNames],
    registers: [registry],
    collect() {
      this.reset()
      for (const [key, count] of counts) {
        const values = key.split(' ')
        this.inc(Object.fromEntries(labelNames.map((name, at) => [name, values[at] ?? ''])), count)
      }
    },
  })
  return (values) => {
    counts.set(values, (counts.get(values) ?? 0) + 1)
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
