import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
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

const failure = (code: string) => ({
  status: 'failed',
  error: { code, message: expect.any(String) },
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

    expect(await agent.outcomeOf(task)).toEqual(failure('egress.forbidden-address'))
    expect(await agent.events(task)).toMatchObject([
      { type: 'http.requested', data: { host: '169.254.169.254', status: 0 } },
    ])
  })

  test('fails when the answer does not come in time', async () => {
    answer = () => {}
    const task = newTask({ timeoutMs: 100 })

    await agent.request(task, { url })

    expect(await agent.outcomeOf(task)).toEqual(failure('egress.timeout'))
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

  test('whose answer was lost is unknown, and stays so for every later attempt', async () => {
    answer = (request) => request.socket.destroy()
    const task = newTask()
    await agent.request(task, { url, method: 'POST' })
    expect(await agent.outcomeOf(task)).toEqual(failure('effect.outcome-unknown'))

    const again = { ...task, attempt: 2 }
    await agent.request(again, { url, method: 'POST' })

    expect(await agent.outcomeOf(again)).toEqual(failure('effect.outcome-unknown'))
    expect(received).toHaveLength(1)
  })

  test('that was never sent may be tried again', async () => {
    const task = newTask()
    await agent.request(task, { url: 'http://127.0.0.1:80/', method: 'POST' })
    expect(await agent.outcomeOf(task)).toEqual(failure('egress.forbidden-address'))

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
