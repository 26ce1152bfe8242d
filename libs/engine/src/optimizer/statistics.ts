import type { ErrorClass, NodeId } from '@dure/contracts'
import { pathOf } from '../run/evolve.ts'
import { nodeIdOf } from '../run/path.ts'
import type { Plan } from '../run/plan.ts'
import { type RecordedRun, recordingOf, type Step } from './recorded.ts'
import type { Call, Simulated } from './simulate.ts'

/** What was recorded of one node, in all runs and all iterations. */
export interface NodeStatistics {
  readonly nodeId: NodeId
  /** Runs in which it was reached. */
  readonly runs: number
  readonly executions: number
  /** From when it was asked for until it ended, retries included; milliseconds. */
  readonly latencyMs: readonly number[]
  /** Of single attempts that succeeded, as who executed them measured it. */
  readonly durationMs: readonly number[]
  readonly costMicroUsd: number
  readonly failures: number
  readonly timeouts: number
  /** Attempts after the first one. */
  readonly retries: number
  /** Executions with a retry because of this class of error, and how many of these succeeded. */
  readonly retriedBy: ReadonlyMap<
    ErrorClass,
    { readonly tried: number; readonly recovered: number }
  >
  readonly cached: number
  /** What was asked, in the order of time; of tasks only. */
  readonly calls: readonly Call[]
}

type Growing = {
  -readonly [Key in keyof NodeStatistics]: NodeStatistics[Key] extends readonly (infer Item)[]
    ? Item[]
    : NodeStatistics[Key]
} & { retriedBy: Map<ErrorClass, { tried: number; recovered: number }> }

/** @param simulated of each run, in the same order: what was asked is not recorded, but follows */
export function statisticsOf(
  plan: Plan,
  runs: readonly RecordedRun[],
  simulated: readonly Simulated[],
): ReadonlyMap<NodeId, NodeStatistics> {
  const found = new Map([...plan.all.keys()].map((id): [NodeId, Growing] => [id, nothingOf(id)]))
  for (const run of runs) addRun(found, run)
  const calls = simulated.flatMap((one) => one.calls).toSorted((a, b) => a.atMs - b.atMs)
  for (const call of calls) found.get(call.nodeId as NodeId)?.calls.push(call)
  return found
}

function nothingOf(nodeId: NodeId): Growing {
  return {
    ...{ nodeId, runs: 0, executions: 0, latencyMs: [], durationMs: [], costMicroUsd: 0 },
    ...{ failures: 0, timeouts: 0, retries: 0, retriedBy: new Map(), cached: 0, calls: [] },
  }
}

function addRun(found: ReadonlyMap<NodeId, Growing>, { events }: RecordedRun): void {
  const recording = recordingOf(events)
  if (!recording) return
  const reached = new Map<NodeId, Set<string>>()
  for (const { event } of events) {
    if (
      event.type !== 'node.completed' &&
      event.type !== 'node.failed' &&
      event.type !== 'node.started'
    ) {
      continue
    }
    const paths = reached.get(event.nodeId) ?? new Set()
    reached.set(event.nodeId, paths.add(pathOf(event)))
  }
  for (const [id, paths] of reached) {
    const node = found.get(id)
    if (!node) continue
    node.runs += 1
    node.executions += paths.size
  }
  for (const [path, steps] of recording.steps) {
    const node = found.get(nodeIdOf(path))
    if (node) addSteps(node, steps)
  }
}

function addSteps(node: Growing, steps: readonly Step[]): void {
  const [first, last] = [steps[0], steps.at(-1)]
  if (first && last?.endedMs !== undefined) node.latencyMs.push(last.endedMs - first.beganMs)
  if (last?.end?.status === 'failed') node.failures += 1
  const classes = new Set<ErrorClass>()
  for (const { end, beganMs, endedMs = beganMs } of steps) {
    if (end?.status === 'succeeded') {
      node.costMicroUsd += end.usage?.costMicroUsd ?? 0
      if (end.cached) node.cached += 1
      else node.durationMs.push(end.durationMs ?? endedMs - beganMs)
    } else if (end) {
      if (end.error.class === 'timeout') node.timeouts += 1
      if (!end.retried) continue
      node.retries += 1
      classes.add(end.error.class ?? 'internal')
    }
  }
  for (const one of classes) {
    const { tried, recovered } = node.retriedBy.get(one) ?? { tried: 0, recovered: 0 }
    const isRecovered = last?.end?.status === 'succeeded' ? 1 : 0
    node.retriedBy.set(one, { tried: tried + 1, recovered: recovered + isRecovered })
  }
}

/** By the nearest rank: a value that was there. 0 of nothing. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0
}
