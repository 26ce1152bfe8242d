import { type RunEvent, type RunId, runEventVersions, type TaskRef } from '@dure/contracts'
import { createEventRegistry, NewerEventError } from '@dure/kernel'
import { eventually } from '@dure/platform/testing'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Harness, startHarness, succeeded } from '../testing/harness.ts'
import { type SealedFixture, sealedFixture } from '../testing/sealed-fixture.ts'
import { createRunReadStore } from './read-store.ts'
import { createRunStore } from './store.ts'

/** The next release, in which a node that completed says `out` instead of `port`. */
const next = createEventRegistry<RunEvent>({
  ...runEventVersions,
  'node.completed': { version: 2, upcasters: [({ port, ...rest }) => ({ ...rest, out: port })] },
})

describe('two releases side by side', () => {
  let f: SealedFixture
  beforeAll(async () => {
    f = await sealedFixture()
  })
  afterAll(() => f.close())

  test('understand each other as far as they can', async () => {
    const newer = createRunStore({ pool: f.pool, reducerHash: 'two', registry: next })
    const { run, events } = await f.started()
    const old = f.completed('a')
    const { port, ...rest } = f.completed('b') as RunEvent & { port: string }
    const fresh = { ...rest, out: port } as unknown as RunEvent
    await f.store.commit(f.change(run, 1, { events: [old] }))
    await newer.commit(f.change(run, 2, { events: [fresh] }))

    const { port: before, ...others } = old as RunEvent & { port: string }
    const all = [...events, { ...others, out: before }, fresh]
    expect((await newer.load(run.id))?.events).toEqual(all)
    const page = { runId: run.id, afterVersion: 0, limit: 10 }
    const read = await createRunReadStore(f.pool, next).readEvents(page)
    expect(read.map(({ version, event }) => [version, event])).toEqual(
      all.map((event, index) => [index + 1, event]),
    )

    await expect(f.store.load(run.id)).rejects.toBeInstanceOf(NewerEventError)
    await expect(f.store.load(run.id, 2)).rejects.toMatchObject({ transient: true })
    const today = createRunReadStore(f.pool)
    await expect(today.readEvents(page)).rejects.toBeInstanceOf(NewerEventError)
    expect(await today.readEvents({ ...page, limit: 2 })).toHaveLength(2)

    await f.sealAll()
    expect((await f.sealed()).map(({ schemaVersion, data }) => [schemaVersion, data])).toEqual([
      [undefined, expect.anything()],
      [undefined, expect.objectContaining({ port: 'out' })],
      [2, expect.objectContaining({ out: 'out' })],
    ])
  })
})

describe('a run on which a newer build has decided', () => {
  let harness: Harness
  let pool: pg.Pool
  beforeAll(async () => {
    harness = await startHarness({ RESEND_AFTER_MS: 100 })
    pool = new pg.Pool({ connectionString: harness.databaseUrl, max: 2 })
  })
  afterAll(async () => {
    await pool.end()
    await harness.close()
  })

  const rewrite = (runId: RunId, from: string, to: string) =>
    pool.query(
      `UPDATE run_commit SET events = replace(events::text, $2, $3)::json WHERE run_id = $1`,
      [runId, from, to],
    )
  const stored = async (runId: RunId) =>
    (await pool.query('SELECT status FROM node_task WHERE run_id = $1', [runId])).rows

  test('waits, with its results, for a process that knows what that was', async () => {
    const echo = (id: string) => ({ id, type: 'echo', config: {} })
    const workflowId = await harness.publish({
      nodes: [
        { id: 'start', type: 'start' },
        echo('a'),
        { id: 'end', type: 'end', config: { outputs: {} } },
      ],
      edges: [
        { from: 'start', to: 'a' },
        { from: 'a', to: 'end' },
      ],
    })
    let asked: TaskRef | undefined
    harness.answer = (task) => {
      asked = task
      return undefined
    }
    const url = `/v1/workflows/${workflowId}/runs`
    const { id } = await (await harness.call({ method: 'POST', url, body: {} })).json()
    const runId = id as RunId
    const task = await eventually(() => {
      if (!asked) throw new Error('not asked yet')
      return asked
    })
    // What the memory of this process holds is older than the commit of the other build.
    const skip = '{"type":"node.skipped","schemaVersion":2,"nodeId":"end"}'
    await pool.query(
      `WITH moved AS (UPDATE run SET version = version + 1 WHERE id = $1 RETURNING *)
       INSERT INTO run_commit (run_day, run_id, first_version, events_count, events,
         organization_id, project_id)
       SELECT run_day(id), id, version, 1, $2, organization_id, project_id FROM moved`,
      [runId, `[${skip}]`],
    )

    await harness.send(task, succeeded({ n: 1 }))
    await eventually(async () => expect(await stored(runId)).toEqual([{ status: 'done' }]))
    const events = await harness.call({ url: `/v2/runs/${runId}/events` })
    expect(await events.text()).not.toContain('node.skipped')
    const shown = await harness.call({ url: `/v1/runs/${runId}` })
    expect([shown.status, (await shown.json()).code]).toEqual([503, 'event.newer-schema'])
    const letters = await harness.call({ url: '/v2/dead-letters' })
    expect((await letters.json()).data).toEqual([])
    const { rows } = await pool.query('SELECT status, lease_owner FROM run WHERE id = $1', [runId])
    expect(rows).toEqual([{ status: 'running', lease_owner: null }])

    // As if this process were of the newer build from now on.
    await rewrite(runId, skip, '{"type":"run.signalled","name":"x","payload":1,"by":"key_1"}')
    await eventually(async () => {
      const run = await (await harness.call({ url: `/v1/runs/${runId}` })).json()
      expect(run).toMatchObject({ status: 'completed' })
    })
    expect(await stored(runId)).toEqual([])
  })
})
