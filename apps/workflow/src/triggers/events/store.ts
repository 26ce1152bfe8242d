import type { RunId, Tenant } from '@dure/contracts'
import { ConflictError } from '@dure/kernel'
import { type Queryable, withTransaction } from '@dure/platform'
import type pg from 'pg'
import { createTriggerStore, type TriggerRow, type TriggerStore, toTrigger } from '../store.ts'
import type { EmittedEvent, StoredEventTrigger } from './event.ts'

/** So many triggers of a project may wait for events of one name: an event starts no more runs. */
export const MAX_TRIGGERS = 100

export interface EventTriggerStore extends TriggerStore<StoredEventTrigger> {
  /**
   * Saves a trigger within the limit of its event; others of the same event wait for that.
   *
   * @throws ConflictError `event-trigger.too-many`
   */
  saveWithinLimit<Saved>(
    tenant: Tenant,
    trigger: { readonly id: string; readonly eventName: string },
    save: (client: Queryable) => Promise<Saved>,
  ): Promise<Saved>
  /** Those that are enabled, oldest first. */
  ofName(tenant: Tenant, eventName: string): Promise<StoredEventTrigger[]>
}

export interface EmittedRow {
  readonly requestHash: string
  readonly runIds: readonly RunId[]
  readonly isDone: boolean
}

export interface LeftEvent {
  readonly tenant: Tenant
  readonly event: EmittedEvent
  /** How often somebody has tried, this time included. */
  readonly attempts: number
}

/** Events that were told, until everybody knows them. */
export interface EmittedStore {
  /** The event as it was stored first; the caller deals with it for the next 30 s. */
  add(
    tenant: Tenant,
    event: EmittedEvent,
    by: { readonly requestHash: string; readonly emittedBy: string },
  ): Promise<EmittedRow>
  finish(tenant: Tenant, id: string, runIds: readonly RunId[]): Promise<void>
  /** Those that were not finished in time, each for one caller. */
  claimLeft(limit: number): Promise<LeftEvent[]>
}

const COUNT = `
  SELECT count(*)::int AS count FROM event_trigger
  WHERE organization_id = $1 AND project_id = $2 AND event_name = $3 AND id <> $4`

const OF_NAME = `
  SELECT * FROM event_trigger
  WHERE organization_id = $1 AND project_id = $2 AND event_name = $3 AND enabled
  ORDER BY created_at, id LIMIT ${MAX_TRIGGERS}`

const ADD = `
  INSERT INTO event_emitted (organization_id, project_id, id, name, correlation, payload,
    request_hash, emitted_by, run_ids, claimed_until)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '{}', now() + interval '30 s')
  ON CONFLICT (organization_id, project_id, id) DO UPDATE SET id = excluded.id
  RETURNING request_hash AS "requestHash", run_ids AS "runIds", claimed_until IS NULL AS "isDone"`

const FINISH = `
  UPDATE event_emitted SET run_ids = $4, claimed_until = NULL
  WHERE organization_id = $1 AND project_id = $2 AND id = $3`

const CLAIM_LEFT = `
  WITH unfinished AS (
    SELECT organization_id, project_id, id FROM event_emitted WHERE claimed_until <= now()
    ORDER BY claimed_until LIMIT $1 FOR UPDATE SKIP LOCKED
  )
  UPDATE event_emitted e
  SET claimed_until = now() + interval '30 s' * e.attempts, attempts = e.attempts + 1
  FROM unfinished u
  WHERE (e.organization_id, e.project_id, e.id) = (u.organization_id, u.project_id, u.id)
  RETURNING e.organization_id, e.project_id, e.id, e.name, e.correlation, e.payload, e.attempts`

interface EventTriggerRow extends TriggerRow {
  readonly event_name: string
  readonly filter: string | null
}

type LeftRow = EmittedEvent &
  Pick<TriggerRow, 'organization_id' | 'project_id'> & { readonly attempts: number }

export function createEventTriggerStore(pool: pg.Pool): EventTriggerStore {
  return {
    ...createTriggerStore(pool, { table: 'event_trigger', toStored }),

    saveWithinLimit: ({ organizationId, projectId }, { id, eventName }, save) =>
      withTransaction(pool, async (client) => {
        const scope = [organizationId, projectId, eventName]
        await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
          `event_trigger/${scope.join('/')}`,
        ])
        const { rows } = await client.query<{ count: number }>(COUNT, [...scope, id])
        if ((rows[0]?.count ?? 0) >= MAX_TRIGGERS) throw tooMany()
        return save(client)
      }),

    async ofName({ organizationId, projectId }, eventName) {
      const values = [organizationId, projectId, eventName]
      return (await pool.query<EventTriggerRow>(OF_NAME, values)).rows.map(toStored)
    },
  }
}

export function createEmittedStore(pool: pg.Pool): EmittedStore {
  return {
    async add({ organizationId, projectId }, event, { requestHash, emittedBy }) {
      const { id, name, correlation, payload } = event
      const { rows } = await pool.query<EmittedRow>(ADD, [
        ...[organizationId, projectId, id, name, correlation],
        ...[JSON.stringify(payload ?? null), requestHash, emittedBy],
      ])
      return rows[0] ?? { requestHash, runIds: [], isDone: false }
    },

    async finish({ organizationId, projectId }, id, runIds) {
      await pool.query(FINISH, [organizationId, projectId, id, runIds])
    },

    async claimLeft(limit) {
      const { rows } = await pool.query<LeftRow>(CLAIM_LEFT, [limit])
      return rows.map(({ organization_id, project_id, attempts, ...event }) => ({
        tenant: { organizationId: organization_id, projectId: project_id },
        event,
        attempts,
      }))
    },
  }
}

function tooMany(): ConflictError {
  const message = `At most ${MAX_TRIGGERS} triggers wait for events of one name: delete one first`
  return new ConflictError('event-trigger.too-many', message)
}

function toStored(row: EventTriggerRow): StoredEventTrigger {
  return { ...toTrigger(row), eventName: row.event_name, filter: row.filter }
}
