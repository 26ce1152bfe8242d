import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import type { FastifyBaseLogger } from 'fastify'
import { Gauge, type Registry } from 'prom-client'
import type { Priority } from '../routing/priority.ts'
import { LoadLevel } from './load.ts'

export interface LoadMonitor {
  /** Whether requests of this priority are turned away at the moment. */
  readonly sheds: (priority: Priority) => boolean
  close(): void
}

const EVERY_MS = 250
const RESOLUTION_MS = 10

/** Watches the event loop of this process. */
export function watchLoad(registry: Registry, log: FastifyBaseLogger): LoadMonitor {
  const load = new LoadLevel()
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  delay.enable()
  let last = performance.eventLoopUtilization()
  const timer = setInterval(() => {
    const now = performance.eventLoopUtilization()
    const { utilization: utilisation } = performance.eventLoopUtilization(now, last)
    last = now
    const before = load.level
    // It measures the whole interval, of which the resolution itself is no delay.
    const delayMs = Number.isNaN(delay.mean) ? 0 : Math.max(0, delay.mean / 1e6 - RESOLUTION_MS)
    load.take({ utilisation, delayMs })
    delay.reset()
    if (load.level !== before) log.warn({ level: load.level, utilisation, delayMs }, 'load level')
  }, EVERY_MS)
  timer.unref()
  new Gauge({
    name: 'gateway_load_level',
    help: '0: everything is taken in. From 1: no batches, 2: no new runs, 3: nothing but run control, 4: nothing',
    registers: [registry],
    collect() {
      this.set(load.level)
    },
  })
  return {
    sheds: (priority) => load.sheds(priority),
    close() {
      clearInterval(timer)
      delay.disable()
    },
  }
}
