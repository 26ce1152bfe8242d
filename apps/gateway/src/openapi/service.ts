import { createHash } from 'node:crypto'
import type { ServiceName } from '@dure/contracts'
import type { FastifyBaseLogger } from 'fastify'
import type { Dispatcher } from 'undici'
import { readText } from '../read-text.ts'
import { serviceFor } from '../routing/route.ts'
import type { JsonObject } from './json.ts'
import { faultOf, merge } from './merge.ts'

export interface OpenApi {
  readonly body: string
  readonly etag: string
}

export interface OpenApiService {
  /** The description of what can be reached now; waits only until it was first put together. */
  current(): Promise<OpenApi>
  /** Asks every service again; what did not change is not sent. */
  refresh(): Promise<void>
  start(): void
  close(): Promise<void>
}

export interface OpenApiDependencies {
  readonly services: readonly { readonly name: ServiceName; readonly origin: string }[]
  readonly dispatcher: Dispatcher
  readonly log: FastifyBaseLogger
}

/** The last good copy of what a service said of itself. */
interface Copy {
  readonly document: JsonObject
  readonly etag: string | undefined
}

const REFRESH_MS = 5000
const TIMEOUT_MS = 2000
const MAX_BYTES = 8 * 1_048_576
const FRAME = {
  openapi: '3.1.0',
  info: {
    title: 'Dure',
    version: '1.0.0',
    description: 'Build, run and observe AI agents and workflows',
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
  servers: [{ url: '/' }],
  security: [{ apiKey: [] }],
} satisfies JsonObject
const SECURITY_SCHEMES = {
  apiKey: { type: 'http', scheme: 'bearer', description: 'An API key: `dure_live_…`' },
} satisfies JsonObject

export function createOpenApiService({
  services,
  dispatcher,
  log,
}: OpenApiDependencies): OpenApiService {
  const copies = new Map<ServiceName, Copy>()
  const stale = new Set<ServiceName>()
  let merged: OpenApi | undefined
  let refreshing: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined
  const stopping = new AbortController()

  async function refreshOne({ name, origin }: OpenApiDependencies['services'][number]) {
    const known = copies.get(name)
    try {
      const { status, headers, text } = await readText({
        dispatcher,
        url: `${origin}/openapi.json`,
        headers: known?.etag ? { 'if-none-match': known.etag } : {},
        maxBytes: MAX_BYTES,
        signal: AbortSignal.any([stopping.signal, AbortSignal.timeout(TIMEOUT_MS)]),
      })
      if (status !== 304) copies.set(name, copyOf(status, text, headers.etag))
      stale.delete(name)
    } catch (error) {
      // Told once, not every 5 s.
      if (!stale.has(name)) log.warn({ err: error, service: name }, 'no new description')
      stale.add(name)
    }
  }

  async function refreshAll(): Promise<void> {
    await Promise.all(services.map(refreshOne))
    const document = merge(
      [...copies].map(([service, { document }]) => ({ service, document })),
      {
        frame: stale.size > 0 ? { ...FRAME, 'x-dure-stale': [...stale].sort() } : FRAME,
        securitySchemes: SECURITY_SCHEMES,
        isExposed: (path, service) => serviceFor(path) === service,
      },
    )
    const body = JSON.stringify(document)
    merged = { body, etag: `"${createHash('sha256').update(body).digest('base64url')}"` }
  }

  function refresh(): Promise<void> {
    refreshing ??= refreshAll().finally(() => {
      refreshing = undefined
    })
    return refreshing
  }

  async function loop(): Promise<void> {
    try {
      await refresh()
    } catch (error) {
      log.error({ err: error }, 'the descriptions could not be merged')
    }
    if (stopping.signal.aborted) return
    timer = setTimeout(() => void loop(), REFRESH_MS)
    timer.unref()
  }

  return {
    refresh,
    async current() {
      if (!merged) await refresh()
      if (!merged) throw new TypeError('A refresh leaves a document')
      return merged
    },
    start: () => void loop(),
    async close() {
      stopping.abort()
      clearTimeout(timer)
      await refreshing
    },
  }
}

function copyOf(status: number, text: string, etag: string | undefined): Copy {
  if (status !== 200) throw new Error(`/openapi.json was answered with ${status}`)
  const document: JsonObject = JSON.parse(text)
  const fault = faultOf(document)
  if (fault) throw new Error(`The description ${fault}`)
  return { document, etag }
}
