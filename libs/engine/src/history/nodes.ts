import type { NodeId, RunEvent, RunId, TaskError, WaitKind } from '@dure/contracts'
import { pathOf } from '../run/evolve.ts'
import type { NodeStatus } from '../run/state.ts'
import type { HistoryEvent } from './history.ts'

/** How far one node of a run has come, and what it took. */
export interface NodeRecord {
  readonly path: string
  readonly nodeId: NodeId
  /** The version at which it was first reached. */
  readonly reachedAt: number
  /** Empty of a node that was skipped, and of one that a fork has taken over as such. */
  type: string
  status: NodeStatus
  /** Executions that were begun; 0 of a node that is computed on the way. */
  attempts: number
  kind?: WaitKind | undefined
  port?: string
  data?: unknown
  /** Why it failed, or why it is tried again. */
  error?: TaskError | undefined
  startedAt: Date
  endedAt: Date | null
  /** When it goes on by itself; epoch milliseconds. */
  dueAt?: number | undefined
  childRunId?: RunId
  /** How long the execution that succeeded took. */
  durationMs?: number
  costMicroUsd: number
}

/** All nodes that a run has reached, in the order in which it did. */
export function nodesOf(history: readonly HistoryEvent[]): NodeRecord[] {
  const nodes = new Map<string, NodeRecord>()
  for (const one of history) {
    const { event } = one
    if (event.type.startsWith('node.')) takeNode(nodes, one)
    else if (event.type === 'run.retried') retry(nodes, event.paths)
    else if (ENDS.has(event.type)) giveUp(nodes, one.at)
  }
  return [...nodes.values()]
}

const ENDS = new Set<RunEvent['type']>([
  'run.completed',
  'run.failed',
  'run.cancelled',
  'run.timed_out',
])

function takeNode(nodes: Map<string, NodeRecord>, { version, at, event }: HistoryEvent): void {
  if (!('nodeId' in event) || event.nodeId === undefined || event.type === 'run.failed') return
  const path = 'path' in event ? pathOf(event) : event.nodeId
  const node: NodeRecord = nodes.get(path) ?? {
    ...{ path, nodeId: event.nodeId, reachedAt: version, type: '', status: 'scheduled' },
    ...{ attempts: 0, startedAt: at, endedAt: null, costMicroUsd: 0 },
  }
  nodes.set(path, node)
  if ('nodeType' in event) node.type = event.nodeType
  change(node, event, at)
}

function change(node: NodeRecord, event: RunEvent, at: Date): void {
  switch (event.type) {
    case 'node.scheduled':
    case 'node.started':
      node.status = event.type === 'node.scheduled' ? 'scheduled' : 'started'
      node.kind = event.kind ?? 'task'
      node.attempts = Math.max(node.attempts, event.attempt)
      node.dueAt = event.dueAt
      node.endedAt = null
      if ('childRunId' in event && event.childRunId) node.childRunId = event.childRunId
      return
    case 'node.retrying':
      node.status = 'retrying'
      node.error = event.error
      node.dueAt = event.dueAt
      return
    case 'node.needs-review':
      node.status = 'review'
      node.error = event.error
      node.dueAt = undefined
      return
    case 'node.completed':
      node.port = event.port
      node.data = event.data
      node.error = undefined
      node.costMicroUsd += event.usage?.costMicroUsd ?? 0
      if (event.durationMs !== undefined) node.durationMs = event.durationMs
      end(node, 'completed', at)
      return
    case 'node.failed':
      node.error = event.error
      if (event.handled === 'branch') node.port = 'error'
      if (event.handled === 'default') Object.assign(node, { port: 'out', data: event.data })
      end(node, 'failed', at)
      return
    case 'node.skipped':
      end(node, 'skipped', at)
      return
    case 'node.cancelled':
      end(node, 'cancelled', at)
      return
  }
}

function end(node: NodeRecord, status: NodeStatus, at: Date): void {
  node.status = status
  node.endedAt = at
  node.dueAt = undefined
}

function retry(nodes: Map<string, NodeRecord>, paths: readonly string[]): void {
  for (const path of paths) {
    const node = nodes.get(path)
    if (!node) continue
    node.status = node.kind === 'body' ? 'started' : 'retrying'
    node.endedAt = null
  }
}

/** What is under way when its run ends is of no use any more. */
function giveUp(nodes: Map<string, NodeRecord>, at: Date): void {
  for (const node of nodes.values()) if (node.endedAt === null) end(node, 'cancelled', at)
}
