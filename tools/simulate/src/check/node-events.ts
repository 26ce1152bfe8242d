import type { RunEvent } from '@dure/contracts'
import { iterationProblems, openIterationProblems } from './iterations.ts'
import {
  ensureNode,
  ensureScope,
  isUnderWay,
  type NodeModel,
  type NodeStatus,
  nodeIdOf,
  type RunModel,
} from './model.ts'
import { iterationOf, placeProblem, scopeOf } from './outline.ts'
import { beginProblem, skipProblem } from './readiness.ts'

export type NodeEvent = Exclude<RunEvent, { type: `run.${string}` }>

/** Out of which states of a node an event about it may come. */
const LEGAL: Readonly<Record<NodeEvent['type'], readonly NodeStatus[]>> = {
  'node.scheduled': ['absent', 'retrying', 'reviewed', 'scheduled', 'started'],
  'node.started': ['absent', 'retrying', 'reviewed'],
  'node.retrying': ['absent', 'scheduled', 'started', 'reviewed'],
  'node.completed': ['absent', 'scheduled', 'started', 'retrying', 'reviewed'],
  'node.failed': ['absent', 'scheduled', 'started', 'retrying', 'reviewed'],
  'node.skipped': ['absent'],
  'node.cancelled': ['scheduled', 'started', 'retrying', 'review', 'reviewed'],
  'node.needs-review': ['scheduled', 'started'],
  'node.reviewed': ['review'],
  'iteration.completed': ['started'],
  'approval.requested': ['scheduled'],
  'approval.decided': ['scheduled'],
  'approval.escalated': ['scheduled'],
}

export function applyNodeEvent(model: RunModel, event: NodeEvent): string[] {
  const path = event.path ?? event.nodeId
  const node = ensureNode(model, path)
  const problems = [
    placeProblem(model.outline, path, event.nodeId),
    phaseProblem(model, event, path),
    stateProblem(node, event, path),
    attemptProblem(node, event, path),
    ...(node.status === 'absent' ? firstProblems(model, event, path) : []),
  ]
  if (event.type === 'iteration.completed') problems.push(...iterationProblems(model, event, path))
  if (event.type === 'node.completed') problems.push(openIterationProblems(model, path))
  change(model, node, event)
  if (isUnderWay(node)) model.outstanding.set(path, node)
  else model.outstanding.delete(path)
  return problems.filter((problem) => problem !== undefined)
}

/** Results are taken in while a run is paused, but nothing new is begun. */
function phaseProblem({ phase }: RunModel, { type }: NodeEvent, path: string) {
  const begins = type === 'node.scheduled' || type === 'node.started' || type === 'node.skipped'
  const allowed = begins ? ['running'] : ['running', 'paused']
  return allowed.includes(phase) ? undefined : `${type} of ${path} in a run that is ${phase}`
}

function stateProblem(node: NodeModel, event: NodeEvent, path: string): string | undefined {
  const { type } = event
  const fits = LEGAL[type].includes(node.status)
  const asks = type === 'node.scheduled' && (isVerification(event) || node.verifies)
  const again = type === 'node.scheduled' && isUnderWay(node) && !asks
  const repeated = again && (node.status === 'scheduled' || node.status === 'started')
  return fits && !repeated ? undefined : `${type} of ${path}, which is ${node.status}`
}

function isVerification(event: NodeEvent): boolean {
  if (event.type !== 'node.scheduled') return false
  return typeof event.request === 'object' && event.request !== null && 'verify' in event.request
}

/** Attempts of a path count up by one; what is said of an attempt is said of the newest one. */
function attemptProblem(node: NodeModel, event: NodeEvent, path: string): string | undefined {
  const attempt = 'attempt' in event ? event.attempt : undefined
  if (attempt === undefined || !('attempt' in event)) return undefined
  const begins = event.type === 'node.scheduled' || event.type === 'node.started'
  const first = node.status === 'absent'
  const expected = begins || first ? [node.attempt + 1] : [node.attempt]
  // A pure node has no start: what is said of it may be of its next attempt, or name the first.
  if (!begins && node.status === 'retrying') expected.push(node.attempt + 1)
  if (!begins && first) expected.push(1)
  return expected.includes(attempt)
    ? undefined
    : `${event.type} of ${path} is of attempt ${attempt}, after ${node.attempt}`
}

/** The first that happens to a node has to be due; as has the first of a scope. */
function firstProblems(model: RunModel, { type }: NodeEvent, path: string) {
  const scope = scopeOf(path)
  const outer = scope === '' ? undefined : ensureNode(model, iterationOf(scope).container)
  const begins =
    type === 'node.skipped'
      ? skipProblem(model, path)
      : beginProblem(model, path, type === 'node.failed')
  return [
    begins,
    outer && outer.status !== 'started'
      ? `${path} begins in a container that does not run`
      : undefined,
    ensureScope(model, scope).over ? `${path} begins in an iteration that is over` : undefined,
    scope === '' ? undefined : capProblem(model, scope),
  ]
}

/** How many iterations there may be, and how many at once. */
function capProblem(model: RunModel, scope: string): string | undefined {
  const { container, index } = iterationOf(scope)
  const { type, config } = model.outline.get(nodeIdOf(container))?.node ?? {}
  const { maxIterations, concurrency } = (config ?? {}) as Record<string, number | undefined>
  const open = [...model.scopes].filter(
    ([path, { over }]) => isIterationOf(path, container) && !over,
  ).length
  if (type === 'loop') {
    if (maxIterations !== undefined && index >= maxIterations) return `${scope} is one too many`
    return open > 1 ? `${scope} begins before the iteration before it is over` : undefined
  }
  const limit = concurrency ?? 1
  return type === 'map' && open > limit ? `${scope}: ${open} iterations at once` : undefined
}

function isIterationOf(scope: string, container: string): boolean {
  return scope.startsWith(`${container}[`) && !scope.slice(container.length).includes('/')
}

function change(model: RunModel, node: NodeModel, event: NodeEvent): void {
  if ('attempt' in event && event.attempt !== undefined) node.attempt = event.attempt
  switch (event.type) {
    case 'node.scheduled':
    case 'node.started':
      node.status = event.type === 'node.scheduled' ? 'scheduled' : 'started'
      node.kind = event.kind ?? 'task'
      node.dueAt = event.dueAt
      node.verifies = isVerification(event)
      if (event.type === 'node.scheduled') node.request = event.request
      if (event.type === 'node.started' && event.items !== undefined) node.items = event.items
      if (event.type === 'node.scheduled') node.childRunId = event.childRunId
      return
    case 'node.retrying':
      node.status = 'retrying'
      node.dueAt = event.dueAt
      return
    case 'node.completed':
      settle(node, 'completed', { port: event.port, data: event.data })
      Object.assign(model.vars, event.vars)
      return
    case 'node.failed':
      node.handled = event.handled
      settle(node, 'failed', handledAs(event))
      return
    case 'node.skipped':
      settle(node, 'skipped')
      return
    case 'node.cancelled':
      settle(node, 'cancelled')
      return
    case 'node.needs-review':
      node.status = 'review'
      node.dueAt = undefined
      return
    case 'node.reviewed':
      node.status = 'reviewed'
      if (event.resolution === 'retry') node.reopened += 1
      return
    case 'iteration.completed':
      endIteration(model, node, event)
      return
    case 'approval.escalated':
      node.dueAt = nextOf(node, event.level)
      return
    default:
      return
  }
}

/** When an approval that has been escalated so often goes on by itself. */
function nextOf({ request }: NodeModel, level: number): number | undefined {
  const { dueAt, escalate = [] } = (request ?? {}) as {
    readonly dueAt?: number | null
    readonly escalate?: readonly { readonly dueAt: number }[]
  }
  const times = [dueAt, escalate[level]?.dueAt].filter((time) => typeof time === 'number')
  return times.length === 0 ? undefined : Math.min(...times)
}

function endIteration(
  model: RunModel,
  node: NodeModel,
  event: Extract<NodeEvent, { type: 'iteration.completed' }>,
): void {
  const scope = ensureScope(model, `${event.path ?? event.nodeId}[${event.index}]`)
  scope.over = true
  node.last = event.from === undefined ? event.data : scope.nodes.get(event.from)?.data
}

function handledAs({ handled, error, data }: Extract<NodeEvent, { type: 'node.failed' }>) {
  if (handled === 'branch') return { port: 'error', data: { error } }
  return handled === 'default' ? { port: 'out', data } : {}
}

function settle(
  node: NodeModel,
  status: NodeStatus,
  { port, data }: { readonly port?: string; readonly data?: unknown } = {},
): void {
  node.status = status
  node.port = port
  node.data = data
  node.dueAt = undefined
  node.verifies = false
}
