import { type BackoffPolicy, backoffMs, UnavailableError } from '@dure/kernel'
import { context, ROOT_CONTEXT } from '@opentelemetry/api'
import type { Logger } from 'pino'
import type { HealthCheck } from '../http/health.ts'

export interface PollerOptions {
  /** `relay`: in the log, and in the code of the error that `check` throws. */
  readonly name: string
  /** One bounded piece of work; true when there is more of it. */
  readonly pass: () => Promise<boolean>
  /** Between two passes that nobody asked for. */
  readonly pollMs: number
  /** Under constant kicks, passes are this far apart: then one does the work of many. */
  readonly restMs?: number
  readonly log: Logger
  /** Milliseconds that only grow. */
  readonly monotonicMs?: () => number
}

/** Work that is found by looking for it: at intervals, and at once when told that there is some. */
export interface Poller {
  start(): void
  /** Looks now; any number of calls while it is at work lead to one more look. */
  kick(): void
  /** Fails when no pass was completed in the last 15 s. */
  readonly check: HealthCheck
  /** Resolves when the pass in hand is done. */
  close(): Promise<void>
}

const REST_MS = 20
const STALL_LIMIT_MS = 15_000
const RETRY: BackoffPolicy = { baseMs: 250, maxMs: 5000 }

export function createPoller({
  name,
  pass,
  pollMs,
  restMs = REST_MS,
  log,
  monotonicMs = () => performance.now(),
}: PollerOptions): Poller {
  let completedAt = monotonicMs()
  let kicked = false
  let closing = false
  let running: Promise<void> | undefined
  let wake = () => {}
  let interrupt = () => {}

  async function pause(timeoutMs: number): Promise<void> {
    if (closing) return
    const { promise, resolve } = Promise.withResolvers<void>()
    interrupt = resolve
    const timer = setTimeout(resolve, timeoutMs)
    await promise
    clearTimeout(timer)
  }

  async function untilDue(): Promise<void> {
    await pause(restMs)
    if (kicked) return
    wake = () => interrupt()
    await pause(pollMs)
    wake = () => {}
  }

  async function run(): Promise<void> {
    let failures = 0
    while (!closing) {
      kicked = false
      try {
        const more = await pass()
        completedAt = monotonicMs()
        failures = 0
        if (!more) await untilDue()
      } catch (error) {
        failures += 1
        // Told at the 1st, 2nd, 4th, 8th … failure in a row: a long outage must not fill the log.
        const level = Number.isInteger(Math.log2(failures)) ? 'warn' : 'debug'
        log[level]({ err: error, poller: name, failures }, 'pass failed')
        await pause(restMs + backoffMs(RETRY, failures, Math.random()))
      }
    }
  }

  return {
    start() {
      // Whoever starts it, what it does is no part of their trace.
      running ??= context.with(ROOT_CONTEXT, run)
    },
    kick() {
      kicked = true
      wake()
    },
    async check() {
      const sinceMs = monotonicMs() - completedAt
      if (sinceMs <= STALL_LIMIT_MS) return
      const seconds = Math.round(sinceMs / 1000)
      throw new UnavailableError(`${name}.stalled`, `No pass was completed in ${seconds} s`)
    },
    async close() {
      closing = true
      interrupt()
      await running
    },
  }
}
