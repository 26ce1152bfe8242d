import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { createPool } from '@dure/platform'
import { eventually } from '@dure/platform/testing'
import { held, text } from '@dure/scripted-model'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { type AgentUnderTest, startAgent } from './testing/agent.ts'
import { newTask } from './testing/task.ts'

/** A process needs time to start where many do. */
const PROCESS_MS = 40_000

let agent: AgentUnderTest
beforeAll(async () => {
  agent = await startAgent()
})
afterAll(() => agent.close())

const calls = (count: number, timeoutMs?: number) =>
  eventually(
    () => expect(agent.model.calls.length).toBeGreaterThanOrEqual(count),
    timeoutMs === undefined ? {} : { timeoutMs },
  )

describe('a task', () => {
  test('that is delivered twice is executed once, and its outcome is told twice', async () => {
    agent.model.rewrite([text('once')])
    const task = newTask()
    await agent.generate(task)
    const first = await agent.outcomeOf(task)

    await agent.generate(task)

    expect(await agent.outcomeOf(task, { times: 2 })).toEqual(first)
    expect(agent.model.calls).toHaveLength(1)
    expect(await agent.events(task)).toHaveLength(1)
  })

  test('that somebody executes is left to them', async () => {
    const reply = held(text('mine'))
    agent.model.rewrite([reply])
    const task = newTask()
    await agent.generate(task)
    await calls(1)
    // Nobody there knows any more that the task is in hand.
    await agent.wipeRedis()

    await agent.generate(task)
    await eventually(async () => expect(await agent.pending()).toBe(0))
    reply.release()

    expect(await agent.outcomeOf(task)).toMatchObject({ output: { text: 'mine' } })
    expect(agent.model.calls).toHaveLength(1)
  })

  test('that was taken over is finished by the successor, never by the one who lost it', async () => {
    const [slow, quick] = [held(text('from the zombie')), held(text('from the successor'))]
    agent.model.rewrite([slow, quick])
    const task = newTask()
    await agent.generate(task)
    await calls(1)
    // As if the process had been frozen for longer than its lease: another one claims the task.
    await agent.pool.query(
      'UPDATE task_effect SET token = token + 1, lease_until = now() WHERE task_key = $1',
      [task.taskKey],
    )
    slow.release()
    quick.release()
    await agent.wipeRedis()

    await agent.generate(task)

    expect(await agent.outcomeOf(task)).toMatchObject({ output: { text: 'from the successor' } })
    expect(await agent.events(task)).toHaveLength(1)
    expect(agent.told.filter((told) => told.task.taskKey === task.taskKey)).toHaveLength(1)
  })

  test('of a newer attempt begins anew', async () => {
    agent.model.rewrite([text('first'), text('second')])
    const task = newTask()
    const again = { ...task, attempt: 2 }
    await agent.generate(task)
    await agent.outcomeOf(task)

    await agent.generate(again)

    expect(await agent.outcomeOf(again)).toMatchObject({ output: { text: 'second' } })
    expect(await agent.events(task)).toMatchObject([{ version: 1 }, { version: 2 }])
  })

  test.each([
    [2, { status: 'succeeded' }, 1],
    [3, { status: 'failed', error: { code: 'task.gave-up' } }, 0],
  ])('that took %i processes down ends with %j', async (crashes, outcome, called) => {
    agent.model.rewrite([text('ok')])
    const task = newTask()
    await agent.pool.query(
      `INSERT INTO task_effect (task_key, organization_id, project_id, attempt, token, tries,
         status, lease_until, trace)
       VALUES ($1, $2, $3, 1, $4, $4, 'executing', now(), '{}')`,
      [task.taskKey, task.tenant.organizationId, task.tenant.projectId, crashes],
    )

    await agent.generate(task)

    expect(await agent.outcomeOf(task)).toMatchObject(outcome)
    expect(agent.model.calls).toHaveLength(called)
    expect(await agent.events(task)).toHaveLength(1)
  })

  test('keeps its outcome in hand while PostgreSQL is away', async () => {
    const reply = held(text('worth keeping'))
    agent.model.rewrite([reply])
    const task = newTask()
    await agent.generate(task)
    await calls(1)
    const url = new URL(String(agent.env.DATABASE_URL))
    const database = url.pathname.slice(1)
    url.pathname = '/postgres'
    const outside = createPool({ DATABASE_URL: url.href })
    const allow = (yes: boolean) =>
      outside.query(`ALTER DATABASE ${database} ALLOW_CONNECTIONS ${yes}`)

    await allow(false)
    await outside.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1',
      [database],
    )
    reply.release()
    await eventually(async () => {
      const { statusCode } = await agent.app.inject('/readyz')
      expect(statusCode).toBe(503)
    })
    await allow(true)
    await outside.end()

    expect(await agent.outcomeOf(task)).toMatchObject({ output: { text: 'worth keeping' } })
    expect(agent.model.calls).toHaveLength(1)
  })
})

test('many tasks without an effect are answered, and nothing is recorded of them', async () => {
  const tasks = Array.from({ length: 120 }, () => newTask())

  await agent.echo(tasks, { 'some/key': ['data', null] })

  for (const task of tasks) {
    expect(await agent.outcomeOf(task)).toEqual({
      status: 'succeeded',
      output: { 'some/key': ['data', null] },
      durationMs: expect.any(Number),
    })
  }
  const { rows } = await agent.pool.query('SELECT FROM task_effect WHERE task_key = ANY ($1)', [
    tasks.map(({ taskKey }) => taskKey),
  ])
  expect(rows).toEqual([])
})

test('a process that is killed leaves its task to the next one', {
  timeout: 3 * PROCESS_MS,
}, async () => {
  const lost = held(text('never said'))
  agent.model.rewrite((_call, index) => (index === 0 ? lost : text('said')))
  const other = await startAgent({ ROLE: 'api', MODEL_BASE_URL: agent.model.baseUrl })
  onTestFinished(() => other.close())
  const main = fileURLToPath(new URL('../main.ts', import.meta.url))
  const start = () => {
    const child = spawn(process.execPath, [main], {
      env: { ...process.env, ...other.env, ROLE: 'worker', PORT: '0', HOST: '127.0.0.1' },
      stdio: 'ignore',
    })
    onTestFinished(() => {
      child.kill('SIGKILL')
    })
    return child
  }
  const task = newTask()
  const first = start()
  await other.generate(task)
  await calls(1, PROCESS_MS)

  first.kill('SIGKILL')
  await once(first, 'exit')
  const second = start()
  const outcome = await other.outcomeOf(task, { timeoutMs: PROCESS_MS })
  const exited = once(second, 'exit')
  second.kill('SIGTERM')

  expect(outcome).toMatchObject({ output: { text: 'said' } })
  expect(agent.model.calls).toHaveLength(2)
  expect(await exited).toEqual([0, null])
})
