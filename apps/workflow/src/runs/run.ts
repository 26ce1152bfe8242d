import type {
  NodeId,
  OutgoingMessage,
  RunEvent,
  TaskError,
  TaskOutcome,
  TaskRef,
} from '@dure/contracts'
import { ConflictError, InvalidInputError } from '@dure/kernel'
import type { Scope } from '../expressions/expression.ts'
import type { PureNodeType, TaskNodeType } from '../nodes/define.ts'
import { isLargerThan } from './json-size.ts'
import type { Plan, PlannedNode } from './plan.ts'

export type NodeState =
  | { readonly status: 'scheduled'; readonly attempt: number }
  | { readonly status: 'completed'; readonly port: string; readonly data: unknown }
  | { readonly status: 'failed'; readonly error: TaskError }
  | { readonly status: 'skipped' }

/** One execution of a published version, as its events add up. */
export interface Run {
  readonly status: 'absent' | 'running' | 'completed' | 'failed'
  readonly input: unknown
  readonly nodes: ReadonlyMap<NodeId, NodeState>
}

export type RunCommand =
  | (Omit<Extract<RunEvent, { type: 'run.started' }>, 'type'> & { readonly type: 'run.start' })
  | {
      readonly type: 'run.finish-task'
      readonly nodeId: NodeId
      readonly attempt: number
      readonly outcome: TaskOutcome
    }
  | { readonly type: 'run.expire' }

/** What a task needs besides what its node says. */
export type TaskContext = Pick<TaskRef, 'runId' | 'tenant' | 'workflowId'>

export interface Decision {
  readonly events: readonly RunEvent[]
  /** For each `node.scheduled` among the events, the message that gets it done. */
  readonly tasks: readonly ScheduledTask[]
}

export interface ScheduledTask {
  readonly task: TaskRef
  readonly message: OutgoingMessage
}

/** The `data` of a node is stored with its event: larger ones belong into a file or a database. */
const MAX_DATA_BYTES = 262_144

export const absentRun: Run = { status: 'absent', input: null, nodes: new Map() }

/**
 * What commands lead to: the facts, then every pure node that they make ready, then the tasks to
 * send. No clock, no random, no I/O: the same input gives the same decision, always.
 *
 * Results arrive at least once and sometimes after the end: a late, repeated or overtaken one
 * changes nothing.
 *
 * @throws ConflictError `run.already-started`
 */
export function decide(
  plan: Plan,
  context: TaskContext,
  state: Run,
  commands: readonly RunCommand[],
): Decision {
  const events: RunEvent[] = []
  const tasks: ScheduledTask[] = []
  let current = state
  const record = (event: RunEvent) => {
    events.push(event)
    current = evolve(current, event)
  }

  for (const command of commands) {
    for (const event of factsOf(plan, current, command)) record(event)
  }
  // The plan is in an order in which one pass sees every node after all that it waits for.
  for (const planned of plan.values()) {
    if (current.status !== 'running') break
    const { event, task } = advanceNode(planned, context, current)
    if (event) record(event)
    if (task) tasks.push(task)
    if (event?.type === 'node.failed') record(failedBy(event))
  }
  if (current.status === 'running' && isSettled(plan, current)) {
    record({ type: 'run.completed', output: outputOf(plan, current) })
  }
  // Of a run that has ended meanwhile, nothing more is sent for.
  return { events, tasks: current.status === 'running' ? tasks : [] }
}

export function evolve(state: Run, event: RunEvent): Run {
  switch (event.type) {
    case 'run.started':
      return { status: 'running', input: event.input, nodes: new Map() }
    case 'node.scheduled':
      return withNode(state, event.nodeId, { status: 'scheduled', attempt: event.attempt })
    case 'node.completed':
      return withNode(state, event.nodeId, {
        status: 'completed',
        port: event.port,
        data: event.data,
      })
    case 'node.failed':
      return withNode(state, event.nodeId, { status: 'failed', error: event.error })
    case 'node.skipped':
      return withNode(state, event.nodeId, { status: 'skipped' })
    case 'run.completed':
      return { ...state, status: 'completed' }
    case 'run.failed':
      return { ...state, status: 'failed' }
  }
}

function factsOf(plan: Plan, state: Run, command: RunCommand): readonly RunEvent[] {
  switch (command.type) {
    case 'run.start': {
      if (state.status !== 'absent') {
        throw new ConflictError('run.already-started', 'This run has already started')
      }
      return [{ ...command, type: 'run.started' }]
    }
    case 'run.finish-task':
      return finishTask(plan, state, command)
    case 'run.expire': {
      if (state.status !== 'running') return []
      const message = 'The run took longer than it may: see RUN_TIMEOUT_MS'
      return [{ type: 'run.failed', error: { code: 'run.deadline-exceeded', message } }]
    }
  }
}

function finishTask(
  plan: Plan,
  state: Run,
  { nodeId, attempt, outcome }: Extract<RunCommand, { type: 'run.finish-task' }>,
): readonly RunEvent[] {
  const node = state.nodes.get(nodeId)
  const nodeType = plan.get(nodeId)?.node.type
  if (state.status !== 'running' || nodeType === undefined) return []
  if (node?.status !== 'scheduled' || node.attempt !== attempt) return []

  if (outcome.status === 'failed') {
    const failed = { type: 'node.failed', nodeId, nodeType, error: outcome.error } as const
    return [failed, failedBy(failed)]
  }
  const { output, usage, durationMs } = outcome
  const completed = completedBy(nodeId, nodeType, { port: 'out', data: output })
  if (completed.type === 'node.failed') return [completed, failedBy(completed)]
  return [{ ...completed, ...(usage && { usage }), durationMs }]
}

function failedBy({ nodeId, error }: Extract<RunEvent, { type: 'node.failed' }>): RunEvent {
  return { type: 'run.failed', nodeId, error }
}

interface Step {
  readonly event?: RunEvent
  readonly task?: ScheduledTask
}

/** A node may go on when each edge into it is either live or dead, and not all are dead. */
function advanceNode(
  { node, nodeType, incoming }: PlannedNode,
  context: TaskContext,
  state: Run,
): Step {
  if (state.nodes.has(node.id)) return {}
  const edges = incoming.map(({ from, port }) => edgeState(state.nodes.get(from), port))
  if (edges.includes('open')) return {}
  if (edges.length > 0 && edges.every((edge) => edge === 'dead')) {
    return { event: { type: 'node.skipped', nodeId: node.id } }
  }
  try {
    return nodeType.effect === 'pure'
      ? { event: evaluate(nodeType, node, scopeOf(state)) }
      : schedule(nodeType, node, context, scopeOf(state))
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error
    const { code, message } = error
    return { event: failure(node, { code, message: message.slice(0, 2000) }) }
  }
}

function edgeState(from: NodeState | undefined, port: string): 'open' | 'live' | 'dead' {
  if (from === undefined || from.status === 'scheduled') return 'open'
  return from.status === 'completed' && from.port === port ? 'live' : 'dead'
}

function evaluate(nodeType: PureNodeType, node: PlannedNode['node'], scope: Scope): RunEvent {
  return completedBy(node.id, node.type, nodeType.evaluate(node.config, scope))
}

function schedule(
  nodeType: TaskNodeType,
  node: PlannedNode['node'],
  context: TaskContext,
  scope: Scope,
): Step {
  const attempt = 1
  const task: TaskRef = {
    ...context,
    taskKey: `${context.runId}/${node.id}`,
    nodeId: node.id,
    attempt,
    timeoutMs: node.policy?.timeoutMs ?? nodeType.defaultTimeoutMs,
  }
  const message = nodeType.message(node.config, scope, task)
  if (isLargerThan(MAX_DATA_BYTES, message.payload)) {
    return { event: failure(node, tooLarge('What the node is asked')) }
  }
  return {
    event: { type: 'node.scheduled', nodeId: node.id, nodeType: node.type, attempt },
    task: { task, message },
  }
}

function completedBy(
  nodeId: NodeId,
  nodeType: string,
  { port, data }: { readonly port: string; readonly data: unknown },
) {
  if (isLargerThan(MAX_DATA_BYTES, data)) {
    return failure({ id: nodeId, type: nodeType }, tooLarge('The data of the node'))
  }
  return { type: 'node.completed', nodeId, nodeType, port, data } as const
}

function failure({ id, type }: { readonly id: NodeId; readonly type: string }, error: TaskError) {
  return { type: 'node.failed', nodeId: id, nodeType: type, error } as const
}

function tooLarge(what: string): TaskError {
  return {
    code: 'node.data-too-large',
    message: `${what} is larger than ${MAX_DATA_BYTES} bytes: ask for less`,
  }
}

function scopeOf({ input, nodes }: Run): Scope {
  const finished = Object.create(null) as Record<string, { readonly data: unknown }>
  for (const [id, node] of nodes) {
    if (node.status === 'completed') finished[id] = { data: node.data }
  }
  return { input, nodes: finished }
}

function isSettled(plan: Plan, { nodes }: Run): boolean {
  return [...plan.keys()].every((id) => {
    const node = nodes.get(id)
    return node !== undefined && node.status !== 'scheduled'
  })
}

/** The outputs of all ends that were reached, in the order of the plan. */
function outputOf(plan: Plan, { nodes }: Run): unknown {
  const reached = [...plan.values()]
    .filter(({ node }) => node.type === 'end')
    .map(({ node }) => nodes.get(node.id))
  return Object.assign(
    {},
    ...reached.map((node) => (node?.status === 'completed' ? node.data : undefined)),
  )
}

function withNode(state: Run, nodeId: NodeId, node: NodeState): Run {
  return { ...state, nodes: new Map(state.nodes).set(nodeId, node) }
}
