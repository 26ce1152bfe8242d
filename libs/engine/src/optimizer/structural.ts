import type { NodeId } from '@dure/contracts'
import type { Graph } from '../graph/graph.ts'
import type { NodeType } from '../nodes/define.ts'
import type { Plan } from '../run/plan.ts'
import type { Candidate } from './advice.ts'
import { regionsIn } from './edit.ts'
import { factsOf } from './facts.ts'
import { releaseFrom } from './parallelise.ts'
import { constantPort, withoutDeadWays, withoutUnused } from './remove-dead.ts'
import type { NodeStatistics } from './statistics.ts'

export interface Subject {
  readonly graph: Graph
  readonly plan: Plan
  readonly nodeTypes: ReadonlyMap<string, NodeType>
}

/** One way at a time: what is found is found in the graph as it is after the changes before. */
export function* deadWays({ graph, plan }: Subject): Generator<Candidate> {
  for (const { graph: region } of regionsIn(graph, '')) {
    for (const node of region.nodes) {
      const port = constantPort(node, plan)
      const edit = port === undefined ? undefined : withoutDeadWays(region, node.id, port)
      if (!edit) continue
      const gone = edit.removeNodes
      const what = gone.length > 0 ? `${list(gone)} can never run` : 'the other edges lead nowhere'
      yield {
        kind: 'remove-dead',
        nodeIds: [node.id, ...gone],
        title: `${node.id} always takes the port ${port}`,
        detail: `What it compares are constants, so ${what}: remove it.`,
        ...{ seen: Number.POSITIVE_INFINITY, edit, isSafe: true, needsGain: false },
      }
    }
  }
}

export function* unusedNodes({ graph, plan, nodeTypes }: Subject): Generator<Candidate> {
  const facts = factsOf(plan, nodeTypes)
  const references = new Set([...facts.values()].flatMap((one) => [...one.references]))
  for (const { graph: region } of regionsIn(graph, '')) {
    for (const node of region.nodes) {
      const { id } = node
      const port = constantPort(node, plan)
      const edit = withoutUnused(region, id, { facts, references, port })
      if (!edit) continue
      const isPure = facts.get(id)?.effect === 'pure'
      yield {
        kind: 'remove-dead',
        nodeIds: [id],
        title: `Nobody uses what ${id} gives`,
        detail: isPure
          ? 'No expression names it, and it changes nothing: remove it.'
          : 'No expression names it. Remove it, unless asking is what it is for.',
        ...{ seen: Number.POSITIVE_INFINITY, edit, isSafe: isPure, needsGain: false },
      }
    }
  }
}

export function* independentNodes({ graph, plan, nodeTypes }: Subject): Generator<Candidate> {
  const facts = factsOf(plan, nodeTypes)
  for (const { graph: region } of regionsIn(graph, '')) {
    for (const { id } of region.nodes) {
      const release = releaseFrom(region, id, facts)
      if (!release) continue
      const { edit, released } = release
      yield {
        kind: 'parallelise',
        nodeIds: [id, ...released],
        title: `${list(released)} need not wait for ${id}`,
        detail:
          'They use nothing of what it gives, and none of them writes anything: let them run side by side. When one fails, the others may have been asked in vain.',
        ...{ seen: 0, edit, isSafe: true, needsGain: true },
      }
    }
  }
}

/** @param runs how many were looked at */
export function neverReached(
  statistics: ReadonlyMap<NodeId, NodeStatistics>,
  runs: number,
): Candidate[] {
  const ids = [...statistics.values()].filter((one) => one.executions === 0)
  if (ids.length === 0 || runs === 0) return []
  const nodeIds = ids.map(({ nodeId }) => nodeId)
  return [
    {
      kind: 'remove-dead',
      nodeIds,
      title: `${list(nodeIds)}: never reached`,
      detail: `None of the last ${runs} runs came there. Ways for failures and for rare cases look the same: remove only what you know to be left over.`,
      ...{ seen: runs, isSafe: false, needsGain: false },
    },
  ]
}

function list(ids: readonly string[]): string {
  const shown = ids.slice(0, 5).join(', ')
  return ids.length > 5 ? `${shown} and ${ids.length - 5} more` : shown
}
