import type { RunEventOf, TaskError, WaitKind } from '@dure/contracts'
import { bodyOf, Decision, type DecisionContext } from '../run/decision.ts'
import { evolve, pathOf } from '../run/evolve.ts'
import { pathIn, scopeOfPath } from '../run/path.ts'
import { absentRun, nodeAt, type RunState } from '../run/state.ts'
import { type Branch, branchOf } from './branches.ts'
import { type CriticalStep, criticalPath } from './critical-path.ts'
import type { HistoryEvent } from './history.ts'
import { type NodeRecord, nodesOf } from './nodes.ts'

export interface Explanation {
  readonly status: RunState['phase']
  /** From its first event to its last. */
  readonly durationMs: number
  readonly costMicroUsd: number
  readonly branches: readonly Branch[]
  readonly skipped: readonly {
    readonly path: string
    /** Each edge into it, and why nothing came by it. */
    readonly because: readonly {
      readonly from: string
      readonly port: string
      readonly why: string
    }[]
  }[]
  readonly retries: readonly {
    readonly path: string
    /** The one that failed. */
    readonly attempt: number
    readonly error: TaskError
    readonly backoffMs: number
  }[]
  readonly waits: readonly {
    readonly path: string
    readonly kind: WaitKind
    readonly waitedMs: number
    /** It still waits. */
    readonly isOpen: boolean
  }[]
  /** What cost something, the most expensive first. */
  readonly costs: readonly { readonly path: string; readonly costMicroUsd: number }[]
  readonly criticalPath: readonly CriticalStep[]
  /** Some of the lists were longer. */
  readonly isCut: boolean
}

/** So much of each list is told. */
const MAX_ITEMS = 500

/** Why a run went the way it did, from its plan and its events. */
export function explain(
  context: Omit<DecisionContext, 'now' | 'timeoutMs'>,
  history: readonly HistoryEvent[],
): Explanation {
  const nodes = nodesOf(history)
  const told = tell({ ...context, now: 0, timeoutMs: 0 }, history)
  const lists = {
    ...told.lists,
    waits: waitsOf(nodes, history),
    costs: costsOf(nodes),
    criticalPath: criticalPath(context.plan, nodes),
  }
  const { phase: status, costMicroUsd } = told.state
  const cut = <Item>(items: readonly Item[]) => items.slice(0, MAX_ITEMS)
  return {
    ...{ status, costMicroUsd, durationMs: spanOf(history) },
    branches: cut(lists.branches),
    skipped: cut(lists.skipped),
    retries: cut(lists.retries),
    waits: cut(lists.waits),
    costs: cut(lists.costs),
    criticalPath: cut(lists.criticalPath),
    isCut: Object.values(lists).some(({ length }) => length > MAX_ITEMS),
  }
}

/** Goes through the events once, with the state as it was at each. */
function tell(context: DecisionContext, history: readonly HistoryEvent[]) {
  const state = absentRun()
  const decision = new Decision(state, context)
  const branches: Branch[] = []
  const skipped: Explanation['skipped'][number][] = []
  const retries: Explanation['retries'][number][] = []
  for (const { event, at } of history) {
    if (event.type === 'node.completed') {
      const planned = context.plan.all.get(event.nodeId)
      const branch = planned && branchOf(decision, planned, event)
      if (branch) branches.push(branch)
    } else if (event.type === 'node.skipped') {
      skipped.push({ path: pathOf(event), because: reasonsFor(decision, event) })
    } else if (event.type === 'node.retrying') {
      const { attempt, error, dueAt } = event
      const backoffMs = Math.max(0, dueAt - at.getTime())
      retries.push({ path: pathOf(event), attempt, error, backoffMs })
    }
    evolve(state, event)
  }
  return { state, lists: { branches, skipped, retries } }
}

function reasonsFor({ state, context }: Decision, event: RunEventOf<'node.skipped'>) {
  const path = pathOf(event)
  const scope = scopeOfPath(path)
  const { incoming = [] } = bodyOf(context, scope)?.byId.get(event.nodeId) ?? {}
  return incoming.map(({ from, port }) => {
    const at = pathIn(scope, from)
    const node = nodeAt(state, at)
    if (node?.status === 'completed') {
      const why = node.port === port ? 'its join had gone on without it' : `took ${node.port}`
      return { from: at, port, why }
    }
    return { from: at, port, why: node?.status ?? 'was not reached' }
  })
}

const WAITS = new Set<WaitKind>(['timer', 'event', 'approval', 'child'])

function waitsOf(nodes: readonly NodeRecord[], history: readonly HistoryEvent[]) {
  const now = history.at(-1)?.at.getTime() ?? 0
  return nodes.flatMap(({ path, kind, startedAt, endedAt }) => {
    if (!kind || !WAITS.has(kind)) return []
    const waitedMs = (endedAt?.getTime() ?? now) - startedAt.getTime()
    return [{ path, kind, waitedMs, isOpen: endedAt === null }]
  })
}

function costsOf(nodes: readonly NodeRecord[]) {
  return nodes
    .filter(({ costMicroUsd }) => costMicroUsd > 0)
    .map(({ path, costMicroUsd }) => ({ path, costMicroUsd }))
    .sort((one, other) => other.costMicroUsd - one.costMicroUsd)
}

function spanOf(history: readonly HistoryEvent[]): number {
  const [first, last] = [history[0], history.at(-1)]
  return first && last ? last.at.getTime() - first.at.getTime() : 0
}
