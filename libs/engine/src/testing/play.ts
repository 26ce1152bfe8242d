import type { RunEvent, RunId, WorkflowId, WorkflowVersionId } from '@dure/contracts'
import type { Graph } from '../graph/graph.ts'
import { nodeTypes } from '../nodes/index.ts'
import type { NewTask } from '../orchestrator/ports.ts'
import type { RunCommand } from '../run/command.ts'
import { decide } from '../run/decide.ts'
import type { DecisionContext, InPlaceWork } from '../run/decision.ts'
import { planOf } from '../run/plan.ts'
import { absentRun, type RunState } from '../run/state.ts'

const hex = (digit: string) => digit.repeat(32)

/** A run in memory that a test plays command by command. */
export interface Played {
  readonly state: RunState
  /** All that has happened so far. */
  readonly events: readonly RunEvent[]
  /** What the last decision sent for. */
  readonly tasks: readonly NewTask[]
  readonly inPlace: readonly InPlaceWork[]
  readonly cancelled: readonly string[]
  now: number
  send(...commands: RunCommand[]): Played
  succeed(path: string, output?: unknown, attempt?: number): Played
  fail(path: string, code?: string, more?: object): Played
  /** Lets time pass, and everything that is due happen. */
  pass(ms: number): Played
  /** `node.completed a`, in order: what happened, without the data. */
  story(): string[]
  /** The data of a node at the top. */
  data(nodeId: string): unknown
}

/** Not a hash that anybody should trust: a test only needs that equal texts have equal names. */
function nameOf(text: string): string {
  let hash = 0n
  for (const character of text)
    hash = (hash * 131n + BigInt(character.codePointAt(0) ?? 0)) % 2n ** 256n
  return hash.toString(16).padStart(64, '0')
}

export function playGraph(graph: unknown, input: unknown = {}): Played {
  const plan = planOf(graph as Graph, nodeTypes)
  const payloads = new Map<string, unknown>()
  const context: Omit<DecisionContext, 'now'> = {
    plan,
    run: {
      runId: `run_${hex('1')}` as RunId,
      workflowId: `wf_${hex('2')}` as WorkflowId,
      tenant: { organizationId: `org_${hex('3')}` as never, projectId: `prj_${hex('4')}` as never },
      seed: hex('5'),
    },
    timeoutMs: 3_600_000,
    sha256: nameOf,
    payloads,
  }
  const state = absentRun()
  const events: RunEvent[] = []

  const played: Played = {
    state,
    events,
    tasks: [],
    inPlace: [],
    cancelled: [],
    now: 1_000_000,
    send(...commands) {
      const made = {
        tasks: [] as NewTask[],
        inPlace: [] as InPlaceWork[],
        cancelled: [] as string[],
      }
      let decision = decide({ ...context, now: played.now }, state, commands)
      for (;;) {
        events.push(...decision.events)
        made.tasks.push(...decision.tasks)
        made.inPlace.push(...decision.inPlace)
        made.cancelled.push(...decision.cancelled)
        // One that was cut goes on as after its commit.
        if (!decision.isRunning || decision.dirty.size === 0) break
        decision = decide({ ...context, now: played.now }, state, [], { cold: true })
      }
      return Object.assign(played, made)
    },
    succeed: (path, output = {}, attempt = 1) =>
      played.send({
        type: 'run.finish-task',
        path,
        attempt,
        outcome: { status: 'succeeded', output, durationMs: 1 },
      }),
    fail: (path, code = 'model.unavailable', { attempt = 1, ...more }: { attempt?: number } = {}) =>
      played.send({
        type: 'run.finish-task',
        path,
        attempt,
        outcome: {
          status: 'failed',
          error: { code, message: 'no', class: 'unavailable', ...more },
        },
      }),
    pass(ms) {
      played.now += ms
      return played.send({ type: 'run.wake' })
    },
    story: () =>
      events.map((event) =>
        'nodeId' in event && event.nodeId
          ? `${event.type} ${('path' in event && event.path) || event.nodeId}`
          : event.type,
      ),
    data(nodeId) {
      return state.scopes.get('')?.nodes.get(nodeId as never)?.data
    },
  }
  return played.send({
    type: 'run.start',
    workflowId: context.run.workflowId as WorkflowId,
    versionId: `wfv_${hex('6')}` as WorkflowVersionId,
    versionNumber: 1,
    input,
    startedBy: 'key_test',
    startedAt: played.now,
    deadlineAt: played.now + context.timeoutMs,
  })
}
