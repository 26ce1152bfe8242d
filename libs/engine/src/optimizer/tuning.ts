import type { ErrorClass } from '@dure/contracts'
import type { NodePolicy } from '../graph/graph.ts'
import type { PlannedNode } from '../run/plan.ts'
import type { Candidate } from './advice.ts'
import { NO_EDIT } from './edit.ts'
import type { Call } from './simulate.ts'
import { type NodeStatistics, percentile } from './statistics.ts'

const MIN_RETRIED = 3
const MIN_DURATIONS = 20
const MIN_TTL_S = 60
const MAX_TTL_S = 86_400

/** What the policy of one node could do better, by what was recorded of it. */
export function tuningsOf(planned: PlannedNode, seen: NodeStatistics): Candidate[] {
  return [cacheOf(planned, seen), retryOf(planned, seen), timeoutOf(planned, seen)].flatMap(
    (found) => found ?? [],
  )
}

function cacheOf(planned: PlannedNode, { nodeId, calls }: NodeStatistics): Candidate | undefined {
  const { nodeType, effect, node } = planned
  if (nodeType.kind !== 'task' || effect !== 'read' || node.policy?.cache) return undefined
  const answered = calls.filter(({ step }) => step?.end?.status === 'succeeded')
  const groups = [...Map.groupBy(answered, ({ key }) => key).values()]
  const repeats = answered.length - groups.length
  if (repeats === 0) return undefined
  const isStable = groups.every(haveOneAnswer)
  const share = Math.round((100 * repeats) / answered.length)
  const ttlS = ttlOf(groups)
  return {
    kind: 'cache',
    nodeIds: [nodeId],
    title: `${nodeId} asks the same again`,
    detail: `${repeats} of ${answered.length} times (${share} %) the same had been asked before, ${
      isStable ? 'and the answer was the same' : 'but the answers were not all the same'
    }: keep answers for ${ttlS} s, if they may be that old.`,
    seen: answered.length,
    edit: withPolicy(planned, { cache: { ttlS } }),
    isSafe: isStable,
    needsGain: true,
  }
}

function haveOneAnswer(group: readonly Call[]): boolean {
  const answers = group.map(({ step }) =>
    step?.end?.status === 'succeeded' ? JSON.stringify(step.end.data) : undefined,
  )
  return new Set(answers).size === 1
}

/** As long as most repetitions came after each other. */
function ttlOf(groups: readonly (readonly Call[])[]): number {
  const gaps = groups.flatMap((group) =>
    group.slice(1).map(({ atMs }, index) => atMs - (group[index]?.atMs ?? atMs)),
  )
  const seconds = Math.ceil(percentile(gaps, 0.9) / 1000) + 1
  return Math.min(MAX_TTL_S, Math.max(MIN_TTL_S, seconds))
}

function retryOf(planned: PlannedNode, seen: NodeStatistics): Candidate | undefined {
  const { retry } = planned.node.policy ?? {}
  if (!retry) return undefined
  const isVain = (one: ErrorClass) => {
    const { tried = 0, recovered = 0 } = seen.retriedBy.get(one) ?? {}
    return tried >= MIN_RETRIED && recovered === 0
  }
  const vain = retry.on.filter(isVain)
  if (vain.length === 0) return undefined
  const on = retry.on.filter((one) => !isVain(one))
  const tried = Math.min(...vain.map((one) => seen.retriedBy.get(one)?.tried ?? 0))
  return {
    kind: 'drop-retry',
    nodeIds: [seen.nodeId],
    title: `Retries of ${seen.nodeId} after ${vain.join(', ')} never helped`,
    detail: `${tried} times it was tried again after that, and it succeeded not once: fail at once.`,
    seen: tried,
    edit: withPolicy(planned, { retry: on.length > 0 ? { ...retry, on } : undefined }),
    isSafe: true,
    needsGain: false,
  }
}

function timeoutOf(planned: PlannedNode, seen: NodeStatistics): Candidate | undefined {
  const { nodeType, node, effect, idempotent } = planned
  if (nodeType.kind !== 'task' || (effect === 'write' && !idempotent)) return undefined
  if (seen.timeouts > 0 || seen.durationMs.length < MIN_DURATIONS) return undefined
  const timeoutMs = node.policy?.timeoutMs ?? nodeType.defaultTimeoutMs
  const p99 = percentile(seen.durationMs, 0.99)
  const wanted = Math.max(1000, 3 * p99, 1.5 * percentile(seen.durationMs, 1))
  const shorter = Math.ceil(wanted / 1000) * 1000
  if (timeoutMs < 10 * p99 || shorter > timeoutMs / 2) return undefined
  return {
    kind: 'shorten-timeout',
    nodeIds: [seen.nodeId],
    title: `${seen.nodeId} is given far more time than it needs`,
    detail: `It took ${p99} ms in 99 of 100 cases, and has ${timeoutMs} ms. With ${shorter} ms, one that hangs is given up ${timeoutMs - shorter} ms earlier.`,
    seen: seen.durationMs.length,
    edit: withPolicy(planned, { timeoutMs: shorter }),
    isSafe: true,
    needsGain: false,
  }
}

/** A member that is undefined is left out. */
function withPolicy(
  { id, node }: PlannedNode,
  change: { readonly [Key in keyof NodePolicy]?: NodePolicy[Key] | undefined },
) {
  const entries = Object.entries({ ...node.policy, ...change })
  const policy: NodePolicy = Object.fromEntries(entries.filter(([, value]) => value !== undefined))
  const isEmpty = Object.keys(policy).length === 0
  return { ...NO_EDIT, policies: [{ nodeId: id, policy: isEmpty ? undefined : policy }] }
}
