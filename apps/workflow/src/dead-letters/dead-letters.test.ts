import type { NodeId, RunId } from '@dure/contracts'
import type { InboxItem, RunIdentity } from '@dure/engine'
import { createIdentityVerifier, createService, type Service } from '@dure/platform'
import { silentLog, testIdentity, testTenant } from '@dure/platform/testing'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createRunReadStore } from '../runs/read-store.ts'
import { type StoreFixture, storeFixture } from '../testing/store-fixture.ts'
import { recordingDeadLetters } from './recording-store.ts'
import { deadLetterRoutes } from './routes.ts'
import { createDeadLetterService } from './service.ts'
import { createDeadLetterStore, recordDeadLetters } from './store.ts'

const caller = testIdentity()
const stranger = { tenant: testTenant('2') }
const error = { code: 'task.bug', message: 'No', class: 'internal' } as const
let f: StoreFixture
let service: Service
/** What was asked of runs; they stay as they are. */
const commands: { readonly runId: RunId; readonly item: InboxItem }[] = []

beforeAll(async () => {
  f = await storeFixture()
  const verifier = createIdentityVerifier({ publicKey: caller.publicKey, audience: 'workflow' })
  service = await createService({
    name: 'workflow',
    log: silentLog(),
    verifier,
    idempotencyPool: f.pool,
  })
  const deadLetters = createDeadLetterService({
    store: createDeadLetterStore(f.pool),
    runs: createRunReadStore(f.pool),
    orchestrator: {
      async command(runId, tenant, item) {
        commands.push({ runId, item })
        return f.store.post(runId, tenant, item)
      },
    },
  })
  await service.register(deadLetterRoutes, { deadLetters })
})
afterAll(async () => {
  await service.close()
  await f.close()
})
beforeEach(async () => {
  await f.pool.query('DELETE FROM dead_letter')
  commands.length = 0
})

async function call(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object, as = {}) {
  const response = await service.inject({
    method,
    url: `/v2/dead-letters${path}`,
    headers: await caller.headers('workflow', as),
    ...(body && { payload: body }),
  })
  return { status: response.statusCode, body: response.body === '' ? null : response.json() }
}

async function failedRun(): Promise<RunIdentity> {
  return (await f.started({ status: 'failed' })).run
}

async function letterOf(run: RunIdentity, path = 'ask', attempt = 1): Promise<string> {
  await recordDeadLetters(f.pool, run, [{ path, attempt, nodeType: 'llm', error }])
  const { body } = await call('GET', '?limit=1')
  return body.data[0].id
}

describe('what a commit leaves behind', () => {
  const nodeFailed = {
    type: 'node.failed',
    nodeId: 'ask' as NodeId,
    nodeType: 'llm',
    attempt: 3,
  } as const

  const failing = (run: RunIdentity, expectedVersion = 1) =>
    f.change(run, expectedVersion, { events: [{ ...nodeFailed, error }], status: 'failed' })

  test('is there with the commit, before anybody is told of it', async () => {
    const { run } = await f.started()
    const committed = await recordingDeadLetters(f.store, f.pool).commit(failing(run))

    expect(committed.state).toBe('committed')
    const { body } = await call('GET', '')
    expect(body).toEqual({
      data: [
        {
          id: expect.stringMatching(/^dl_[0-9a-f]{32}$/),
          runId: run.id,
          path: 'ask',
          queue: 'run',
          message: 'node.failed',
          payload: { attempt: 3, payload: { nodeType: 'llm' } },
          error,
          createdAt: expect.any(String),
          redrivenAt: null,
        },
      ],
      nextCursor: null,
    })
  })

  test('is nothing when somebody else committed first', async () => {
    const { run } = await f.started()
    const committed = await recordingDeadLetters(f.store, f.pool).commit(failing(run, 7))

    expect(committed.state).toBe('conflict')
    expect((await call('GET', '')).body.data).toEqual([])
  })

  test('is once for each attempt', async () => {
    const run = await failedRun()
    expect(await letterOf(run)).toBe(await letterOf(run))
    expect((await call('GET', '')).body.data).toHaveLength(1)
  })

  describe('cannot be recorded', () => {
    beforeEach(() => f.pool.query('ALTER TABLE dead_letter RENAME TO gone'))
    afterEach(() => f.pool.query('ALTER TABLE gone RENAME TO dead_letter'))

    test('and then nothing is committed', async () => {
      const { run } = await f.started()
      const store = recordingDeadLetters(f.store, f.pool)

      await expect(store.commit(failing(run))).rejects.toThrow('dead_letter')
      expect(await f.row(run.id)).toMatchObject({ version: 1, status: 'running' })
    })

    test('and nobody minds, because it is nearly always nothing', async () => {
      const { run } = await f.started()
      const refused = { ...error, code: 'a.b', class: 'invalid' as const }
      const events = [f.completed('a'), { ...nodeFailed, error: refused }]
      const store = recordingDeadLetters(f.store, f.pool)

      expect(await store.commit(f.change(run, 1, { events }))).toMatchObject({ state: 'committed' })
    })
  })
})

describe('dead letters', () => {
  test('are listed newest first, in pages, redriven or not', async () => {
    const run = await failedRun()
    const ids: string[] = []
    for (const attempt of [1, 2, 3]) {
      ids.unshift(await letterOf(run, 'ask', attempt))
      await f.pool.query("UPDATE dead_letter SET at = at - interval '1 s'")
    }
    const first = (await call('GET', '?limit=2')).body
    const rest = (await call('GET', `?limit=2&cursor=${first.nextCursor}`)).body
    expect([...first.data, ...rest.data].map(({ id }) => id)).toEqual(ids)
    expect(rest.nextCursor).toBeNull()
    expect((await call('GET', '?redriven=true')).body.data).toEqual([])
    expect((await call('GET', '?redriven=false')).body.data).toHaveLength(3)
  })

  test('are of one tenant', async () => {
    const id = await letterOf(await failedRun())
    expect((await call('GET', '', undefined, stranger)).body.data).toEqual([])
    for (const [method, path] of [
      ['GET', `/${id}`],
      ['POST', `/${id}:redrive`],
      ['DELETE', `/${id}`],
    ] as const) {
      expect(await call(method, path, undefined, stranger)).toMatchObject({
        status: 404,
        body: { code: 'dead-letter.not-found' },
      })
    }
    expect((await call('GET', `/${id}`)).body).toMatchObject({ id })
  })

  test('are deleted', async () => {
    const id = await letterOf(await failedRun())
    expect((await call('DELETE', `/${id}`)).status).toBe(204)
    expect((await call('GET', `/${id}`)).status).toBe(404)
    expect((await call('DELETE', `/${id}`)).status).toBe(404)
  })
})

describe('redriving', () => {
  test('retries the run, and closes all letters of it', async () => {
    const run = await failedRun()
    const other = await letterOf(run, 'other')
    const id = await letterOf(run)
    const { status, body } = await call('POST', `/${id}:redrive`)
    expect(status).toBe(200)
    expect(body).toMatchObject({ id, redrivenAt: expect.any(String) })
    expect((await call('GET', `/${other}`)).body.redrivenAt).toEqual(expect.any(String))
    const command = { type: 'run.retry', by: 'key_test' }
    expect(commands).toEqual([{ runId: run.id, item: { id: 'redrive-1', command } }])
  })

  test('is refused when the run has not failed, or not any more', async () => {
    const { run } = await f.started()
    const id = await letterOf(run)
    expect(await call('POST', `/${id}:redrive`)).toMatchObject({
      status: 409,
      body: { code: 'dead-letter.run-not-failed' },
    })
    expect(commands).toEqual([])
    expect((await call('GET', `/${id}`)).body.redrivenAt).toBeNull()
  })

  test('many is answered one by one', async () => {
    const [failed, running] = [await failedRun(), (await f.started()).run]
    const ids = [await letterOf(failed), await letterOf(failed, 'b'), await letterOf(running)]
    const unknown = `dl_${'0'.repeat(32)}`
    const { body } = await call('POST', ':redrive', { ids: [...ids, unknown] })
    expect(body.results).toMatchObject([
      { id: ids[0], error: null },
      { id: ids[1], error: null },
      { id: ids[2], error: { code: 'dead-letter.run-not-failed' } },
      { id: unknown, error: { code: 'dead-letter.not-found' } },
    ])
    expect(commands.map(({ runId }) => runId)).toEqual([failed.id])
    expect((await call('POST', ':redrive', { ids: [] })).status).toBe(400)
  })

  test('needs the scope for it', async () => {
    const id = await letterOf(await failedRun())
    const reader = { scopes: ['runs:read'] }
    expect((await call('POST', `/${id}:redrive`, undefined, reader)).status).toBe(403)
    expect((await call('POST', ':redrive', { ids: [id] }, reader)).status).toBe(403)
    expect((await call('DELETE', `/${id}`, undefined, reader)).status).toBe(403)
    expect((await call('GET', `/${id}`, undefined, reader)).status).toBe(200)
  })
})
