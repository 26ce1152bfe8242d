import type { Caller, NodeId, RunEvent, RunId, TaskRef } from '@dure/contracts'
import type { Scope } from '../expressions/expression.ts'
import type { Evaluation } from '../nodes/define.ts'
import type { NewTask } from '../orchestrator/ports.ts'
import { evolve } from './evolve.ts'
import { nodeIdOf, scopeOfPath, splitIteration } from './path.ts'
import type { Plan, PlannedBody, PlannedNode } from './plan.ts'
import { ensureScope, nodeAt, type RunState } from './state.ts'

/** What a decision needs besides the state: all that is not a fact of the run. */
export interface DecisionContext {
  readonly plan: Plan
  readonly run: Pick<TaskRef, 'runId' | 'tenant' | 'workflowId'> & {
    readonly seed: string
    readonly caller?: Caller | undefined
  }
  /** Epoch milliseconds by the clock of PostgreSQL. */
  readonly now: number
  /** Milliseconds that the run may take from when it begins, or begins again. */
  readonly timeoutMs: number
  /** Lower case hex. */
  readonly sha256: (text: string) => string
  /** Content of large data, by hash, as far as it is in memory. */
  readonly payloads: { get(hash: string): unknown; set(hash: string, value: unknown): void }
}

/** A node to execute in this process once its start is committed. */
export interface InPlaceWork {
  readonly path: string
  readonly attempt: number
  readonly nodeType: string
  readonly taskKey: string
  readonly timeoutMs: number | undefined
  readonly effect: 'read' | 'write'
  /** What its executor gets; or, of a node that is pure by nature, what it comes to. */
  readonly work: { readonly request: unknown } | { readonly evaluation: Evaluation }
}

export interface Payload {
  readonly hash: string
  readonly json: string
}

/**
 * One decision while it is made: each fact that is recorded is part of the state at once, so that what
 * is decided next builds on it. Handed from function to function, and gone when it is committed.
 */
export class Decision {
  readonly events: RunEvent[] = []
  readonly tasks: NewTask[] = []
  readonly inPlace: InPlaceWork[] = []
  readonly folded: string[] = []
  readonly cancelled: string[] = []
  readonly payloads: Payload[] = []
  /** Large data that must be in memory before the decision can go on. */
  readonly missing = new Set<string>()
  /** Scopes in which something has changed, and that have to be looked at. */
  readonly dirty = new Set<string>()
  /** Nodes evaluated; a decision that does more than its share is cut and goes on later. */
  evaluated = 0
  /** Containers were reopened: each is asked what it can do. */
  containersChanged = false
  /** What became due in the meantime goes on, unless it is paused again at once. */
  isResumed = false
  readonly state: RunState
  readonly context: DecisionContext

  constructor(state: RunState, context: DecisionContext) {
    this.state = state
    this.context = context
  }

  record(event: RunEvent): void {
    this.events.push(event)
    evolve(this.state, event)
    if ('nodeId' in event && event.type !== 'run.responded' && event.type !== 'run.failed') {
      this.dirty.add(scopeOfPath(event.path ?? event.nodeId))
    }
  }

  get isRunning(): boolean {
    return this.state.phase === 'running'
  }

  planned(nodeId: NodeId): PlannedNode | undefined {
    return this.context.plan.all.get(nodeId)
  }
}

/** The name of a node in events: `path` only where it says more than the id. */
export function named(path: string, { id }: Pick<PlannedNode, 'id'>) {
  return path === id ? { nodeId: id } : { nodeId: id, path }
}

export function taskKeyOf(runId: RunId, path: string): string {
  return `${runId}/${path}`
}

/** The body that a scope runs; undefined when its container is not (any more) part of the plan. */
export function bodyOf(
  { plan }: Pick<DecisionContext, 'plan'>,
  scope: string,
): PlannedBody | undefined {
  if (scope === '') return plan.root
  const { container, index } = splitIteration(scope)
  const node = plan.all.get(nodeIdOf(container))
  if (node?.nodeType.kind !== 'container') return undefined
  return node.nodeType.container === 'try' && index === 1 ? node.finally : node.body
}

/** What an expression of a node in this scope can see. */
export function scopeFor({ state, context }: Decision, scope: string): Scope {
  const loop = loopOf(state, context, scope)
  return {
    input: contentOf(state.input, context),
    nodes: resolved(ensureScope(state, scope).visible, context),
    vars: state.vars,
    ...(loop && { loop }),
  }
}

/** Of the nearest map or loop around: a `try` in between is transparent. */
function loopOf(state: RunState, context: DecisionContext, scope: string): Scope['loop'] {
  for (let at = scope; at !== ''; at = scopeOfPath(splitIteration(at).container)) {
    const { container, index } = splitIteration(at)
    const iterations = nodeAt(state, container)?.iterations
    const node = context.plan.all.get(nodeIdOf(container))
    if (node?.nodeType.kind !== 'container' || node.nodeType.container === 'try') continue
    if (node.nodeType.container === 'loop') {
      return { index, last: contentOf(iterations?.last ?? null, context) }
    }
    const items = contentOf(iterations?.items, context)
    return { index, item: Array.isArray(items) ? items[index] : null }
  }
  return undefined
}

/** Data that is too large for an event: it is stored beside the events, and named by its hash. */
export interface PayloadRef {
  readonly $payload: string
  readonly bytes: number
}

export function isPayloadRef(value: unknown): value is PayloadRef {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as PayloadRef).$payload === 'string'
  )
}

export function contentOf(
  value: unknown,
  { payloads }: Pick<DecisionContext, 'payloads'>,
): unknown {
  return isPayloadRef(value) ? payloads.get(value.$payload) : value
}

/** Most scopes hold no reference, and are given as they are. */
function resolved(visible: Scope['nodes'], context: DecisionContext): Scope['nodes'] {
  const references = Object.entries(visible).filter(([, { data }]) => isPayloadRef(data))
  if (references.length === 0) return visible
  const nodes: Record<string, { readonly data: unknown }> = Object.assign(
    Object.create(null),
    visible,
  )
  for (const [id, { data }] of references) nodes[id] = { data: contentOf(data, context) }
  return nodes
}
