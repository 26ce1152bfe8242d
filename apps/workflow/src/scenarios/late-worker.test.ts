import type { TaskRef } from '@dure/contracts'
import { everyTenant } from '@dure/platform'
import { eventually } from '@dure/platform/testing'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { succeeded } from '../testing/harness.ts'
import { echo, inARow } from './testing/graphs.ts'
import { type PausableProxy, pausableProxy } from './testing/pausable-proxy.ts'
import { publish, type Replica, type Replicas, startReplicas } from './testing/replicas.ts'

let replicas: Replicas
let proxy: PausableProxy
let slow: Replica
let other: Replica
beforeAll(async () => {
  replicas = await startReplicas()
  proxy = await pausableProxy(replicas.databaseUrl)
  slow = await replicas.add({ DATABASE_URL: proxy.url })
  // Results are taken in one after the other, in their order.
  other = await replicas.add({ RESULT_CONCURRENCY: 1 })
})
afterAll(async () => {
  proxy?.resume()
  await replicas?.close()
  await proxy?.close()
})

const get = async (id: string) => (await other.call('GET', `/v1/runs/${id}`)).json()
const start = async (by: Replica, workflowId: string) =>
  (await (await by.call('POST', `/v1/workflows/${workflowId}/runs`, {})).json()).id
const eventsOf = (id: string) =>
  replicas.sql<{ event: Record<string, unknown> }>(
    `SELECT e.event FROM run_commit, json_array_elements(events) WITH ORDINALITY AS e (event, n)
     WHERE run_id = $1 ORDER BY first_version, n`,
    [id],
  )

/** As long as the work goes on, nobody can store an event that was told. */
async function whileNobodyTells(work: () => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: everyTenant(replicas.databaseUrl) })
  await client.connect()
  try {
    await client.query('BEGIN; LOCK TABLE event_emitted IN SHARE MODE')
    await work()
  } finally {
    await client.end()
  }
}

const tellingWaits = `
  SELECT FROM pg_stat_activity
  WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%INSERT INTO event_emitted%'`

test('5: a service that was frozen past its lease comes back: its commit is refused', async () => {
  const tell = {
    id: 'tell',
    type: 'emit_event',
    config: { name: 'order.paid', payload: { n: 1 } },
    policy: { onUnknownOutcome: 'retry' },
  }
  const workflowId = await publish(other, inARow([tell], { id: '{{ nodes.tell.data.eventId }}' }))
  let id = ''
  await whileNobodyTells(async () => {
    id = await start(slow, workflowId)
    await eventually(async () => expect(await replicas.sql(tellingWaits)).toHaveLength(1))
    proxy.pause()
  })
  // Thirty seconds later.
  await replicas.sql(
    `UPDATE run SET lease_until = now() - interval '1 s', wake_at = now() WHERE id = $1`,
    [id],
  )
  const completed = await eventually(async () => {
    const run = await get(id)
    expect(run.status).toBe('completed')
    return run
  })
  const events = await eventsOf(id)
  expect(events.map(({ event }) => [event.type, event.attempt])).toEqual([
    ['run.started', undefined],
    ['node.completed', undefined],
    ['node.started', 1],
    ['node.retrying', 1],
    ['node.started', 2],
    ['node.completed', 2],
    ['node.completed', undefined],
    ['run.completed', undefined],
  ])

  proxy.resume()
  // It closes when it has nothing in hand any more.
  await slow.service.close()
  expect(await eventsOf(id)).toEqual(events)
  expect(await get(id)).toEqual(completed)
  expect(await replicas.sql('SELECT FROM event_emitted')).toHaveLength(1)
})

test('5: the result of an attempt that was given up is refused, and the run goes on', async () => {
  const tasks: TaskRef[] = []
  replicas.answer = (task) => {
    tasks.push(task)
    const error = { code: 'agent.interrupted', message: 'It died', class: 'interrupted' } as const
    return task.attempt === 1 ? { status: 'failed', error } : undefined
  }
  const workflowId = await publish(other, inARow([echo('a')], { by: '{{ nodes.a.data.by }}' }))
  const id = await start(other, workflowId)
  await eventually(() => expect(tasks.map(({ attempt }) => attempt)).toEqual([1, 2]))

  const [first, second] = tasks as [TaskRef, TaskRef]
  await replicas.send(first, succeeded({ by: 'the first' }))
  await replicas.send(second, succeeded({ by: 'the second' }))
  const run = await eventually(async () => {
    const now = await get(id)
    expect(now.status).toBe('completed')
    return now
  })
  expect(run.output).toEqual({ by: 'the second' })
})
