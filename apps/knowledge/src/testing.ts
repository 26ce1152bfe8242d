import { type Identity, SCOPES, type Tenant } from '@dure/contracts'
import { createPool, loadConfig, type Service } from '@dure/platform'
import { connectQueues, type Queues } from '@dure/platform/queues'
import {
  eventually,
  silentLog,
  testDatabase,
  testIdentity,
  testQueues,
  testTenant,
} from '@dure/platform/testing'
import type pg from 'pg'
import { createApp } from './app.ts'
import { Config } from './config.ts'

export const STRANGER = testTenant('2')

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
interface Call {
  readonly body?: object
  readonly tenant?: Tenant
  readonly form?: FormData
  /** `Idempotency-Key` */
  readonly key?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** A database, queues, and as many processes of the service as a test needs. */
export async function setUpKnowledge(settings: Readonly<Record<string, string>> = {}) {
  const database = await testDatabase('knowledge')
  const { redisUrl, prefix } = testQueues()
  const caller = testIdentity('1')
  const pool = createPool(
    { DATABASE_URL: database.databaseUrl },
    { max: 4, rows: 'of every tenant' },
  )
  const queues = connectQueues({ redisUrl, prefix, log: silentLog() })
  const running = new Set<Service>()

  const environment = (role: 'api' | 'worker' | 'all') => ({
    DATABASE_URL: database.databaseUrl,
    REDIS_URL: redisUrl,
    QUEUE_PREFIX: prefix,
    IDENTITY_PUBLIC_KEY: caller.publicKey,
    LOG_LEVEL: 'silent',
    ROLE: role,
    // Tests that are not about money have nobody who keeps it.
    EMBEDDING_MICRO_USD: '0',
    RERANK_MICRO_USD: '0',
    ...settings,
  })

  /** @param more settings of this process alone */
  async function start(
    role: 'api' | 'worker' | 'all',
    more: Readonly<Record<string, string>> = {},
  ): Promise<Service> {
    const config = loadConfig(Config, { ...environment(role), ...more })
    const app = await createApp(config)
    await app.ready()
    running.add(app)
    return app
  }

  async function stop(app: Service): Promise<void> {
    running.delete(app)
    await app.close()
  }

  return {
    pool,
    queues,
    prefix,
    tenant: caller.identity.tenant,
    /** Of a process that a test starts itself. */
    environment,
    start,
    stop,
    /** What `FLUSHALL` would do, to this test alone. */
    wipeRedis: () => wipe(queues, prefix),
    /** As if nobody had worked on any document for a while. */
    ageDocuments: () => age(pool),
    /** @param who asks; absent: a key that may do and see all */
    client: (app: Service, who: Partial<Identity> = {}) =>
      clientOf(app, (tenant) => caller.headers('knowledge', { ...who, ...tenant })),
    async tearDown() {
      await Promise.all([...running].map(stop))
      await queues.close()
      await pool.end()
      await database.drop()
    },
  }
}

type Headers = (changes: { tenant?: Tenant }) => Promise<Record<string, string>>

/** Who may do all, but sees only what a document says. */
export function person(name: string, more: Partial<Identity> = {}): Partial<Identity> {
  const scopes = SCOPES.filter((scope) => scope !== 'knowledge:read-all')
  return { principalId: `usr_${name}`, scopes, ...more }
}

const BUSY = 'database.unavailable'

/** The API as a client of the gateway sees it. */
function clientOf(app: Service, headersFor: Headers) {
  const call = (method: Method, path: string, more?: Call) =>
    send(method, `/v1/knowledge-bases${path}`, more)

  async function send(
    method: Method,
    url: string,
    { body, tenant, form, key, headers: more }: Call = {},
  ) {
    const headers = { ...(await headersFor(tenant ? { tenant } : {})), ...more }
    if (key !== undefined) headers['idempotency-key'] = key
    if (!form) return app.inject({ method, url, headers, ...(body && { body }) })
    const encoded = new Response(form)
    headers['content-type'] = encoded.headers.get('content-type') ?? ''
    const payload = Buffer.from(await encoded.arrayBuffer())
    return app.inject({ method, url, headers, payload })
  }

  // Under load, new connections are not made in time, and that is 503. Whoever went on without the id would be told 400.
  const patiently = (...asked: Parameters<typeof call>) =>
    eventually(
      async () => {
        const response = await call(...asked)
        const { statusCode, body } = response
        if (statusCode === 503 && response.json().code === BUSY) throw new Error(body)
        return response.json()
      },
      { timeoutMs: 60_000 },
    )

  async function createBase(): Promise<string> {
    return (await patiently('POST', '', { body: { name: 'Support' } })).id
  }

  const get = async (base: string, id: string) =>
    (await call('GET', `/${base}/documents/${id}`)).json()

  return {
    send,
    call,
    createBase,
    get,
    headers: () => headersFor({}),
    async put(base: string, name: string, text: string) {
      return patiently('POST', `/${base}/documents`, { body: { name, text } })
    },
    async upload(base: string, file: Blob, name: string) {
      const form = new FormData()
      form.append('file', file, name)
      return call('POST', `/${base}/documents`, { form })
    },
    async search(base: string, query: string, more: object = {}) {
      return patiently('POST', `/${base}/search`, { body: { query, ...more } })
    },
    /** The document, when its newest version is ready or has failed. */
    settled: (base: string, id: string, waiting: { readonly timeoutMs?: number } = {}) =>
      eventually(async () => {
        const document = await get(base, id)
        if (!['ready', 'failed'].includes(document.status)) throw new Error(document.status)
        return document
      }, waiting),
  }
}

async function wipe({ redis }: Queues, prefix: string): Promise<void> {
  let cursor = '0'
  do {
    const [next, keys] = await redis.scan(cursor, 'MATCH', `${prefix}*`, 'COUNT', 1000)
    if (keys.length > 0) await redis.del(...keys)
    cursor = next
  } while (cursor !== '0')
}

async function age(pool: pg.Pool): Promise<void> {
  await pool.query(`UPDATE document SET alive_at = now() - interval '1 minute'`)
}
