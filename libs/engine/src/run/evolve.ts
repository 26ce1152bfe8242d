import type { NodeId, RunEvent, RunEventOf } from '@dure/contracts'
import type { WaitRequest } from '../nodes/define.ts'
import { nextApprovalTimer } from './approval-timer.ts'
import { closeBody, finishIteration, forgetUntouched, retry } from './evolve-bodies.ts'
import { nodeIdOf, scopeOfPath } from './path.ts'
import {
  ensureScope,
  type Iterations,
  type NodeState,
  nodeAt,
  type RunState,
  type ScopeState,
  scopesWithin,
} from './state.ts'

type NodeEvent = Extract<RunEvent, { nodeId: NodeId; path?: string }>

/** Of an event about a node. */
export function pathOf({
  nodeId,
  path,
}: {
  readonly nodeId: NodeId
  readonly path?: string
}): string {
  return path ?? nodeId
}

/** Adds one fact to the state, in place. The same facts in the same order give the same state. */
export function evolve(state: RunState, event: RunEvent): void {
  state.version += 1
  switch (event.type) {
    case 'run.queued':
      state.phase = 'queued'
      return
    case 'run.started':
      begin(state, event)
      return
    case 'run.paused':
      state.phase = 'paused'
      return
    case 'run.resumed':
      state.phase = 'running'
      return
    case 'run.retried':
      retry(state, event)
      return
    case 'run.signalled':
      if (event.dropped) return
      state.signals.set(event.name, [...(state.signals.get(event.name) ?? []), event.payload])
      return
    case 'run.completed':
      state.output = event.output
      end(state, 'completed')
      return
    case 'run.failed':
      state.error = event.error
      end(state, 'failed')
      return
    case 'run.cancelled':
      end(state, 'cancelled')
      return
    case 'run.timed_out':
      state.error = event.error
      end(state, 'timed_out')
      return
    case 'run.cancel-requested':
    case 'run.responded':
      return
    default:
      evolveNode(state, event)
  }
}

function begin(state: RunState, event: RunEventOf<'run.started'>): void {
  state.phase = 'running'
  state.input = event.input
  state.depth = event.depth ?? 0
  state.parent = event.parent ?? null
  state.deadlineAt = event.deadlineAt ?? null
  state.vars = Object.assign(Object.create(null), event.vars)
  ensureScope(state, '')
}

function end(state: RunState, phase: RunState['phase']): void {
  state.phase = phase
  state.timers.clear()
  for (const [path, { iterations }] of state.outstanding) {
    if (iterations) forgetUntouched(state, path, iterations)
  }
}

function evolveNode(state: RunState, event: NodeEvent): void {
  const path = pathOf(event)
  const scope = ensureScope(state, scopeOfPath(path))
  switch (event.type) {
    case 'node.scheduled':
    case 'node.started':
      underWay(state, path, event)
      return
    case 'node.retrying':
      changeNode(state, path, 'retrying', (node) => {
        node.error = event.error
        state.timers.set(path, event.dueAt)
      })
      return
    case 'node.completed':
      complete(state, path, event)
      return
    case 'node.failed':
      fail(state, path, event)
      return
    case 'node.skipped':
      scope.nodes.set(event.nodeId, { status: 'skipped', attempt: 0, firstAttempt: 1 })
      return
    case 'node.cancelled':
      cancel(state, path, event)
      return
    case 'node.needs-review':
      changeNode(state, path, 'review', (node) => {
        node.error = event.error
      })
      return
    case 'iteration.completed':
      finishIteration(state, path, event)
      return
    case 'approval.decided':
      vote(state, path, event)
      return
    case 'approval.escalated':
      changeNode(state, path, 'scheduled', (node) => {
        node.escalations = event.level
        setTimer(state, path, nextApprovalTimer(node))
      })
      return
    case 'node.reviewed':
    case 'approval.requested':
      return
  }
}

function underWay(
  state: RunState,
  path: string,
  event: RunEventOf<'node.scheduled'> | RunEventOf<'node.started'>,
): void {
  const scope = ensureScope(state, scopeOfPath(path))
  const before = scope.nodes.get(event.nodeId)
  const node: NodeState = {
    ...before,
    status: event.type === 'node.scheduled' ? 'scheduled' : 'started',
    attempt: event.attempt,
    firstAttempt: before?.firstAttempt ?? event.attempt,
    kind: event.kind ?? 'task',
  }
  delete node.verifying
  if (event.type === 'node.scheduled') {
    if (event.childRunId) node.childRunId = event.childRunId
    if (isVerification(event.request)) node.verifying = true
    else if (event.request !== undefined) node.request = event.request as WaitRequest
  } else if (event.kind === 'body' && node.iterations === undefined) {
    node.iterations = iterationsOver(event.items ?? null, scope.visible)
  }
  scope.nodes.set(event.nodeId, node)
  state.outstanding.set(path, node)
  setTimer(state, path, event.dueAt)
}

function isVerification(request: unknown): boolean {
  return typeof request === 'object' && request !== null && 'verify' in request
}

function iterationsOver(items: unknown, around: ScopeState['visible']): Iterations {
  const visible: ScopeState['visible'] = Object.assign(Object.create(null), around)
  return { visible, items, opened: 0, finished: 0, results: [], errors: [], last: null }
}

function complete(state: RunState, path: string, event: RunEventOf<'node.completed'>): void {
  const { nodeId, nodeType, port, data, usage, vars, signal } = event
  settle(state, path, {
    status: 'completed',
    attempt: event.attempt ?? nodeAt(state, path)?.attempt ?? 1,
    port,
    data,
  })
  const scope = ensureScope(state, scopeOfPath(path))
  scope.visible[nodeId] = { data }
  if (vars) state.vars = Object.assign(Object.create(null), state.vars, vars)
  if (usage) state.costMicroUsd += usage.costMicroUsd
  if (nodeType === 'break' || nodeType === 'continue') scope.leave = nodeType
  if (signal !== undefined) state.signals.set(signal, (state.signals.get(signal) ?? []).slice(1))
  for (const inner of scopesWithin(state, path)) state.scopes.delete(inner)
}

function fail(state: RunState, path: string, event: RunEventOf<'node.failed'>): void {
  const { nodeId, error, handled, data } = event
  const attempt = event.attempt ?? nodeAt(state, path)?.attempt ?? 1
  const iterations = nodeAt(state, path)?.iterations
  const scope = ensureScope(state, scopeOfPath(path))
  if (handled === 'branch' || handled === 'default') {
    const port = handled === 'branch' ? 'error' : 'out'
    const given = handled === 'branch' ? { error } : data
    settle(state, path, { status: 'completed', attempt, port, data: given, error })
    scope.visible[nodeId] = { data: given }
    for (const inner of scopesWithin(state, path)) state.scopes.delete(inner)
    return
  }
  // What its iterations have reached is needed again when the run is retried.
  settle(state, path, { status: 'failed', attempt, error, ...(iterations && { iterations }) })
  if (iterations) closeBody(state, path, iterations)
  if (handled === undefined) scope.failedBy = nodeId
}

function cancel(state: RunState, path: string, event: RunEventOf<'node.cancelled'>): void {
  const { attempt = 0, iterations } = nodeAt(state, path) ?? {}
  const { reason } = event
  settle(state, path, { status: 'cancelled', attempt, reason, ...(iterations && { iterations }) })
  if (iterations) closeBody(state, path, iterations)
  if (event.reason === 'break' || event.reason === 'continue') {
    ensureScope(state, scopeOfPath(path)).leave = event.reason
  }
}

/** The node is over: nothing waits for it any more. */
function settle(state: RunState, path: string, node: Omit<NodeState, 'firstAttempt'>): void {
  const before = nodeAt(state, path)
  const scope = ensureScope(state, scopeOfPath(path))
  const firstAttempt = before?.firstAttempt ?? 1
  scope.nodes.set(nodeIdOf(path), { ...node, firstAttempt })
  state.outstanding.delete(path)
  state.timers.delete(path)
}

function changeNode(
  state: RunState,
  path: string,
  status: NodeState['status'],
  change: (node: NodeState) => void,
): void {
  const node = nodeAt(state, path)
  if (!node) return
  node.status = status
  state.timers.delete(path)
  change(node)
}

function setTimer(state: RunState, path: string, dueAt: number | null | undefined): void {
  if (dueAt === null || dueAt === undefined) state.timers.delete(path)
  else state.timers.set(path, dueAt)
}

function vote(state: RunState, path: string, event: RunEventOf<'approval.decided'>): void {
  const node = nodeAt(state, path)
  if (!node) return
  const { by, decision, hash, comment = null } = event
  if (event.edit !== undefined) node.edited = event.edit
  node.votes = [...(node.votes ?? []), { by, decision, hash, comment }]
}
