import { eventually, testTenant } from '@dure/platform/testing'
import pg from 'pg'
import { expect } from 'vitest'
import { type Harness, startHarness } from '../../testing/harness.ts'
import { type Receiver, startReceiver } from './receiver.ts'

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

export interface Answer {
  readonly status: number
  readonly etag: string | null
  // biome-ignore lint/suspicious/noExplicitAny: each answer has fields of its own
  readonly body: any
}

/** The workflow service with somebody to tell. */
export interface WebhooksUnderTest {
  readonly harness: Harness
  readonly receiver: Receiver
  call(method: Method, path?: string, body?: unknown, more?: CallOptions): Promise<Answer>
  /** Of an endpoint whose path at the receiver is its own. */
  create(path: string, changes?: object, more?: CallOptions): Promise<CreatedEndpoint>
  sql(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>
  /** As if their time had come. */
  makeDue(endpointId: string): Promise<void>
  /** Waits until the newest delivery of an endpoint is as it should be. */
  newest(endpointId: string, expected: object): Promise<{ readonly id: string }>
  readonly pool: pg.Pool
  close(): Promise<void>
}

export interface CreatedEndpoint {
  readonly id: string
  readonly secret: string
}

interface CallOptions {
  readonly seed?: string
  readonly headers?: Record<string, string>
}

export async function startWebhooks(): Promise<WebhooksUnderTest> {
  const receiver = await startReceiver()
  const harness = await startHarness({ EGRESS_ALLOW: receiver.host })
  const pool = new pg.Pool({ connectionString: harness.databaseUrl, max: 2 })

  const webhooks: WebhooksUnderTest = {
    harness,
    receiver,
    pool,

    async call(method, path = '', body, { seed, headers } = {}) {
      const response = await harness.call({
        ...{ method, url: `/v2/webhook-endpoints${path}`, body },
        ...(headers && { headers }),
        ...(seed && { as: { tenant: testTenant(seed) } }),
      })
      const text = await response.text()
      const { status } = response
      return { status, etag: response.headers.get('etag'), body: text && JSON.parse(text) }
    },

    async create(path, changes = {}, more = {}) {
      const url = `http://${receiver.host}${path}`
      const body = { url, eventTypes: ['run.completed'], ...changes }
      const created = await webhooks.call('POST', '', body, more)
      expect(created.status).toBe(201)
      return created.body
    },

    sql: async (text, values = []) => (await pool.query(text, values)).rows,

    async makeDue(endpointId) {
      await pool.query(
        'UPDATE event_delivery SET due_at = now() WHERE endpoint_id = $1 AND due_at IS NOT NULL',
        [endpointId],
      )
    },

    newest: (endpointId, expected) =>
      eventually(async () => {
        const { body } = await webhooks.call('GET', `/${endpointId}/deliveries?limit=1`)
        expect(body.data[0]).toMatchObject(expected)
        return body.data[0]
      }),

    async close() {
      await pool.end()
      await harness.close()
      await receiver.close()
    },
  }
  return webhooks
}
