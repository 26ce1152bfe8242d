import type { ServiceName } from '@dure/contracts'
import { UnavailableError } from '@dure/kernel'
import type { FastifyBaseLogger } from 'fastify'
import type { Dispatcher } from 'undici'
import { readText } from '../read-text.ts'
import { sha256 } from '../sha256.ts'
import type { JsonObject } from './json.ts'
import { faultOf } from './merge.ts'
import { onlyVersion, VERSIONS, type Version } from './versions.ts'
import { describeWhole } from './whole.ts'

export interface OpenApi {
  readonly body: string
  readonly etag: string
}

/** The whole, or what belongs to one version. */
export type Scope = 'all' | Version

export interface OpenApiService {
  /**
   * The description of what can be reached now; waits only until it was first put together.
   *
   * @throws UnavailableError `openapi.unavailable`
   */
  current(scope: Scope): Promise<OpenApi>
  /** Asks every service again; what did not change is not sent. */
  refresh(): Promise<void>
  start(): void
  close(): Promise<void>
}

export interface OpenApiDependencies {
  readonly services: readonly { readonly name: ServiceName; readonly origin: string }[]
  /** What the gateway says of its own routes. */
  readonly own: () => JsonObject
  readonly dispatcher: Dispatcher
  readonly log: FastifyBaseLogger
}

/** The last good copy of what a service said of itself. */
interface Copy {
  readonly document: JsonObject
  readonly etag: string | undefined
  /** Digest of the text it was read from. */
  readonly digest: string
}

interface Answer {
  readonly status: number
  readonly text: string
  readonly etag: string | undefined
}

const REFRESH_MS = 5000
const TIMEOUT_MS = 2000
const MAX_BYTES = 8 * 1_048_576
export function createOpenApiService({
  services,
  own,
  dispatcher,
  log,
}: OpenApiDependencies): OpenApiService {
  const copies = new Map<ServiceName, Copy>()
  const stale = new Set<ServiceName>()
  let documents: ReadonlyMap<Scope, OpenApi> | undefined
  let lastInput: string | undefined
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
      if (status !== 304) copies.set(name, copyOf(name, { status, text, etag: headers.etag }))
      stale.delete(name)
    } catch (error) {
      // Told once, not every 5 s.
      if (!stale.has(name)) log.warn({ err: error, service: name }, 'no new description')
      stale.add(name)
    }
  }

  async function refreshAll(): Promise<void> {
    await Promise.all(services.map(refreshOne))
    const state = [...[...copies.values()].map(({ digest }) => digest), ...stale].sort().join()
    // What did not change need not be merged, and proven or refuted, once more.
    if (state === lastInput) return
    lastInput = state
    const merged = describeWhole(
      [...copies].map(([service, { document }]) => ({ service, document })),
      { own: own(), stale: [...stale].sort() },
    )
    documents = new Map<Scope, OpenApi>([
      ['all', withEtag(merged)],
      ...VERSIONS.map((version) => [version, withEtag(onlyVersion(merged, version))] as const),
    ])
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
    async current(scope) {
      if (!documents) await refresh()
      const document = documents?.get(scope)
      if (!document) {
        const message = 'There is no description yet: try again'
        throw new UnavailableError('openapi.unavailable', message, {}, { retryAfterS: 5 })
      }
      return document
    },
    start: () => void loop(),
    async close() {
      stopping.abort()
      clearTimeout(timer)
      await refreshing
    },
  }
}

function copyOf(name: string, { status, text, etag }: Answer): Copy {
  if (status !== 200) throw new Error(`/openapi.json was answered with ${status}`)
  const document: JsonObject = JSON.parse(text)
  const fault = faultOf(document)
  if (fault) throw new Error(`The description ${fault}`)
  // A part that cannot be merged alone must not hold up the others.
  describeWhole([{ service: name, document }], { stale: [] })
  return { document, etag, digest: digestOf(text) }
}

function withEtag(document: JsonObject): OpenApi {
  const body = JSON.stringify(document)
  return { body, etag: `"${digestOf(body)}"` }
}

function digestOf(text: string): string {
  return sha256(text).toString('base64url')
}
