import type { NodeId, RunEventOf, RunId, TaskError, WaitKind } from '@dure/contracts'
import type { WaitRequest } from '../nodes/define.ts'
import { nodeIdOf, scopeOfPath, splitIteration } from './path.ts'

export type NodeStatus =
  | 'scheduled'
  | 'started'
  | 'retrying'
  | 'review'
  | 'completed'
  | 'failed'
  | 'skipped'
  | 'cancelled'

export interface Vote {
  readonly by: string
  readonly decision: 'approve' | 'reject'
  readonly hash: string
  readonly comment: string | null
}

/** What is known of one node in one scope. Changed in place by `evolve`, and by nobody else. */
export interface NodeState {
  status: NodeStatus
  attempt: number
  /** Of the attempts since the run began or was retried, the first. */
  firstAttempt: number
  kind?: WaitKind
  port?: string
  data?: unknown
  error?: TaskError
  /** Of one that was cancelled: why. */
  reason?: string
  request?: WaitRequest
  childRunId?: RunId
  /** The attempt under way asks what became of the one before it. */
  verifying?: boolean
  votes?: Vote[]
  /** What is to be approved, once somebody has edited it. */
  edited?: unknown
  escalations?: number
  /** Of a container. */
  iterations?: Iterations
}

/** How far a container has come. */
export interface Iterations {
  /** What its body sees of what is around it: what was finished when it began. */
  readonly visible: ScopeState['visible']
  /** Of a map: what it iterates over. */
  items: unknown
  opened: number
  finished: number
  readonly results: unknown[]
  readonly errors: { index: number; error: TaskError }[]
  /** Of a loop: the result of the last iteration. */
  last: unknown
  leave?: 'break' | 'continue'
  /** Of a `try`: how its body ended. */
  caught?: TaskError
}

/** The run itself, or one iteration of a container: nodes that see each other. */
export interface ScopeState {
  readonly path: string
  readonly nodes: Map<NodeId, NodeState>
  /** What expressions in it see as `nodes`. */
  readonly visible: Record<string, { readonly data: unknown }>
  failedBy?: NodeId
  leave?: 'break' | 'continue'
  /** An iteration that failed, and that its container has counted. */
  closed?: boolean
}

export type RunPhase =
  | 'absent'
  | 'queued'
  | 'running'
  | 'paused'
  | 'completed'
  | 'failed'
  | 'cancelled'
  | 'timed_out'

/**
 * One execution of a published version, as its events add up. It is changed in place: copying what a
 * run of ten thousand events has gathered for each of them would cost more than running it.
 */
export interface RunState {
  phase: RunPhase
  /** How many events it is made of. */
  version: number
  input: unknown
  depth: number
  parent: RunEventOf<'run.started'>['parent'] | null
  /** Epoch milliseconds. */
  deadlineAt: number | null
  vars: Readonly<Record<string, unknown>>
  output: unknown
  error: TaskError | null
  costMicroUsd: number
  readonly scopes: Map<string, ScopeState>
  /** When a node goes on by itself, by path; epoch milliseconds. */
  readonly timers: Map<string, number>
  /** Nodes that wait for somebody else, by path: none of them is forgotten when the run ends. */
  readonly outstanding: Map<string, NodeState>
  /** Signals that no node has taken yet, by name. */
  readonly signals: Map<string, unknown[]>
  /** The last attempt of nodes that are executed anew, by path. */
  readonly attempts: Map<string, number>
}

export function absentRun(): RunState {
  return {
    phase: 'absent',
    version: 0,
    input: null,
    depth: 0,
    parent: null,
    deadlineAt: null,
    vars: Object.create(null),
    output: null,
    error: null,
    costMicroUsd: 0,
    scopes: new Map(),
    timers: new Map(),
    outstanding: new Map(),
    signals: new Map(),
    attempts: new Map(),
  }
}

export function hasEnded({ phase }: Pick<RunState, 'phase'>): boolean {
  return phase !== 'absent' && phase !== 'queued' && phase !== 'running' && phase !== 'paused'
}

export function nodeAt(state: RunState, path: string): NodeState | undefined {
  return state.scopes.get(scopeOfPath(path))?.nodes.get(nodeIdOf(path))
}

export function isTerminal({ status }: NodeState): boolean {
  return (
    status === 'completed' || status === 'failed' || status === 'skipped' || status === 'cancelled'
  )
}

/** The scope, made when it is not there yet: it sees what its container saw when it began. */
export function ensureScope(state: RunState, path: string): ScopeState {
  const known = state.scopes.get(path)
  if (known) return known
  const visible: ScopeState['visible'] = Object.create(null)
  if (path !== '') {
    const { container, index } = splitIteration(path)
    const iterations = nodeAt(state, container)?.iterations
    Object.assign(visible, iterations?.visible)
    if (iterations) iterations.opened = Math.max(iterations.opened, index + 1)
  }
  const scope: ScopeState = { path, nodes: new Map(), visible }
  state.scopes.set(path, scope)
  return scope
}

/** The paths of the scopes inside of a container, at any depth. */
export function scopesWithin(state: RunState, container: string): string[] {
  return [...state.scopes.keys()].filter((path) => path.startsWith(`${container}[`))
}

export function outstandingWithin(state: RunState, container: string): string[] {
  return [...state.outstanding.keys()].filter((path) => path.startsWith(`${container}[`))
}
