import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ErrorClass, TaskRef } from '@dure/contracts'
import { eventually } from '@dure/platform/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createEffectLedger } from '../effects/store.ts'
import { type AgentUnderTest, startAgent } from '../tasks/testing/agent.ts'
import { newTask } from '../tasks/testing/task.ts'

let agent: AgentUnderTest
let url: string
let answer: RequestListener
const received: IncomingMessage[] = []
const server = createServer((request, response) => {
  received.push(request)
  answer(request, response)
})

beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  url = `http://${host}/orders`
  agent = await startAgent({ EGRESS_ALLOW: `unused.example:1, ${host}` })
})
afterAll(async () => {
  await agent.close()
  server.closeAllConnections()
  server.close()
})
beforeEach(() => {
  received.length = 0
  answer = (_request, response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}')
})

const failure = (code: string, errorClass: ErrorClass) => ({
  status: 'failed',
  error: { code, message: expect.any(String), class: errorClass },
})

/** As a process leaves it that died while it executed the task. */
const diedWith = (task: ReturnType<typeof newTask>, tries = 1) =>
  agent.pool.query(
    `INSERT INTO task_effect (task_key, organization_id, project_id, attempt, token, tries, status,
       lease_until, trace)
     VALUES ($1, $2, $3, $4, 1, $5, 'executing', now() - interval '1 s', '{}')`,
    [task.taskKey, task.tenant.organizationId, task.tenant.projectId, task.attempt, tries],
  )

describe('an http task', () => {
  test('brings back status, headers and body, whatever the status', async () => {
    answer = (_request, response) =>
      response.writeHead(404, { 'content-type': 'application/json', 'x-a': 'b' }).end('{"no":1}')
    const task = newTask()

    await agent.request(task, { url })

    expect(await agent.outcomeOf(task)).toEqual({
      status: 'succeeded',
      output: { status: 404, headers: expect.objectContaining({ 'x-a': 'b' }), body: { no: 1 } },
      durationMs: expect.any(Number),
    })
    expect(await agent.events(task)).toMatchObject([
      {
        version: 1,
        type: 'http.requested',
        data: { runId: task.runId, method: 'GET', host: new URL(url).host, status: 404 },
      },
    ])
  })

  test('sends what it is given, a key that names the step, and the number of the attempt', async () => {
    const task = newTask({ attempt: 3 })

    await agent.request(task, { url, method: 'POST', headers: { 'X-A': '1' }, body: { a: 1 } })
    await agent.outcomeOf(task)

    expect(received).toHaveLength(1)
    expect(received[0]).toMatchObject({ method: 'POST', url: '/orders' })
    expect(received[0]?.headers).toMatchObject({
      'x-a': '1',
      'content-type': 'application/json',
      'idempotency-key': expect.stringMatching(/^[0-9a-f]{64}$/),
      'dure-attempt': '3',
    })
  })

  test('does not reach the inside', async () => {
    const task = newTask()

    await agent.request(task, { url: 'http://169.254.169.254/latest/meta-data/' })

    expect(await agent.outcomeOf(task)).toEqual(failure('egress.forbidden-address', 'rejected'))
    expect(await agent.events(task)).toMatchObject([
      { type: 'http.requested', data: { host: '169.254.169.254', status: 0 } },
    ])
  })

  test('fails when the answer does not come in time', async () => {
    answer = () => {}
    const task = newTask({ timeoutMs: 100 })

    await agent.request(task, { url })

    expect(await agent.outcomeOf(task)).toEqual(failure('egress.timeout', 'timeout'))
  })
})

describe('a write', () => {
  test('is not sent again when the process died before its outcome was recorded', async () => {
    const task = newTask()
    await diedWith(task)

    await agent.request(task, { url, method: 'POST' })

    expect(await agent.outcomeOf(task)).toMatchObject({
      status: 'failed',
      error: { code: 'effect.outcome-unknown', message: expect.stringContaining('idempotent') },
    })
    expect(received).toHaveLength(0)
  })

  test('is sent again with the same key when the receiver makes it idempotent', async () => {
    const first = newTask()
    const second = { ...first, attempt: 2 }
    await agent.request(first, { url, method: 'POST', idempotent: true })
    await agent.outcomeOf(first)
    await agent.pool.query(
      `UPDATE task_effect SET status = 'executing', outcome = NULL, lease_until = now()
       WHERE task_key = $1`,
      [first.taskKey],
    )

    await agent.request(second, { url, method: 'POST', idempotent: true })

    expect(await agent.outcomeOf(second)).toMatchObject({ status: 'succeeded' })
    const keys = received.map(({ headers }) => headers['idempotency-key'])
    expect(keys).toHaveLength(2)
    expect(keys[1]).toBe(keys[0])
    expect(received.map(({ headers }) => headers['dure-attempt'])).toEqual(['1', '2'])
  })

  test('whose answer was lost is unknown, and is sent again by who decides that, knowing it', async () => {
    answer = (request) => request.socket.destroy()
    const task = newTask()
    await agent.request(task, { url, method: 'POST' })
    expect(await agent.outcomeOf(task)).toEqual(
      failure('effect.outcome-unknown', 'unknown-outcome'),
    )
    answer = (_request, response) => response.writeHead(201).end()

    const again = { ...task, attempt: 2 }
    await agent.request(again, { url, method: 'POST' })

    expect(await agent.outcomeOf(again)).toMatchObject({ output: { status: 201 } })
    const keys = received.map(({ headers }) => headers['idempotency-key'])
    expect(keys).toEqual([keys[0], keys[0]])
  })

  test('that is sent again by decision is not sent once more when its process died', async () => {
    answer = (request) => request.socket.destroy()
    const task = newTask()
    await agent.request(task, { url, method: 'POST' })
    await agent.outcomeOf(task)
    const decided = { ...task, attempt: 2 }
    await agent.pool.query(
      `UPDATE task_effect SET attempt = 2, token = token + 1, status = 'executing', outcome = NULL,
         in_doubt = false, outcome_unknown = false, lease_until = now() WHERE task_key = $1`,
      [task.taskKey],
    )

    await agent.request(decided, { url, method: 'POST' })

    expect(await agent.outcomeOf(decided)).toEqual(
      failure('effect.outcome-unknown', 'unknown-outcome'),
    )
    expect(received).toHaveLength(1)
  })

  test('of which an older attempt is still under way is not sent by the newer one', async () => {
    answer = () => {}
    const task = newTask()
    const again = { ...task, attempt: 2 }
    await agent.request(task, { url, method: 'POST' })
    await eventually(() => expect(received).toHaveLength(1))

    await agent.request(again, { url, method: 'POST' })

    expect(await agent.outcomeOf(again)).toEqual(
      failure('effect.outcome-unknown', 'unknown-outcome'),
    )
    // The older one is let go of at once.
    await eventually(() => expect(received[0]?.socket.destroyed).toBe(true))
    expect(received).toHaveLength(1)
    expect(agent.told.filter((told) => told.task.taskKey === task.taskKey)).toHaveLength(1)
  })

  test('that was never sent may be tried again', async () => {
    const task = newTask()
    await agent.request(task, { url: 'http://127.0.0.1:80/', method: 'POST' })
    expect(await agent.outcomeOf(task)).toEqual(failure('egress.forbidden-address', 'rejected'))

    const again = { ...task, attempt: 2 }
    await agent.request(again, { url, method: 'POST' })

    expect(await agent.outcomeOf(again)).toMatchObject({ status: 'succeeded' })
  })
})

test('a read is simply sent again after its process died', async () => {
  const task = newTask()
  await diedWith(task, 2)

  await agent.request(task, { url })

  expect(await agent.outcomeOf(task)).toMatchObject({ status: 'succeeded' })
  expect(received).toHaveLength(1)
})

test('a task inside of iterations keeps its whole path, everywhere', async () => {
  const { runId } = newTask()
  const task = newTask({ runId, taskKey: `${runId}/each[3]/retry[12]/charge` })

  await agent.request(task, { url, method: 'POST' })

  expect(await agent.outcomeOf(task)).toMatchObject({ status: 'succeeded' })
  expect(await agent.events(task)).toMatchObject([{ version: 1, type: 'http.requested' }])
  const keys = received.map(({ headers }) => headers['idempotency-key'])
  expect(keys).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)])
})

describe('a request that is cancelled', () => {
  const cancelled = (task: TaskRef) =>
    eventually(async () => {
      const { rows } = await agent.pool.query(
        'SELECT outcome, in_doubt FROM task_effect WHERE task_key = $1',
        [task.taskKey],
      )
      expect(rows).toMatchObject([{ outcome: { error: { code: 'task.cancelled' } } }])
      return rows[0]
    })

  test.each(['the same', 'another'])(
    'in %s process ends, is recorded, and not told',
    async (who) => {
      answer = () => {}
      const task = newTask()
      await agent.request(task, { url, method: 'POST' })
      await eventually(() => expect(received).toHaveLength(1))

      if (who === 'another')
        await createEffectLedger({ pool: agent.pool, leaseMs: 1000 }).cancel(task)
      else await agent.cancel(task)

      await eventually(() => expect(received[0]?.socket.destroyed).toBe(true))
      expect(await cancelled(task)).toMatchObject({
        outcome: { status: 'failed', error: { class: 'rejected' } },
        in_doubt: true,
      })
      expect(await agent.events(task)).toMatchObject([
        { type: 'http.requested', data: { status: 0 } },
      ])
      // As a delivery that comes late: nothing is told of this one either.
      await agent.request(task, { url, method: 'POST' })
      const next = newTask()
      await agent.request({ ...next, timeoutMs: 50 }, { url })
      await agent.outcomeOf(next)
      expect(agent.told.filter((told) => told.task.taskKey === task.taskKey)).toEqual([])
      expect(received).toHaveLength(2)
    },
  )

  test('before it has begun is never sent', async () => {
    const task = newTask()
    await agent.cancel(task)
    await eventually(async () => expect(await agent.pending()).toBe(0))

    await agent.request(task, { url })

    const again = { ...task, attempt: 2 }
    await agent.request(again, { url })
    expect(await agent.outcomeOf(again)).toMatchObject({ status: 'succeeded' })
    expect(received.map(({ headers }) => headers['dure-attempt'])).toEqual(['2'])
  })
})
