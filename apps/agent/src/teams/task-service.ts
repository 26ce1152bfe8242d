import type { Caller, Identity, RanTeam, RunTeam, TaskOutcome, TaskRef } from '@dure/contracts'
import { DureError } from '@dure/kernel'
import { asTenant } from '@dure/platform'
import type { EffectLedger } from '../effects/store.ts'
import type { Report } from '../reports/service.ts'
import { taskErrorOf } from '../tasks/task-error.ts'
import type { TeamRuns } from './run-service.ts'
import { type TeamRun, type TeamTurn, teamRunIdOf } from './run-store.ts'
import { costsOf } from './turn.ts'

/** Runs of teams that the node of a workflow has asked for. */
export interface TeamTasks {
  /** Begins it once for each attempt; of one that is over, its end is told again. */
  run(of: {
    readonly task: TaskRef
    readonly input: RunTeam
    readonly caller?: Caller
  }): Promise<void>
  /** Nobody needs the result of this attempt any more. One that comes later is never begun. */
  cancel(task: TaskRef): Promise<void>
}

export interface TeamTasksOptions {
  readonly runs: Pick<TeamRuns, 'start' | 'find' | 'cancel' | 'tell'>
  readonly effects: Pick<EffectLedger, 'isCancelled'>
  readonly report: Report
}

export function createTeamTasks({ runs, effects, report }: TeamTasksOptions): TeamTasks {
  const cancel = (task: TaskRef) =>
    asTenant(task.tenant, async () => {
      const run = await runs.find(task.tenant, teamRunIdOf(task))
      if (run && run.endedAt === null) await runs.cancel(task.tenant, run.teamId, run.id)
    })

  const run: TeamTasks['run'] = ({ task, input, caller }) =>
    asTenant(task.tenant, async () => {
      if (await effects.isCancelled(task)) return
      const { tenant, timeoutMs } = task
      const { team, input: text, isTrusted = false, maxCostMicroUsd } = input
      const known = await runs.find(tenant, teamRunIdOf(task))
      const begun =
        known ??
        (await runs.start({
          ...{ id: teamRunIdOf(task), identity: asWorkflow(task), team, task: text },
          ...{ isUntrusted: !isTrusted, maxCostMicroUsd, timeoutMs },
          origin: { task, ...(caller && { caller }) },
        }))
      // Whoever cancels meanwhile writes that down, and then looks for the run: one of both sees the other.
      if (await effects.isCancelled(task)) await cancel(task)
      if (begun.endedAt !== null) await runs.tell(begun)
    })

  return {
    cancel,
    run: (of) =>
      run(of).catch(async (error: unknown) => {
        if (!(error instanceof DureError) || error.transient) throw error
        await report(of.task, { status: 'failed', error: taskErrorOf(error) })
      }),
  }
}

/** It may do nothing: members are started for the caller of the run. */
function asWorkflow({ tenant }: TaskRef): Identity {
  return { principalId: 'svc_workflow', tenant, scopes: [] }
}

/** Tells the node of a workflow that its team has ended. */
export function tellWorkflow(report: Report) {
  return async (run: TeamRun, turns: readonly TeamTurn[]): Promise<void> => {
    if (run.origin) await report(run.origin.task, outcomeOf(run, turns), run.trace)
  }
}

function outcomeOf(run: TeamRun, turns: readonly TeamTurn[]): TaskOutcome {
  const { status, answer, output, teamId, id: teamRunId, createdAt, endedAt } = run
  if (status !== 'succeeded') return { status: 'failed', error: errorOf(run) }
  const costs = costsOf(turns.flatMap(({ turn }) => turn ?? []))
  const sum = (of: 'inputTokens' | 'outputTokens' | 'costMicroUsd') =>
    costs.reduce((all, cost) => all + cost[of], 0)
  const data: RanTeam = {
    ...{ answer: answer ?? '', output: output ?? null, costs, teamId, teamRunId },
    transcript: transcriptOf(turns),
  }
  return {
    ...{ status, output: data },
    usage: {
      inputTokens: sum('inputTokens'),
      outputTokens: sum('outputTokens'),
      costMicroUsd: sum('costMicroUsd'),
    },
    durationMs: Math.max((endedAt?.getTime() ?? 0) - createdAt.getTime(), 0),
  }
}

function errorOf({ status, error }: TeamRun) {
  if (status === 'cancelled' || !error) return CANCELLED
  const isLate = error.code === 'team.timed-out'
  return { ...error, class: isLate ? ('timeout' as const) : ('rejected' as const) }
}

const CANCELLED = {
  code: 'team.cancelled',
  message: 'The run of the team was cancelled',
  class: 'rejected',
} as const

/** The data of a node have a bound, and a model that talks without end must not break the run. */
const MAX_CHARACTERS = 40_000

function transcriptOf(turns: readonly TeamTurn[]): RanTeam['transcript'] {
  let room = MAX_CHARACTERS
  const newest = turns.toReversed().flatMap(({ member, turn }) => {
    if (!turn || room <= 0) return []
    const text = turn.text.slice(0, room)
    room -= text.length
    return [{ member, status: turn.status, text }]
  })
  return newest.toReversed()
}
