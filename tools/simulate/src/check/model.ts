import { iterationOf, type Outline, scopeOf } from './outline.ts'

export type NodeStatus =
  | 'absent'
  | 'scheduled'
  | 'started'
  | 'retrying'
  | 'review'
  | 'reviewed'
  | 'completed'
  | 'failed'
  | 'skipped'
  | 'cancelled'

export interface NodeModel {
  status: NodeStatus
  attempt: number
  kind: string
  /** By which way it was left, also of a failure that is handled. */
  port: string | undefined
  data: unknown
  /** Of a failure: what took care of it. */
  handled: string | undefined
  dueAt: number | undefined
  /** The attempt under way asks what became of the one before it. */
  verifies: boolean
  childRunId: string | undefined
  /** Of an approval or an event: what it asks for. */
  request: unknown
  /** Of a map: what it iterates over. */
  items: unknown
  /** Of a loop: what its last iteration came to. */
  last: unknown
  /** Times that somebody said explicitly that it be executed again. */
  reopened: number
}

/** One iteration of a container, or the run itself. */
export interface ScopeModel {
  readonly nodes: Map<string, NodeModel>
  /** What was finished around it when it began. */
  readonly around: Readonly<Record<string, { readonly data: unknown }>>
  over: boolean
}

export type Phase =
  | 'absent'
  | 'queued'
  | 'running'
  | 'paused'
  | 'completed'
  | 'failed'
  | 'cancelled'
  | 'timed_out'

/** A run as the text of the specification says that its events add up; not as the engine says. */
export interface RunModel {
  readonly outline: Outline
  phase: Phase
  version: number
  deadlineAt: number | undefined
  input: unknown
  vars: Record<string, unknown>
  readonly scopes: Map<string, ScopeModel>
  /** Nodes that wait for somebody or something, by path. */
  readonly outstanding: Map<string, NodeModel>
  /** What pure nodes come to that are executed in place, by path. */
  readonly begun: Map<string, string>
}

export function emptyModel(outline: Outline): RunModel {
  return {
    ...{ outline, phase: 'absent', version: 0, deadlineAt: undefined, input: null, vars: {} },
    ...{ scopes: new Map(), outstanding: new Map(), begun: new Map() },
  }
}

export function isOver({ phase }: Pick<RunModel, 'phase'>): boolean {
  return !['absent', 'queued', 'running', 'paused'].includes(phase)
}

export function isSettled(node: NodeModel | undefined): boolean {
  return node !== undefined && ['completed', 'failed', 'skipped', 'cancelled'].includes(node.status)
}

export function isUnderWay(node: NodeModel | undefined): boolean {
  return (
    node !== undefined &&
    ['scheduled', 'started', 'retrying', 'review', 'reviewed'].includes(node.status)
  )
}

export function nodeIdOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

export function nodeAt(model: RunModel, path: string): NodeModel | undefined {
  return model.scopes.get(scopeOf(path))?.nodes.get(nodeIdOf(path))
}

/** The scope of a path, begun when this is the first that happens in it. */
export function ensureScope(model: RunModel, scope: string): ScopeModel {
  const known = model.scopes.get(scope)
  if (known) return known
  const outer = scope === '' ? undefined : scopeOf(iterationOf(scope).container)
  const around = outer === undefined ? {} : visibleIn(ensureScope(model, outer))
  const made: ScopeModel = { nodes: new Map(), around, over: false }
  model.scopes.set(scope, made)
  return made
}

/** What expressions see as `nodes`. */
export function visibleIn({ nodes, around }: ScopeModel) {
  const visible: Record<string, { readonly data: unknown }> = { ...around }
  for (const [id, node] of nodes) {
    const has = node.status === 'completed' || (node.status === 'failed' && node.port !== undefined)
    if (has) visible[id] = { data: node.data }
  }
  return visible
}

export function ensureNode(model: RunModel, path: string): NodeModel {
  const { nodes } = ensureScope(model, scopeOf(path))
  const id = nodeIdOf(path)
  const known = nodes.get(id)
  if (known) return known
  const made: NodeModel = {
    ...{ status: 'absent', attempt: 0, kind: '', port: undefined, data: undefined },
    ...{ handled: undefined, dueAt: undefined, verifies: false, childRunId: undefined },
    ...{ request: undefined, items: undefined, last: undefined, reopened: 0 },
  }
  nodes.set(id, made)
  return made
}
