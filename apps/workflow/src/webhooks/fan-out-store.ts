import type { RecordedEvent, RunId } from '@dure/contracts'
import { type Queryable, withTransaction } from '@dure/platform'
import type pg from 'pg'
import { approvalId } from '../runs/commit-store.ts'
import type { SealedSequence } from '../runs/sealed-store.ts'
import { isTold, messageOf, type ToldRun, type WebhookEventType } from './message.ts'

/** Turns events into what endpoints are to be told, in the one order of events. */
export interface FanOutStore {
  /**
   * A page of events: what is to be told of them and how far they were read are one transaction, so
   * that nothing is left out and nothing is told twice. One process at a time does this.
   *
   * @returns of how many events somebody may have to be told, and whether there is more to read
   */
  advance(): Promise<{ readonly told: number; readonly more: boolean }>
}

const NOTHING = { told: 0, more: false }
const PAGE = 500
const CONSUMER = 'webhooks'

const LOCK = `SELECT pg_try_advisory_xact_lock('webhook_endpoint'::regclass::oid::bigint) AS mine`
const CURSOR = 'SELECT g FROM relay_cursors WHERE consumer = $1'
// Of one moment: an endpoint that is not seen here has not missed what was sealed until then.
const NOBODY = `
  SELECT g FROM seal_head WHERE NOT EXISTS (SELECT FROM webhook_endpoint WHERE enabled)`
const MOVE = 'UPDATE relay_cursors SET g = $2, at = now() WHERE consumer = $1 AND g < $2'
const RUNS = `
  SELECT id, workflow_id AS "workflowId", version_number AS "versionNumber"
  FROM run WHERE id = ANY ($1)`

// The id says which event and which endpoint, however often it is made.
const INSERT = `
  INSERT INTO event_delivery
    (id, endpoint_id, organization_id, project_id, g, event_type, run_id, payload)
  SELECT 'whd_' || left(encode(sha256(convert_to(e.id || ':' || t.g, 'UTF8')), 'hex'), 32),
    e.id, e.organization_id, e.project_id, t.g, t.event_type, t.run_id, t.payload
  FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[])
    AS t (organization_id, project_id, g, event_type, run_id, payload)
  JOIN webhook_endpoint e ON e.organization_id = t.organization_id
    AND e.project_id = t.project_id AND e.enabled AND t.event_type = ANY (e.event_types)
  ON CONFLICT (endpoint_id, g) DO NOTHING`

type ToldEvent = RecordedEvent & { readonly type: WebhookEventType }

export function createFanOutStore(pool: pg.Pool, sequence: SealedSequence): FanOutStore {
  async function first<Value>(client: Queryable, text: string, values: unknown[] = []) {
    const { rows } = await client.query<Record<string, Value>>({ text, values })
    return rows[0] && Object.values(rows[0])[0]
  }

  async function readPage(client: Queryable, afterG: number) {
    const head = await first<string>(client, NOBODY)
    if (head !== undefined) return { lastG: Number(head), told: [], more: false }
    const page = await sequence.read(client, { afterG, limit: PAGE })
    return {
      lastG: page.at(-1)?.event.g ?? afterG,
      told: page.flatMap(({ event }) => (isToldEvent(event) ? [event] : [])),
      more: page.length === PAGE,
    }
  }

  return {
    advance: () =>
      withTransaction(pool, async (client) => {
        if (!(await first<boolean>(client, LOCK))) return NOTHING
        const cursor = await first<string>(client, CURSOR, [CONSUMER])
        if (cursor === undefined) return NOTHING
        const { lastG, told, more } = await readPage(client, Number(cursor))
        if (told.length > 0) await tell(client, told)
        if (lastG > Number(cursor)) await client.query(MOVE, [CONSUMER, lastG])
        return { told: told.length, more }
      }),
  }
}

async function tell(client: Queryable, told: readonly ToldEvent[]): Promise<void> {
  const ids = [...new Set(told.map(({ stream }) => stream))]
  const { rows } = await client.query<ToldRun & { id: string }>({ text: RUNS, values: [ids] })
  const runs = new Map(rows.map((run) => [run.id, run]))
  await client.query({
    text: INSERT,
    values: [
      told.map(({ tenant }) => tenant.organizationId),
      told.map(({ tenant }) => tenant.projectId),
      told.map(({ g }) => g),
      told.map(({ type }) => type),
      told.map(({ stream }) => stream),
      told.map((event) => messageOf(event, { run: runs.get(event.stream), ...approvalOf(event) })),
    ],
  })
}

function isToldEvent(event: RecordedEvent): event is ToldEvent {
  return isTold(event.type)
}

/** What the approval is known by in the API. */
function approvalOf({ type, stream, data }: ToldEvent): { readonly approvalId?: string } {
  if (!type.startsWith('approval.')) return {}
  const { path, nodeId } = data as { readonly path?: string; readonly nodeId: string }
  return { approvalId: approvalId(stream as RunId, path ?? nodeId) }
}
