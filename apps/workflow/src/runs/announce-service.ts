import {
  agentControlQueue,
  type OutgoingMessage,
  outgoing,
  type RunId,
  type TaskOutcome,
  type TaskRef,
  type Tenant,
  type TraceContext,
} from '@dure/contracts'
import type { NewTask, Orchestrator, OrchestratorPorts, RunIdentity } from '@dure/engine'
import { currentTrace, type Logger, type Relay, runInTrace } from '@dure/platform'
import type { Queues } from '@dure/platform/queues'
import type { createCancelStore } from './cancel-store.ts'
import type { ChildService } from './child-service.ts'
import type { LeftTask } from './recovery-store.ts'
import { isOver } from './run-row.ts'
import type { RunWatcher } from './watcher.ts'

/** What follows a commit: all of it can be done again, any number of times. */
export interface AnnounceService {
  readonly announce: OrchestratorPorts['announce']
  /** Does once more what has had no answer. */
  repeat(tasks: readonly LeftTask[]): Promise<void>
}

type Change = Parameters<OrchestratorPorts['announce']>[1]

export interface AnnounceServiceOptions {
  readonly orchestrator: () => Pick<Orchestrator, 'finishTask'>
  readonly children: ChildService
  readonly queues: Pick<Queues, 'sendAll'>
  readonly cancels: ReturnType<typeof createCancelStore>
  readonly cache: {
    find(tenant: Tenant, keys: readonly string[]): Promise<ReadonlyMap<string, TaskOutcome>>
  }
  readonly watcher: Pick<RunWatcher, 'changed'>
  readonly relay: Pick<Relay, 'kick'>
  /** @returns undefined when there is no such run */
  readonly find: (runId: RunId) => Promise<RunIdentity | undefined>
  /** Told of every commit, after everything else. */
  readonly committed: (run: RunIdentity, change: Change) => Promise<void>
  readonly log: Logger
}

/** Handled in no time: many of them may share a job. */
const QUICK: ReadonlySet<string> = new Set(['task.echo', 'task.cancel'])

export function createAnnounceService(options: AnnounceServiceOptions): AnnounceService {
  const { queues, cancels, children, watcher, relay, log } = options

  async function sendTasks(run: RunIdentity, tasks: readonly NewTask[]): Promise<void> {
    const cached = await freshOutcomes(options.cache, run.tenant, tasks)
    const messages = tasks
      .filter((task) => !cached.has(task))
      .flatMap(({ message }) => message ?? [])
    await send(queues, run.trace, messages)
    for (const [{ path, attempt }, outcome] of cached) {
      const place = { runId: run.id, tenant: run.tenant, path, attempt }
      await options.orchestrator().finishTask(place, outcome)
    }
  }

  /** Tells whoever executes something for this run that nobody waits for it any more. */
  async function stop({ id, tenant, trace }: RunIdentity): Promise<void> {
    const stopped = await cancels.cancelled(id)
    const messages = stopped.flatMap(({ message }) => (message ? cancellation(message) : []))
    await send(queues, trace, messages)
    for (const { childRunId, request } of stopped) {
      if (childRunId !== null && isPropagated(request)) {
        await children.cancel(tenant, id, childRunId)
      }
    }
  }

  async function tellParent(run: RunIdentity, { status, events }: Change): Promise<void> {
    if (!run.parent || !isOver({ status })) return
    const last = events.at(-1)
    const output = last?.type === 'run.completed' ? last.output : null
    const error = last && 'error' in last ? last.error : null
    const { tenant, id: childRunId, parent } = run
    await children.finish({ tenant, parent, childRunId, status, output, error })
  }

  async function repeatChild(task: LeftTask): Promise<void> {
    const { kind, status, runId, tenant, childRunId, request } = task
    if (kind !== 'child' || childRunId === null) return
    if (status === 'cancelling') {
      if (isPropagated(request)) await children.cancel(tenant, runId, childRunId)
      return
    }
    const parent = await options.find(runId)
    if (parent) await children.start(parent, { ...task, request: request as NewTask['request'] })
  }

  return {
    async announce(run, change) {
      relay.kick()
      watcher.changed(run.id, { ended: isOver(change) })
      const byKind = Map.groupBy(change.tasks, ({ kind }) => kind)
      await sendTasks(run, byKind.get('task') ?? [])
      for (const task of byKind.get('child') ?? []) await children.start(run, task)
      if (change.cancelled.length > 0) await stop(run)
      await tellParent(run, change)
      await options.committed(run, change)
    },

    async repeat(tasks) {
      for (const group of Map.groupBy(tasks, ({ trace }) => trace.traceparent).values()) {
        const messages = group.flatMap(({ message, status }) =>
          message === null ? [] : status === 'open' ? [message] : cancellation(message),
        )
        await send(queues, group[0]?.trace ?? {}, messages)
      }
      for (const task of tasks) await repeatChild(task)
      if (tasks.length > 0) log.info({ tasks: tasks.length }, 'tasks sent again')
    },
  }
}

/** A message continues what caused it; only without a cause does it continue the run's own trace. */
async function send(
  queues: Pick<Queues, 'sendAll'>,
  trace: TraceContext,
  messages: readonly OutgoingMessage[],
): Promise<void> {
  if (messages.length === 0) return
  const packed = messages.every(({ name }) => QUICK.has(name))
  const work = () => queues.sendAll(messages, { packed })
  await (currentTrace().traceparent === undefined ? runInTrace(trace, work) : work())
}

/** Of tasks that may be answered from the cache, those that are. */
async function freshOutcomes(
  cache: AnnounceServiceOptions['cache'],
  tenant: Tenant,
  tasks: readonly NewTask[],
): Promise<ReadonlyMap<NewTask, TaskOutcome>> {
  const keys = tasks.flatMap((task) => task.cache?.key ?? [])
  if (keys.length === 0) return new Map()
  const fresh = await cache.find(tenant, keys)
  return new Map(
    tasks.flatMap((task) => {
      const outcome = fresh.get(task.cache?.key ?? '')
      if (outcome?.status !== 'succeeded') return []
      const { output } = outcome
      return [[task, { status: 'succeeded', output, durationMs: 0, cached: true }] as const]
    }),
  )
}

function cancellation({ payload }: OutgoingMessage): OutgoingMessage[] {
  const { task } = payload as { readonly task?: TaskRef }
  return task ? [outgoing(agentControlQueue, 'task.cancel', { task })] : []
}

function isPropagated(request: unknown): boolean {
  return (request as { readonly propagateCancel?: boolean } | null)?.propagateCancel === true
}
