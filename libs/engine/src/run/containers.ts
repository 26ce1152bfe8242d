import type { NodeId, TaskError } from '@dure/contracts'
import { InvalidInputError } from '@dure/kernel'
import { itemsOfMap } from '../nodes/map.ts'
import { evaluateBoolean } from '../nodes/values.ts'
import { cancelNode, cancelScope } from './cancel.ts'
import { storable } from './data.ts'
import { want } from './data-needs.ts'
import { contentOf, type Decision, named, scopeFor } from './decision.ts'
import { failNode } from './failure.ts'
import { iterationOf, nodeIdOf, scopeOfPath, splitIteration } from './path.ts'
import type { PlannedBody, PlannedNode } from './plan.ts'
import { explained } from './schedule.ts'
import { completeWith } from './start-node.ts'
import { ensureScope, type Iterations, isTerminal, nodeAt, type ScopeState } from './state.ts'

/** How many iterations one map may have. */
const MAX_ITERATIONS = 1000

interface MapConfig {
  readonly concurrency: number
  readonly onItemError: 'fail' | 'skip' | 'collect'
}

interface LoopConfig {
  readonly while?: string
  readonly maxIterations: number
  readonly breakOn?: string
}

/** A node whose body is run, at this moment. */
interface Container {
  readonly path: string
  readonly planned: PlannedNode
  readonly iterations: Iterations
}

/** Begins a node that has a body. */
export function begin(decision: Decision, path: string, planned: PlannedNode): void {
  const attempt = (decision.state.attempts.get(path) ?? 0) + 1
  const error = explained(() => {
    const items = isMap(planned) ? itemsOf(decision, path, planned) : undefined
    decision.record({
      type: 'node.started',
      ...named(path, planned),
      nodeType: planned.node.type,
      attempt,
      kind: 'body',
      ...(items !== undefined && { items: storable(decision, items) }),
    })
    return goOn(decision, path)
  })
  if (error) failNode(decision, { path, planned, attempt, error })
}

function containerOf(planned: PlannedNode): 'map' | 'loop' | 'try' | undefined {
  return planned.nodeType.kind === 'container' ? planned.nodeType.container : undefined
}

function isMap(planned: PlannedNode): boolean {
  return containerOf(planned) === 'map'
}

function itemsOf(decision: Decision, path: string, planned: PlannedNode): readonly unknown[] {
  const config = planned.node.config as unknown as Parameters<typeof itemsOfMap>[0]
  const items = itemsOfMap(config, scopeFor(decision, scopeOfPath(path)))
  if (items.length <= MAX_ITERATIONS) return items
  throw new InvalidInputError(
    'node.too-many-items',
    `A map has at most ${MAX_ITERATIONS} iterations, and this one would have ${items.length}: set batchSize`,
  )
}

/** Opens what may be opened of a container, or ends it. */
function goOn(decision: Decision, path: string): TaskError | undefined {
  const planned = decision.planned(nodeIdOf(path))
  const node = nodeAt(decision.state, path)
  if (!planned || !node?.iterations || isTerminal(node)) return undefined
  const container = { path, planned, iterations: node.iterations }
  switch (containerOf(planned)) {
    case 'map':
      return goOnWithMap(decision, container)
    case 'loop':
      return goOnWithLoop(decision, container)
    case 'try':
      return goOnWithTry(decision, container)
    case undefined:
      return undefined
  }
}

function goOnWithMap(decision: Decision, container: Container): TaskError | undefined {
  const { planned, iterations } = container
  const { concurrency, onItemError } = planned.node.config as unknown as MapConfig
  const items = contentOf(iterations.items, decision.context)
  if (items === undefined) return wait(decision, [iterations.items])
  const count = Array.isArray(items) ? items.length : 0
  while (iterations.opened < count && iterations.opened - iterations.finished < concurrency) {
    open(decision, container, iterations.opened)
  }
  if (iterations.finished < count) return undefined
  if (!areThere(decision, iterations.results)) return undefined
  const failed = new Set(iterations.errors.map(({ index }) => index))
  const results = Array.from({ length: count }, (_, index) =>
    contentOf(iterations.results[index] ?? null, decision.context),
  ).filter((_, index) => !failed.has(index))
  const errors =
    onItemError === 'collect' ? [...iterations.errors].sort((a, b) => a.index - b.index) : []
  return completeWith(decision, container, { port: 'out', data: { results, errors } })
}

/** Whether large data among these are in memory; if not, they are asked for. */
function areThere(decision: Decision, data: readonly unknown[]): boolean {
  for (const one of data) want(decision, one)
  return decision.missing.size === 0
}

function wait(decision: Decision, data: readonly unknown[]): undefined {
  areThere(decision, data)
}

function goOnWithLoop(decision: Decision, container: Container): TaskError | undefined {
  const { planned, iterations, path } = container
  const { maxIterations, while: condition, breakOn } = planned.node.config as unknown as LoopConfig
  const { opened, finished, last, leave } = iterations
  if (opened > finished || !areThere(decision, [last])) return undefined
  const isTrue = (source: string, index: number) =>
    evaluateBoolean(source, {
      ...scopeFor(decision, scopeOfPath(path)),
      loop: { index, last: contentOf(last, decision.context) },
    })
  const isOver =
    leave === 'break' ||
    finished >= maxIterations ||
    (finished > 0 && breakOn !== undefined && isTrue(breakOn, finished - 1)) ||
    (condition !== undefined && !isTrue(condition, finished))
  if (!isOver) {
    open(decision, container, opened)
    return undefined
  }
  const data = { last: contentOf(last, decision.context), iterations: finished }
  return completeWith(decision, container, { port: 'out', data })
}

function goOnWithTry(decision: Decision, container: Container): TaskError | undefined {
  const { planned, iterations } = container
  const { opened, finished, caught, results } = iterations
  if (opened > finished) return undefined
  const parts = planned.finally ? 2 : 1
  if (finished < parts) {
    open(decision, container, opened)
    return undefined
  }
  // The error of what runs afterwards is the error of the whole.
  const last = iterations.errors.at(-1)
  if (last?.index === 1) return last.error
  if (caught) return completeWith(decision, container, { port: 'caught', data: { error: caught } })
  if (!areThere(decision, [results[0]])) return undefined
  return completeWith(decision, container, {
    port: 'ok',
    data: contentOf(results[0], decision.context),
  })
}

function open(decision: Decision, { path }: Container, index: number): void {
  const scope = iterationOf(path, index)
  ensureScope(decision.state, scope)
  decision.dirty.add(scope)
}

/** Looks at one iteration: when it is over, its container counts it and goes on. */
export function finishContainerStep(
  decision: Decision,
  scope: ScopeState,
  body: PlannedBody,
): void {
  const { container: path, index } = splitIteration(scope.path)
  const planned = decision.planned(nodeIdOf(path))
  const node = nodeAt(decision.state, path)
  if (!planned || !node || isTerminal(node)) return
  const event = { type: 'iteration.completed', ...named(path, planned), index } as const
  const failed = scope.failedBy === undefined ? undefined : scope.nodes.get(scope.failedBy)
  if (failed?.error) {
    cancelScope(decision, scope.path, 'sibling-failed')
    decision.record({ ...event, status: 'failed', error: failed.error })
    afterFailure(decision, path, planned, failed.error)
  } else if (scope.leave) {
    leaveScope(decision, scope, { path, planned, event })
  } else if (body.nodes.every(({ id }) => isDone(scope, id))) {
    if (!hasItsResult(decision, scope, body)) return
    decision.record({ ...event, status: 'completed', ...resultOf(decision, scope, body) })
    counted(decision, path, planned)
  }
}

function isDone(scope: ScopeState, id: NodeId): boolean {
  const node = scope.nodes.get(id)
  return node !== undefined && isTerminal(node)
}

/** Several large results become one: then they must be in memory. */
function hasItsResult(decision: Decision, scope: ScopeState, { sinks }: PlannedBody): boolean {
  const data = sinks.map(({ id }) => scope.nodes.get(id)?.data)
  if (sinks.length < 2 || areThere(decision, data)) return true
  decision.dirty.add(scope.path)
  return false
}

/** The result of a body is the data of its sinks that completed. */
function resultOf(decision: Decision, scope: ScopeState, { sinks }: PlannedBody) {
  const reached = sinks.filter(({ id }) => scope.nodes.get(id)?.status === 'completed')
  const [only] = reached
  if (only && reached.length === 1) return { from: only.id }
  const data = Object.fromEntries(
    reached.map(({ id }) => [id, contentOf(scope.nodes.get(id)?.data, decision.context)]),
  )
  return { data: storable(decision, reached.length === 0 ? null : data) }
}

interface Leaving {
  readonly path: string
  readonly planned: PlannedNode
  readonly event: {
    readonly type: 'iteration.completed'
    readonly nodeId: NodeId
    readonly index: number
  }
}

/** `break` and `continue` end the iteration of the nearest loop: a `try` around them is left with it. */
function leaveScope(
  decision: Decision,
  scope: ScopeState,
  { path, planned, event }: Leaving,
): void {
  const leave = scope.leave ?? 'continue'
  cancelScope(decision, scope.path, 'left')
  if (containerOf(planned) === 'try') {
    cancelNode(decision, path, leave)
    return
  }
  decision.record({ ...event, status: 'left', leave, data: null })
  counted(decision, path, planned)
}

function afterFailure(
  decision: Decision,
  path: string,
  planned: PlannedNode,
  error: TaskError,
): void {
  const kind = containerOf(planned)
  const { onItemError } = planned.node.config as unknown as MapConfig
  const isKept = kind === 'try' || (kind === 'map' && onItemError !== 'fail')
  if (isKept) {
    counted(decision, path, planned)
    return
  }
  giveUpBody(decision, path)
  failNode(decision, { path, planned, attempt: nodeAt(decision.state, path)?.attempt ?? 1, error })
}

/** What other iterations have under way is of no use any more. */
function giveUpBody(decision: Decision, path: string): void {
  for (const inner of [...decision.state.outstanding.keys()]) {
    if (inner.startsWith(`${path}[`)) cancelNode(decision, inner, 'sibling-failed')
  }
  for (const scope of [...decision.dirty]) {
    if (scope.startsWith(`${path}[`)) decision.dirty.delete(scope)
  }
}

/** An iteration is counted: the container opens the next ones, or ends. */
function counted(decision: Decision, path: string, planned: PlannedNode): void {
  const error = explained(() => goOn(decision, path))
  if (error) {
    const attempt = nodeAt(decision.state, path)?.attempt ?? 1
    failNode(decision, { path, planned, attempt, error })
  }
}

/** After a reload: whatever a container can do at once, it does. */
export function goOnWithContainers(decision: Decision): void {
  for (const [path, node] of [...decision.state.outstanding]) {
    if (node.kind !== 'body') continue
    const planned = decision.planned(nodeIdOf(path))
    if (planned && node.status === 'started') counted(decision, path, planned)
  }
}
