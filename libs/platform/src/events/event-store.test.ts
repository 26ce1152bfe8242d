import { context, propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { withTransaction } from '../postgres/transaction.ts'
import { CommandConflictError, VersionConflictError } from './event-store.ts'
import { type EventDatabase, eventDatabase } from './testing/event-database.ts'

let db: EventDatabase
beforeAll(async () => {
  db = await eventDatabase()
})
afterAll(() => db.drop())

const typesOf = async (stream: string) => (await db.store.read(stream)).map(({ type }) => type)

describe('a stream', () => {
  test('in which nothing happened is empty', async () => {
    expect(await db.store.read('nothing')).toEqual([])
  })

  test('gives back a batch in its order, with all data to the byte', async () => {
    const odd = {
      zebra: 1,
      apple: '두레 \u0000 \ud800',
      list: [null, 0.1, -1e21],
      nested: { b: 1, a: 2 },
    }
    await withTransaction(db.pool, (client) =>
      db.store.append(client, {
        stream: 'batch',
        expectedVersion: 0,
        events: [{ type: 'first', ...odd }, { type: 'second' }],
        tenant: db.tenant,
      }),
    )

    const [first, second] = await db.store.read('batch')
    expect(JSON.stringify(first?.data)).toBe(JSON.stringify(odd))
    expect(first).toMatchObject({ version: 1, type: 'first' })
    expect(first?.at).toBeInstanceOf(Date)
    expect(second).toMatchObject({ version: 2, type: 'second', data: {} })
  })

  test('is read on from where a reader was, a page at a time', async () => {
    await db.record('paged', 0, 'a', 'b', 'c', 'd')
    const page = await db.store.read('paged', { afterVersion: 1, limit: 2 })
    expect(page.map(({ type }) => type)).toEqual(['b', 'c'])
  })

  test('shows a transaction what it has appended itself', async () => {
    await withTransaction(db.pool, async (client) => {
      const tenant = db.tenant
      await db.store.append(client, {
        stream: 'own',
        expectedVersion: 0,
        events: [{ type: 'a' }],
        tenant,
      })
      await db.store.append(client, {
        stream: 'own',
        expectedVersion: 1,
        events: [{ type: 'b' }],
        tenant,
      })
      expect(await db.store.read('own', { client })).toHaveLength(2)
      expect(await db.store.read('own')).toEqual([])
    })
    expect(await typesOf('own')).toEqual(['a', 'b'])
  })
})

describe('of two that append to the same version', () => {
  test('one is told, and nothing of it is kept', async () => {
    await db.record('raced', 0, 'started')
    const both = await Promise.allSettled([
      db.record('raced', 1, 'left', 'left'),
      db.record('raced', 1, 'right', 'right'),
    ])

    const refused = both.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
    expect(refused).toHaveLength(1)
    expect(refused[0]).toBeInstanceOf(VersionConflictError)
    expect(refused[0]).toMatchObject({ code: 'stream.version-conflict', transient: true })
    const winner = both[0].status === 'fulfilled' ? 'left' : 'right'
    expect(await typesOf('raced')).toEqual(['started', winner, winner])
  })

  test('the whole transaction of the other is undone, also what it did elsewhere', async () => {
    await db.record('taken', 0, 'started')
    const late = withTransaction(db.pool, async (client) => {
      await db.store.append(client, {
        stream: 'elsewhere',
        expectedVersion: 0,
        events: [{ type: 'lost' }],
        tenant: db.tenant,
      })
      await db.store.append(client, {
        stream: 'taken',
        expectedVersion: 0,
        events: [{ type: 'lost' }],
        tenant: db.tenant,
      })
    })
    await expect(late).rejects.toBeInstanceOf(VersionConflictError)
    expect(await db.store.read('elsewhere')).toEqual([])
  })

  test('an append beyond the end of a stream leaves no gap: it is refused', async () => {
    await db.record('short', 0, 'only')
    await expect(db.record('short', 5, 'far')).rejects.toBeInstanceOf(VersionConflictError)
    expect(await typesOf('short')).toEqual(['only'])
  })
})

describe('an append that goes with the change of a row', () => {
  beforeAll(async () => {
    await db.pool.query('CREATE TABLE thing (id text PRIMARY KEY, version int, owner int)')
  })
  const change = (owner: number, version: number) => ({
    name: 'change-thing',
    text: 'UPDATE thing SET version = $10 WHERE id = $1 AND owner = $9 AND version = $2',
    values: [owner, version],
  })
  const append = (stream: string, expectedVersion: number, ...types: string[]) => ({
    ...{ stream, expectedVersion, tenant: db.tenant },
    events: types.map((type) => ({ type })),
  })
  const versionOf = async (id: string) =>
    (await db.pool.query('SELECT version FROM thing WHERE id = $1', [id])).rows[0]?.version

  test('does both', async () => {
    await db.pool.query(`INSERT INTO thing VALUES ('both', 0, 1)`)
    expect(await db.store.appendWith(db.pool, change(1, 2), append('both', 0, 'a', 'b'))).toBe(true)
    expect(await db.store.appendWith(db.pool, change(1, 3), append('both', 2, 'c'))).toBe(true)
    expect([await typesOf('both'), await versionOf('both')]).toEqual([['a', 'b', 'c'], 3])
  })

  test('does neither where the row is of somebody else, or at another version', async () => {
    await db.pool.query(`INSERT INTO thing VALUES ('neither', 0, 1)`)
    expect(await db.store.appendWith(db.pool, change(2, 1), append('neither', 0, 'a'))).toBe(false)
    expect(await db.store.appendWith(db.pool, change(1, 6), append('neither', 5, 'a'))).toBe(false)
    expect([await typesOf('neither'), await versionOf('neither')]).toEqual([[], 0])
  })

  test('does neither where the stream is not what its row says', async () => {
    await db.record('ahead', 0, 'a')
    await db.pool.query(`INSERT INTO thing VALUES ('ahead', 0, 1)`)
    const appended = db.store.appendWith(db.pool, change(1, 1), append('ahead', 0, 'b'))
    await expect(appended).rejects.toThrow(VersionConflictError)
    expect([await typesOf('ahead'), await versionOf('ahead')]).toEqual([['a'], 0])
  })
})

describe('a command', () => {
  const carryOut = (id: string, result: unknown) =>
    withTransaction(db.pool, async (client) => {
      await db.store.append(client, {
        stream: id,
        expectedVersion: 0,
        events: [{ type: 'done' }],
        tenant: db.tenant,
      })
      await db.store.recordCommand(client, id, id, result)
    })

  test('that nobody carried out is not known', async () => {
    expect(await db.store.findCommand('never')).toBeUndefined()
  })

  test('is answered by its id once it is committed', async () => {
    await carryOut('command-1', { runId: 'run_1' })
    expect(await db.store.findCommand('command-1')).toMatchObject({
      stream: 'command-1',
      result: { runId: 'run_1' },
    })
  })

  test('whose transaction failed is not known, and its events are not there', async () => {
    const failed = withTransaction(db.pool, async (client) => {
      await db.store.recordCommand(client, 'undone', 'undone', null)
      throw new Error('the process lost its mind')
    })
    await expect(failed).rejects.toThrow('lost its mind')
    expect(await db.store.findCommand('undone')).toBeUndefined()
  })

  test('that two carry out at the same time happens once, and the other is told', async () => {
    const twice = await Promise.allSettled(
      ['left', 'right'].map((stream) =>
        withTransaction(db.pool, async (client) => {
          await db.store.recordCommand(client, 'twice', stream, stream)
          await db.store.append(client, {
            stream,
            expectedVersion: 0,
            events: [{ type: 'done' }],
            tenant: db.tenant,
          })
        }),
      ),
    )
    const refused = twice.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
    expect(refused).toHaveLength(1)
    expect(refused[0]).toBeInstanceOf(CommandConflictError)
    const command = await db.store.findCommand('twice')
    const loser = command?.stream === 'left' ? 'right' : 'left'
    expect(await typesOf(command?.stream ?? '')).toEqual(['done'])
    expect(await typesOf(loser)).toEqual([])
  })

  test('whose connection was cut before its commit is not known', async () => {
    const cut = withTransaction(db.pool, async (client) => {
      await db.store.recordCommand(client, 'cut', 'cut', null)
      const { rows } = await client.query('SELECT pg_backend_pid() AS pid')
      await db.pool.query('SELECT pg_terminate_backend($1)', [rows[0].pid])
    })
    await expect(cut).rejects.toThrow()
    expect(await db.store.findCommand('cut')).toBeUndefined()
  })
})

describe('what was going on around an event', () => {
  beforeAll(() => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
    propagation.setGlobalPropagator(new W3CTraceContextPropagator())
  })
  afterAll(() => {
    context.disable()
    propagation.disable()
  })

  test('its trace and its request, is recorded with it', async () => {
    const span = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 }
    await context.with(trace.setSpanContext(ROOT_CONTEXT, span), () =>
      withTransaction(db.pool, (client) =>
        db.store.append(client, {
          stream: 'traced',
          expectedVersion: 0,
          events: [{ type: 'happened' }],
          tenant: db.tenant,
          requestId: 'req_1',
        }),
      ),
    )
    const { rows } = await db.pool.query(`SELECT meta FROM events WHERE stream = 'traced'`)
    expect(rows).toEqual([
      {
        meta: { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`, requestId: 'req_1' },
      },
    ])
  })
})
