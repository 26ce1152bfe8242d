import type { RunId } from '@dure/contracts'
import type pg from 'pg'
import { createTriggerStore, type TriggerRow, type TriggerStore, toTrigger } from '../store.ts'
import type { StoredWebhookTrigger } from './webhook.ts'

export interface WebhookStore extends TriggerStore<StoredWebhookTrigger> {
  /** One that is enabled, with the time by the clock of PostgreSQL. */
  findByToken(
    tokenHash: string,
  ): Promise<{ readonly trigger: StoredWebhookTrigger; readonly now: Date } | undefined>
  /** Keeps a delivery until it has its run. Of several with one key, all get what the first was. */
  receive(triggerId: string, key: string, input: unknown): Promise<Received>
  finish(triggerId: string, key: string, runId: RunId): Promise<void>
  /** As if it had never come: the same delivery may come again, and do better. */
  forget(triggerId: string, key: string): Promise<void>
}

export interface Received {
  /** Null until it is known. */
  readonly runId: RunId | null
  readonly input: unknown
}

const BY_TOKEN = `
  SELECT *, now() AS now FROM webhook_trigger WHERE token_hash = $1 AND enabled`

const RECEIVE = `
  INSERT INTO webhook_delivery (trigger_id, key, input) VALUES ($1, $2, $3)
  ON CONFLICT (trigger_id, key) DO UPDATE SET key = excluded.key
  RETURNING run_id AS "runId", input`

const FINISH = `
  UPDATE webhook_delivery SET run_id = $3, input = NULL WHERE trigger_id = $1 AND key = $2`

const FORGET = `
  DELETE FROM webhook_delivery WHERE trigger_id = $1 AND key = $2 AND run_id IS NULL`

type WebhookRow = TriggerRow &
  Pick<StoredWebhookTrigger, 'auth' | 'secret' | 'dedupe' | 'debounce' | 'respond' | 'headers'>

export function createWebhookStore(pool: pg.Pool): WebhookStore {
  return {
    ...createTriggerStore(pool, { table: 'webhook_trigger', toStored }),

    async findByToken(tokenHash) {
      const { rows } = await pool.query<WebhookRow & { now: Date }>(BY_TOKEN, [tokenHash])
      const [row] = rows
      return row && { trigger: toStored(row), now: row.now }
    },

    async receive(triggerId, key, input) {
      const { rows } = await pool.query<Received>(RECEIVE, [triggerId, key, JSON.stringify(input)])
      return rows[0] ?? { runId: null, input }
    },

    async finish(triggerId, key, runId) {
      await pool.query(FINISH, [triggerId, key, runId])
    },

    async forget(triggerId, key) {
      await pool.query(FORGET, [triggerId, key])
    },
  }
}

function toStored(row: WebhookRow): StoredWebhookTrigger {
  const { auth, secret, dedupe, debounce, respond, headers } = row
  return { ...toTrigger(row), auth, secret, dedupe, debounce, respond, headers }
}
