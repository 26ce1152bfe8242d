import { InvalidInputError } from '@dure/kernel'
import { context, propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { withTransaction } from '../postgres/transaction.ts'
import { connectQueues } from '../queues/queues.ts'
import { eventually, silentLog } from '../testing/index.ts'
import { runInTrace } from '../trace.ts'
import type { RelayOptions } from './relay.ts'
import { sealEvents } from './sealer.ts'
import type { EventDatabase } from './testing/event-database.ts'
import { redisProxy } from './testing/redis-proxy.ts'
import { type RelayFixture, relayFixture } from './testing/relay-fixture.ts'

/** Longer than any test: only kicks move such a relay. */
const NEVER_MS = 3_600_000

let fixture: RelayFixture
let db: EventDatabase
beforeEach(async () => {
  fixture = await relayFixture()
  db = fixture.db
})
afterEach(() => fixture.close())

const upTo = (last: number, first = 1) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index)

describe('a relay', () => {
  test('says every event on, in order, with all that was recorded', async () => {
    await db.record('run_1', 0, 'run.started', 'node.completed')
    await db.record('run_2', 0, 'run.started')
    const seen = fixture.analytics()
    fixture.relay().start()
    await eventually(() => expect(seen.positions).toEqual([1, 2, 3]))
    expect(seen.events[1]).toEqual({
      g: 2,
      stream: 'run_1',
      version: 2,
      type: 'node.completed',
      at: expect.any(String),
      tenant: db.tenant,
      data: {},
    })
  })

  test('finds what was committed since by itself', async () => {
    const seen = fixture.analytics()
    fixture.relay({ pollMs: 5 }).start()
    for (const version of [0, 1, 2]) {
      await db.record('run_1', version, 'node.completed')
      await eventually(() => expect(seen.positions).toEqual(upTo(version + 1)))
    }
  })

  test('is woken by a kick', async () => {
    const seen = fixture.analytics()
    const woken = fixture.relay({ pollMs: NEVER_MS })
    woken.start()
    for (const version of [0, 1, 2]) {
      await db.record('run_1', version, 'node.completed')
      woken.kick()
      await eventually(() => expect(seen.positions).toEqual(upTo(version + 1)))
    }
  })

  test('works off more than fits into one of its passes', async () => {
    await db.record('run_1', 0, ...Array.from({ length: 2300 }, () => 'node.completed'))
    const { sent, queues } = fixture.watched()
    fixture.relay({ queues, pollMs: NEVER_MS }).start()
    await eventually(() => expect(sent).toEqual(upTo(2300)))
  })

  test('goes on where the one before it ended', async () => {
    await db.record('run_1', 0, 'run.started')
    const first = fixture.watched()
    const before = fixture.relay({ queues: first.queues })
    before.start()
    await eventually(() => expect(first.sent).toEqual([1]))
    await before.close()

    await db.record('run_1', 1, 'run.completed')
    const second = fixture.watched()
    fixture.relay({ queues: second.queues }).start()
    await eventually(() => expect(second.sent).toEqual([2]))
  })

  test('that is closed has finished the batch in hand: the next one does not send it again', async () => {
    await db.record('run_1', 0, 'run.started')
    const sending = Promise.withResolvers<void>()
    const proceed = Promise.withResolvers<void>()
    const first = fixture.watched(() => {
      sending.resolve()
      return proceed.promise
    })
    const closed = fixture.relay({ queues: first.queues })
    closed.start()
    await sending.promise
    const closure = closed.close()
    proceed.resolve()
    await closure

    await db.record('run_1', 1, 'run.completed')
    const second = fixture.watched()
    fixture.relay({ queues: second.queues }).start()
    await eventually(() => expect(second.sent).toEqual([2]))
  })

  test('reports how far it has come, also when nothing happens any more', async () => {
    await db.record('run_1', 0, 'run.started', 'run.completed')
    const seen = fixture.analytics()
    fixture.relay({ beaconMs: 0, pollMs: 5 }).start()
    await eventually(() => expect(seen.heads.filter((g) => g === 2).length).toBeGreaterThan(1))
  })
})

describe('nothing is lost', () => {
  test('when a relay dies between the messages and its cursor: they go out again', async () => {
    const seen = fixture.analytics()
    await db.record('run_1', 0, 'run.started', 'run.completed')
    let deaths = 0
    const { queues: dying } = fixture.watched(async () => {
      if (deaths++ > 0) return
      await fixture.queueIsEmpty()
      await db.pool.query(`
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND state = 'idle in transaction'`)
    })
    fixture.relay({ queues: dying, pollMs: 5 }).start()
    await eventually(() => expect(seen.positions).toEqual([1, 2, 1, 2]))
  })

  test('when Redis is away for a while', async () => {
    const proxy = await redisProxy(fixture.redis.redisUrl)
    fixture.closeAfter(() => proxy.cut())
    const remote = connectQueues({
      redisUrl: proxy.url,
      prefix: fixture.redis.prefix,
      log: silentLog(),
    })
    fixture.closeAfter(() => remote.close())
    const failures: unknown[] = []
    const noticed: RelayOptions['queues'] = {
      sendAll: (messages, options) =>
        remote.sendAll(messages, options).catch((error: unknown) => {
          failures.push(error)
          throw error
        }),
    }
    const seen = fixture.analytics()
    await db.record('run_1', 0, 'run.started')
    fixture.relay({ queues: noticed, pollMs: 5 }).start()
    await eventually(() => expect(seen.positions).toEqual([1]))

    await proxy.cut()
    await db.record('run_1', 1, 'node.completed', 'run.completed')
    await eventually(() => expect(failures.length).toBeGreaterThan(0))
    const { rows } = await db.pool.query('SELECT g FROM relay_cursors')
    expect(rows).toEqual([{ g: '1' }])

    await proxy.restore()
    await eventually(() => expect(new Set(seen.positions)).toEqual(new Set([1, 2, 3])))
  })

  test('when a transaction commits late', async () => {
    const seen = fixture.analytics()
    fixture.relay({ pollMs: 5 }).start()
    await withTransaction(db.pool, async (slow) => {
      const events = [{ type: 'run.started' }]
      const tenant = db.tenant
      await db.store.append(slow, { stream: 'slow', expectedVersion: 0, events, tenant })
      await db.record('fast', 0, 'run.started')
      await eventually(() => expect(seen.positions).toEqual([1]))
    })
    await eventually(() => expect(seen.positions).toEqual([1, 2]))
    expect(seen.events.map(({ stream }) => stream)).toEqual(['fast', 'slow'])
  })
})

test('of several relays of one service, each event is sent by one', async () => {
  const { sent, queues } = fixture.watched()
  const all = [1, 2, 3].map(() => fixture.relay({ queues, pollMs: 1 }))
  for (const one of all) one.start()
  for (let n = 0; n < 60; n++) {
    await db.record(`run_${n}`, 0, 'run.started', 'run.completed')
    all[n % 3]?.kick()
  }
  await eventually(() => expect(sent).toHaveLength(120))
  await Promise.all(all.map((one) => one.close()))
  expect(sent).toEqual(upTo(120))
})

describe('a part that is asked for again', () => {
  test('is sent again, and nothing else', async () => {
    await db.record('run_1', 0, 'a', 'b', 'c', 'd', 'e')
    const seen = fixture.analytics()
    const asked = fixture.relay()
    asked.start()
    await eventually(() => expect(seen.positions).toEqual(upTo(5)))
    await fixture.queueIsEmpty()
    await asked.resend(2, 4)
    await eventually(() => expect(seen.positions).toEqual([1, 2, 3, 4, 5, 2, 3, 4]))
  })

  test('ends where the sequence ends', async () => {
    await db.record('run_1', 0, 'a', 'b')
    await sealEvents(db.pool, 10)
    const { sent, queues } = fixture.watched()
    await fixture.relay({ queues }).resend(2, 900)
    expect(sent).toEqual([2])
  })

  test('is cut after 10,000 events', async () => {
    await db.record('run_1', 0, ...Array.from({ length: 10_200 }, () => 'node.completed'))
    await sealEvents(db.pool, 20_000)
    const { sent, queues } = fixture.watched()
    await fixture.relay({ queues }).resend(101, 1_000_000)
    expect(sent).toEqual(upTo(10_100, 101))
  })

  test.each([
    [0, 5],
    [5, 4],
    [Number.NaN, 4],
  ])('from %d to %d is refused', async (fromG, toG) => {
    const refused = fixture.relay().resend(fromG, toG)
    await expect(refused).rejects.toBeInstanceOf(InvalidInputError)
    await expect(refused).rejects.toMatchObject({ code: 'events.invalid-range' })
  })
})

describe('with tracing', () => {
  beforeAll(() => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
    propagation.setGlobalPropagator(new W3CTraceContextPropagator())
  })
  afterAll(() => {
    context.disable()
    propagation.disable()
  })

  test('the consumer of an event continues the trace in which it was recorded', async () => {
    const ids = ['a', 'b', 'a'].map((digit) => digit.repeat(32))
    for (const [version, id] of ids.entries()) {
      await runInTrace({ traceparent: `00-${id}-${'1'.repeat(16)}-01` }, () =>
        db.record('run_1', version, 'node.completed'),
      )
    }
    await db.record('run_1', 3, 'run.completed')
    const seen = fixture.analytics()
    // Started within a request: what it sends belongs to none of it.
    const other = { traceId: 'f'.repeat(32), spanId: 'f'.repeat(16), traceFlags: 1 }
    context.with(trace.setSpanContext(ROOT_CONTEXT, other), () => fixture.relay().start())
    await eventually(() => expect(seen.positions).toEqual([1, 2, 3, 4]))
    expect(seen.traces).toEqual([...ids, undefined])
  })
})
