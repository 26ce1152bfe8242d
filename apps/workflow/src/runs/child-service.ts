import type { Caller, RunId, TaskOutcome, Tenant, WorkflowId } from '@dure/contracts'
import {
  type NewTask,
  type Orchestrator,
  type RunChange,
  type RunIdentity,
  taskKeyOf,
} from '@dure/engine'
import { DureError } from '@dure/kernel'
import type { VariablePinning } from '../variables/pinning-service.ts'
import type { VersionSource } from '../workflows/version-source.ts'
import { creationOf, newRun, startCommand } from './new-run.ts'
import { freshParts, refuseInput } from './start-service.ts'

export interface ChildEnd {
  readonly tenant: Tenant
  readonly parent: { readonly runId: RunId; readonly path: string; readonly attempt: number }
  readonly childRunId: RunId
  readonly status: RunChange['status']
  readonly output: unknown
  readonly error: RunChange['error']
}

/** What a node needs to start its child. */
export type ChildTask = Pick<NewTask, 'path' | 'attempt' | 'request' | 'childRunId'>

/** Runs that nodes of other runs start and wait for. All of it can be done any number of times. */
export interface ChildService {
  start(parent: RunIdentity, task: ChildTask): Promise<void>
  /** Hands the end of a child to the node that waits for it. */
  finish(end: ChildEnd): Promise<void>
  cancel(tenant: Tenant, parentId: RunId, childRunId: RunId): Promise<void>
}

export interface ChildServiceOptions {
  readonly orchestrator: () => Pick<Orchestrator, 'create' | 'finishTask' | 'command'>
  readonly versions: Pick<VersionSource, 'resolve'>
  readonly variables: VariablePinning
  /** Large data that are stored beside the events, by their reference; anything else as it is. */
  readonly contentOf: (tenant: Tenant, data: unknown) => Promise<unknown>
  /** Epoch milliseconds by the clock of PostgreSQL. */
  readonly now: () => number
  readonly runTimeoutMs: number
}

type ChildRequest = Extract<NonNullable<NewTask['request']>, { kind: 'child' }>

export function createChildService(options: ChildServiceOptions): ChildService {
  const { orchestrator, contentOf } = options

  return {
    async start(parent, task) {
      const { request, childRunId, path, attempt } = task
      if (request?.kind !== 'child' || childRunId === null) return
      const place = { runId: parent.id, tenant: parent.tenant, path, attempt }
      try {
        await create(options, parent, { ...task, request, childRunId })
      } catch (error) {
        if (!(error instanceof DureError) || error.transient) throw error
        const { code, message } = error
        const failed = { code, message: message.slice(0, 2000), class: 'invalid' } as const
        await orchestrator().finishTask(place, { status: 'failed', error: failed })
        return
      }
      if (request.wait) return
      const output = { runId: childRunId }
      await orchestrator().finishTask(place, { status: 'succeeded', output, durationMs: 0 })
    },

    async finish({ tenant, parent, childRunId, status, error, ...end }) {
      const output = await contentOf(tenant, end.output)
      const outcome: TaskOutcome =
        status === 'completed'
          ? { status: 'succeeded', output: { runId: childRunId, output }, durationMs: 0 }
          : { status: 'failed', error: failureOf(childRunId, status, error) }
      await orchestrator().finishTask({ ...parent, tenant }, outcome)
    },

    async cancel(tenant, parentId, childRunId) {
      const command = { type: 'run.cancel', by: `run:${parentId}`, reason: 'parent' } as const
      await orchestrator().command(childRunId, tenant, { id: `parent-${parentId}`, command })
    },
  }
}

async function create(
  { orchestrator, versions, variables, now, runTimeoutMs }: ChildServiceOptions,
  parent: RunIdentity,
  { request, childRunId, path, attempt }: ChildTask & { request: ChildRequest; childRunId: RunId },
): Promise<void> {
  const { tenant, id: runId, depth, priority, trace, caller } = parent
  const { version, alias, input } = request
  const wanted = { version: version ?? undefined, alias: alias ?? undefined }
  const workflowId = request.workflowId as WorkflowId
  const resolved = await versions.resolve(tenant, workflowId, wanted, Math.random())
  refuseInput(resolved, input)
  const startedBy = `run:${taskKeyOf(runId, path)}`
  const order = { tenant, startedBy, caller: callerFor(runId, caller), input, priority }
  const parts = { ...freshParts(), id: childRunId, trace, maxTimeoutMs: runTimeoutMs }
  const run: RunIdentity = {
    ...newRun({ ...order, alias: wanted.alias }, resolved, parts),
    depth: depth + 1,
    parent: { runId, path, attempt },
  }
  const vars = await variables.forRun(tenant, resolved)
  const at = now()
  const creation = creationOf({ alias: wanted.alias }, { requestHash: null, startAfterMs: null })
  // A conflict says that it is there already.
  await orchestrator().create({ run, creation, begins: startCommand(run, at, vars), now: at })
}

/** What a child spends is spent by the run that all of it began with. */
function callerFor(parentId: RunId, caller: Caller | null | undefined): Caller {
  const known = caller ?? { principals: [], seesAll: false }
  return { ...known, spender: { runId: parentId, ...known.spender } }
}

function failureOf(
  childRunId: RunId,
  status: RunChange['status'],
  error: RunChange['error'],
): Extract<TaskOutcome, { status: 'failed' }>['error'] {
  return {
    code: error?.code ?? `subworkflow.${status}`,
    message: (error?.message ?? `The run ${childRunId} was ${status}`).slice(0, 2000),
    class: 'rejected',
  }
}
