import type { EventSource, Tenant } from '@dure/contracts'
import { ConflictError, createEventRegistry, type EventRegistry } from '@dure/kernel'
import type pg from 'pg'
import type { Queryable } from '../postgres/transaction.ts'
import { currentTrace } from '../trace.ts'
import { readSealed, type SealedEvent, type SealedPage } from './sealer.ts'

export interface Append {
  readonly stream: string
  /** Of the last event that the decision was based on; 0 when nothing has happened yet. */
  readonly expectedVersion: number
  /** Everything beside the type is the data of the event. */
  readonly events: readonly { readonly type: string }[]
  readonly tenant: Tenant
  readonly requestId?: string
}

export interface StoredEvent {
  readonly version: number
  readonly type: string
  /** As this build knows them, whichever build recorded them. */
  readonly data: Record<string, unknown>
  readonly at: Date
}

export interface ReadOptions {
  readonly afterVersion?: number
  /** 1000 when absent: read on from the last version for more. */
  readonly limit?: number
  /** The transaction to read in. */
  readonly client?: Queryable
}

export interface RecordedCommand {
  readonly stream: string
  readonly result: unknown
  readonly at: Date
}

/** An UPDATE of one row by its key and the version of its stream. */
export interface RowChange {
  /** Of the prepared statement: one for each text. */
  readonly name: string
  /** Its own parameters begin with `$9`. */
  readonly text: string
  readonly values: readonly unknown[]
}

/** The facts of one service, one stream per thing that they happened to, in its own database. */
export interface EventStore {
  /** Whose facts these are. */
  readonly source: EventSource
  /**
   * Adds to a stream in one statement, within the transaction of the caller.
   *
   * @throws VersionConflictError and the transaction must be rolled back
   */
  append(client: pg.PoolClient, append: Append): Promise<void>
  /**
   * Changes one row and adds to a stream, both or neither, in one statement: alone on a pool, it is one round trip and
   * one commit. The change holds only as long as the row says that its stream is at `expectedVersion`.
   *
   * @returns false when there is no such row, and nothing was done
   * @throws VersionConflictError when the row is not what its stream says
   */
  appendWith(client: Queryable, change: RowChange, append: Append): Promise<boolean>
  /** @throws NewerEventError */
  read(stream: string, options?: ReadOptions): Promise<StoredEvent[]>
  /**
   * Notes, in the transaction that carries it out, that a command was carried out.
   *
   * @param id unique in this service: where it comes from a client, hash it together with the tenant
   * @throws CommandConflictError when somebody else was first; `findCommand` has their result
   */
  recordCommand(client: pg.PoolClient, id: string, stream: string, result: unknown): Promise<void>
  findCommand(id: string): Promise<RecordedCommand | undefined>
  /** Across all streams, in the one order that every reader sees; with the data as they were recorded. */
  readSealed(page: SealedPage): Promise<SealedEvent[]>
}

export interface EventStoreOptions {
  readonly pool: pg.Pool
  readonly source: EventSource
  /** Absent: events of any type, and all of version 1. */
  readonly registry?: EventRegistry<{ readonly type: string }>
}

export class VersionConflictError extends ConflictError {
  override readonly transient = true

  constructor(stream: string, cause?: unknown) {
    const message = 'Someone else changed this at the same time'
    super('stream.version-conflict', message, { stream }, { cause })
  }
}

export class CommandConflictError extends ConflictError {
  override readonly transient = true

  constructor(cause: unknown) {
    super('command.already-recorded', 'The same was asked for at the same time', {}, { cause })
  }
}

// The predecessor must be there: a stream has no gaps, and each event comes after what it is based on.
const APPEND = `
  INSERT INTO events
    (stream, version, type, schema_version, data, meta, organization_id, project_id)
  SELECT $1::text, $2::int + n::int, type, schema_version, data, $3::jsonb, $4, $5
  FROM unnest($6::text[], $7::int[], $8::json[])
    WITH ORDINALITY AS appended (type, schema_version, data, n)
  WHERE $2 = 0 OR EXISTS (SELECT FROM events WHERE stream = $1 AND version = $2)
  ORDER BY n`

const appendWith = (change: string) => `
  WITH changed AS (${change} RETURNING 1)
  INSERT INTO events
    (stream, version, type, schema_version, data, meta, organization_id, project_id)
  SELECT $1::text, $2::int + n::int, type, schema_version, data, $3::jsonb, $4, $5
  FROM changed, unnest($6::text[], $7::int[], $8::json[])
    WITH ORDINALITY AS appended (type, schema_version, data, n)
  ORDER BY n`

const READ = `
  SELECT version, type, schema_version, data, at
  FROM events WHERE stream = $1 AND version > $2 ORDER BY version LIMIT $3`

const RECORD_COMMAND = 'INSERT INTO commands (id, stream, result) VALUES ($1, $2, $3)'
const FIND_COMMAND = 'SELECT stream, result, at FROM commands WHERE id = $1'

interface StoredRow extends StoredEvent {
  readonly schema_version: number
}

export function createEventStore({
  pool,
  source,
  registry = createEventRegistry(),
}: EventStoreOptions): EventStore {
  function valuesOf({ stream, expectedVersion, events, tenant, requestId }: Append): unknown[] {
    return [
      stream,
      expectedVersion,
      JSON.stringify({ ...currentTrace(), requestId }),
      tenant.organizationId,
      tenant.projectId,
      events.map(({ type }) => type),
      events.map(({ type }) => registry.versionOf(type)),
      events.map(({ type: _, ...data }) => JSON.stringify(data)),
    ]
  }

  return {
    source,

    async append(client, appended) {
      if (appended.events.length === 0) return
      const query = { name: 'dure-append', text: APPEND, values: valuesOf(appended) }
      const { rowCount } = await client.query(query).catch(conflictIn(appended))
      if (rowCount === 0) throw new VersionConflictError(appended.stream)
    },

    async appendWith(client, { name, text, values }, appended) {
      if (appended.events.length === 0) throw new TypeError('There is nothing to append')
      const query = { name, text: appendWith(text), values: [...valuesOf(appended), ...values] }
      const { rowCount } = await client.query(query).catch(conflictIn(appended))
      return rowCount !== 0
    },

    async read(stream, { afterVersion = 0, limit = 1000, client = pool } = {}) {
      const values = [stream, afterVersion, limit]
      const { rows } = await client.query<StoredRow>({ name: 'dure-read', text: READ, values })
      return rows.map(({ schema_version, ...event }) => ({
        ...event,
        data: registry.upcast(event.type, schema_version, event.data),
      }))
    },

    async recordCommand(client, id, stream, result) {
      const values = [id, stream, JSON.stringify(result ?? null)]
      await client.query({ text: RECORD_COMMAND, values }).catch((error: unknown) => {
        throw violates(error, 'commands_pkey') ? new CommandConflictError(error) : error
      })
    },

    async findCommand(id) {
      const { rows } = await pool.query<RecordedCommand>(FIND_COMMAND, [id])
      return rows[0]
    },

    readSealed: (page) => readSealed(pool, page),
  }
}

function conflictIn({ stream }: Append) {
  return (error: unknown): never => {
    throw violates(error, 'events_pkey') ? new VersionConflictError(stream, error) : error
  }
}

const UNIQUE_VIOLATION = '23505'

function violates(error: unknown, constraint: string): boolean {
  if (!(error instanceof Error) || !('code' in error) || !('constraint' in error)) return false
  return error.code === UNIQUE_VIOLATION && error.constraint === constraint
}
