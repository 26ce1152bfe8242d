import { withDeadline } from '@dure/kernel'
import { Type } from 'typebox'
import type { Service } from './service.ts'

/** Resolves when a dependency is well; rejects with the reason when it is not. */
export type HealthCheck = () => Promise<void>

export interface Health {
  /** From now on not ready, whatever the dependencies say. */
  drain(): void
}

const CHECK_TIMEOUT_MS = 1000

const CheckState = Type.Object({
  status: Type.Enum(['ok', 'failing']),
  latencyMs: Type.Number({ description: 'Milliseconds' }),
  reason: Type.Optional(Type.String()),
})
const Readiness = Type.Object({
  service: Type.String({ description: 'Which one answers: an address may be that of another' }),
  status: Type.Enum(['ready', 'degraded', 'not-ready', 'draining']),
  checks: Type.Record(Type.String(), CheckState),
})

const hidden = { config: { public: true }, logLevel: 'silent' } as const

type Checks = Readonly<Record<string, HealthCheck>>

export interface HealthOptions {
  readonly name: string
  /** Without one of these, no request can be served: not ready. */
  readonly checks: Checks
  /** Without one of these, requests are still served, and something else waits: ready, degraded. */
  readonly degrading: Checks
}

/** Liveness never asks a dependency; readiness asks each, and tells the truth about each. */
export function healthRoutes(service: Service, { name, checks, degrading }: HealthOptions): Health {
  let started = false
  let draining = false
  service.addHook('onReady', async () => {
    started = true
  })
  // Whoever keeps a connection open finds another process with the next one.
  service.addHook('onSend', async (_request, reply) => {
    if (draining) reply.header('connection', 'close')
  })

  service.get('/livez', { ...hidden, schema: { hide: true } }, async () => ({ status: 'alive' }))
  service.get('/startupz', { ...hidden, schema: { hide: true } }, async (_request, reply) =>
    reply.code(started ? 200 : 503).send({ status: started ? 'started' : 'starting' }),
  )
  service.get(
    '/readyz',
    { ...hidden, schema: { hide: true, response: { 200: Readiness, 503: Readiness } } },
    async (_request, reply) => {
      const [needed, wanted] = await Promise.all([statesOf(checks), statesOf(degrading)])
      const well = (states: typeof needed) => states.every(([, { status }]) => status === 'ok')
      const ready = !draining && well(needed)
      const status = ready ? (well(wanted) ? 'ready' : 'degraded') : 'not-ready'
      return reply.code(ready ? 200 : 503).send({
        service: name,
        status: draining ? 'draining' : status,
        checks: Object.fromEntries([...needed, ...wanted]),
      })
    },
  )
  return {
    drain: () => {
      draining = true
    },
  }
}

async function statesOf(checks: Checks) {
  return Promise.all(
    Object.entries(checks).map(async ([name, check]) => [name, await stateOf(check)] as const),
  )
}

async function stateOf(check: HealthCheck) {
  const start = performance.now()
  const latencyMs = () => Math.round((performance.now() - start) * 10) / 10
  try {
    await withDeadline(
      { timeoutMs: CHECK_TIMEOUT_MS, code: 'health.timeout', what: 'The check' },
      check,
    )
    return { status: 'ok' as const, latencyMs: latencyMs() }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { status: 'failing' as const, latencyMs: latencyMs(), reason }
  }
}
