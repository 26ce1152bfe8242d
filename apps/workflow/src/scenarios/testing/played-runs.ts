import type { TaskRef } from '@dure/contracts'
import { eventually } from '@dure/platform/testing'
import pg from 'pg'
import { expect } from 'vitest'
import { type Harness, startHarness, succeeded } from '../../testing/harness.ts'
import {
  accepts,
  type Command,
  fold,
  hasEnded,
  type ModelRun,
  type SeenEvent,
  type Shape,
} from './run-model.ts'

interface PlayedRun {
  readonly id: string
  readonly shape: Shape
  state: ModelRun
}

/** The real service, asked by commands, and what is seen of its runs. */
export interface PlayedRuns {
  readonly harness: Harness
  start(workflowId: string, shape: Shape): Promise<PlayedRun>
  /** The status of the answer; of a result, 200. */
  send(run: PlayedRun, command: Command, by: string): Promise<number>
  events(run: PlayedRun): Promise<SeenEvent[]>
  /** Waits until results are taken in, and gives what the events add up to by then. */
  settle(run: PlayedRun, results: readonly Command[]): Promise<ModelRun>
  close(): Promise<void>
}

const EVENTS = `
  SELECT e.event FROM run_commit, json_array_elements(events) WITH ORDINALITY AS e (event, n)
  WHERE run_id = $1 ORDER BY first_version, n`

export async function startPlayedRuns(): Promise<PlayedRuns> {
  const harness = await startHarness()
  const pool = new pg.Pool({ connectionString: harness.databaseUrl, max: 4 })
  const tasks = new Map<string, TaskRef>()
  const keyOf = (runId: string, path: string, attempt: number) => `${runId}/${path}#${attempt}`
  harness.answer = (task) => {
    tasks.set(`${task.taskKey}#${task.attempt}`, task)
    return undefined
  }

  async function finish(
    { id }: PlayedRun,
    { path, attempt, ok }: Extract<Command, { type: 'finish' }>,
  ) {
    const task = await eventually(() => {
      const found = tasks.get(keyOf(id, path, attempt))
      if (!found) throw new Error(`${path} was not delivered`)
      return found
    })
    const error = { code: 'test.broken', message: 'The test says so' }
    await harness.send(task, ok ? succeeded({ n: 1 }) : { status: 'failed', error })
  }

  const events: PlayedRuns['events'] = async ({ id }) =>
    (await pool.query<{ event: SeenEvent }>(EVENTS, [id])).rows.map(({ event }) => event)

  return {
    harness,
    events,

    async start(workflowId, shape) {
      const url = `/v1/workflows/${workflowId}/runs`
      const response = await harness.call({ method: 'POST', url, body: {} })
      expect(response.status).toBe(202)
      const { id } = await response.json()
      const run = { id, shape }
      const begun = await events({ ...run, state: fold(shape, [{ type: 'run.started' }]) })
      return { ...run, state: fold(shape, begun) }
    },

    async send(run, command, by) {
      if (command.type === 'finish') {
        await finish(run, command)
        return 200
      }
      const { type } = command
      const url = type === 'signal' ? `/v2/runs/${run.id}/signals/go` : `/v1/runs/${run.id}/${type}`
      const body = type === 'signal' ? { payload: {} } : undefined
      const response = await harness.call({ method: 'POST', url, body, as: { principalId: by } })
      const { code } = await response.json()
      if (response.status === 409) {
        expect(code).toBe(type === 'retry' ? 'run.not-failed' : 'run.ended')
      }
      return response.status
    },

    async settle(run, results) {
      const settled = await eventually(async () => {
        const folded = tryFold(run.shape, await events(run))
        // What cannot have happened does not get better by waiting.
        if ('fault' in folded) return folded
        const { state } = folded
        const left = results.filter(
          (one) => one.type === 'finish' && state.open.get(one.path) === one.attempt,
        )
        if (!hasEnded(state)) expect(left).toEqual([])
        const { status } = await (await harness.call({ url: `/v1/runs/${run.id}` })).json()
        expect(status).toBe(state.phase)
        return folded
      })
      if ('fault' in settled) throw settled.fault
      return settled.state
    },

    async close() {
      await pool.end()
      await harness.close()
    },
  }
}

type Folded = { readonly state: ModelRun } | { readonly fault: unknown }

function tryFold(shape: Shape, events: readonly SeenEvent[]): Folded {
  try {
    return { state: fold(shape, events) }
  } catch (fault) {
    return { fault }
  }
}

/** Goes on with a run as long as it takes, and lets nothing fail any more. */
export async function playToTheEnd(runs: PlayedRuns, run: PlayedRun): Promise<ModelRun> {
  for (let step = 0; step < 50; step += 1) {
    const state = await runs.settle(run, [])
    if (hasEnded(state)) return state
    const [path, attempt] = [...state.open].find(([one]) => one !== state.wait?.path) ?? []
    const command: Command =
      state.phase === 'paused'
        ? { type: 'resume' }
        : path !== undefined && attempt !== undefined
          ? { type: 'finish', path, attempt, ok: true }
          : { type: 'signal' }
    expect(accepts(state, command)).toBe(true)
    expect(await runs.send(run, command, 'key_end')).toBe(200)
    await runs.settle(run, [command])
  }
  throw new Error(`Run ${run.id} does not end`)
}
