import type { OutgoingMessage } from '@dure/contracts'
import { createPool } from '@dure/platform'
import { silentLog, testDatabase } from '@dure/platform/testing'
import type { Pool } from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createEffectLedger, type EffectLedger } from '../effects/store.ts'
import { createReport } from '../reports/service.ts'
import { createTaskService, type TaskService } from './service.ts'
import { createOutcomeStore } from './store.ts'
import type { Done, Executor } from './task.ts'
import { newTask } from './testing/task.ts'

let pool: Pool
let effects: EffectLedger
let tasks: TaskService
const told: OutgoingMessage[] = []
const cleanups: (() => Promise<void>)[] = []

beforeAll(async () => {
  const { databaseUrl, drop } = await testDatabase('agent')
  pool = createPool({ DATABASE_URL: databaseUrl }, { rows: 'of every tenant' })
  cleanups.push(() => pool.end(), drop)
  const leaseMs = 1000
  effects = createEffectLedger({ pool, leaseMs })
  tasks = createTaskService({
    effects,
    outcomes: createOutcomeStore({ effects }),
    report: createReport({
      sendAll: async (messages) => {
        told.push(...messages)
      },
    }),
    relay: { kick: () => {} },
    leaseMs,
    stopGraceMs: 0,
  })
})
afterAll(async () => {
  for (const cleanup of cleanups) await cleanup()
})
beforeEach(() => {
  told.length = 0
})

const fact = { type: 'http.requested' as const, method: 'POST', host: 'x', status: 0 }

function executor(
  execute: (signal: AbortSignal) => Promise<Done>,
  isRepeatable = true,
): Executor<null> {
  return {
    isRepeatable: () => isRepeatable,
    execute: ({ signal }) => execute(signal),
    failed: () => fact,
  }
}

/** Does nothing but wait, and says when it has begun. */
function waiting() {
  const begun = Promise.withResolvers<void>()
  const execute = (signal: AbortSignal) => {
    begun.resolve()
    const over = Promise.withResolvers<Done>()
    signal.addEventListener('abort', () => over.reject(signal.reason))
    return over.promise
  }
  return { begun: begun.promise, executor: executor(execute) }
}

const buggy = (isRepeatable: boolean) =>
  executor(async () => {
    throw new TypeError('undefined is not a function')
  }, isRepeatable)

const run = (of: Executor<null>, task: ReturnType<typeof newTask>, signal?: AbortSignal) =>
  tasks.execute(
    of,
    { task, input: null },
    { log: silentLog(), signal: signal ?? new AbortController().signal },
  )

const outcomes = () => told.map(({ payload }) => (payload as { outcome: unknown }).outcome)

describe('a task', () => {
  test('is handed back when the service stops, and the next one has it at once', async () => {
    const task = newTask()
    const stop = new AbortController()
    const { begun, executor } = waiting()
    const interrupted = run(executor, task, stop.signal)
    interrupted.catch(() => {})

    await begun
    stop.abort()

    await expect(interrupted).rejects.toMatchObject({ code: 'task.handed-back', transient: true })
    expect(told).toEqual([])
    expect(await effects.claim(task)).toMatchObject({ state: 'claimed', tries: 1 })
  })

  test('is let go of when somebody else has taken it over', async () => {
    const task = newTask()
    const { begun, executor } = waiting()
    const lost = run(executor, task)

    await begun
    await pool.query('UPDATE task_effect SET token = token + 1 WHERE task_key = $1', [task.taskKey])

    await lost
    expect(told).toEqual([])
  })

  test('that meets a bug is tried three times, and then fails', async () => {
    const task = newTask()

    await expect(run(buggy(true), task)).rejects.toThrow(TypeError)
    await expect(run(buggy(true), task)).rejects.toThrow(TypeError)
    await run(buggy(true), task)

    expect(outcomes()).toMatchObject([
      { status: 'failed', error: { code: 'task.bug', class: 'internal' } },
    ])
  })

  test('that meets a bug and may not be repeated fails with an unknown outcome', async () => {
    const task = newTask()

    await expect(run(buggy(false), task)).rejects.toThrow(TypeError)
    await run(buggy(false), task)

    expect(outcomes()).toMatchObject([
      { error: { code: 'effect.outcome-unknown', class: 'unknown-outcome' } },
    ])
  })
})
