import type { NodeId, RunEvent, RunEventOf } from '@dure/contracts'
import type { NodeType, Plan } from '@dure/engine'
import { nodeAt, nodeIdOf, type RunModel, type ScopeModel, visibleIn } from './model.ts'
import { iterationOf, scopeOf } from './outline.ts'

type Evaluate = Extract<NodeType, { kind: 'pure' }>['evaluate']
type Incoming = Parameters<Evaluate>[2][number]

/**
 * Whoever reads a history and computes a pure node again gets the same bytes. The scope is put
 * together from the events, not by the engine.
 */
export function reevaluationProblem(
  model: RunModel,
  plan: Plan,
  event: RunEvent,
): string | undefined {
  if (event.type === 'node.started' && event.kind === 'in-place') begin(model, plan, event)
  if (event.type !== 'node.completed') return undefined
  const path = event.path ?? event.nodeId
  const planned = plan.all.get(event.nodeId)
  if (planned?.nodeType.kind !== 'pure' || planned.join) return undefined
  // What people have said that it came to cannot be computed.
  if (nodeAt(model, path)?.status === 'reviewed') return undefined
  const kept = model.begun.get(path)
  const expected = kept ?? evaluate(model, plan, path)
  const given = { port: event.port, data: event.data ?? null, vars: event.vars ?? null }
  if (expected === undefined || expected === JSON.stringify(given)) return undefined
  return `${path} came to ${JSON.stringify(given)}, and computed again to ${expected}`
}

/** A pure node that is executed in place is computed when it begins. */
function begin(model: RunModel, plan: Plan, { nodeId, path }: RunEventOf<'node.started'>): void {
  const at = path ?? nodeId
  const result = evaluate(model, plan, at, [])
  if (result !== undefined) model.begun.set(at, result)
}

/** @returns undefined when it cannot be computed: then there was nothing to record either */
function evaluate(
  model: RunModel,
  plan: Plan,
  path: string,
  incoming: readonly Incoming[] = liveInto(model, plan, path),
): string | undefined {
  const planned = plan.all.get(nodeIdOf(path) as NodeId)
  const scope = model.scopes.get(scopeOf(path)) ?? { nodes: new Map(), around: {}, over: false }
  if (planned?.nodeType.kind !== 'pure') return undefined
  try {
    const result: ReturnType<Evaluate> = planned.nodeType.evaluate(
      planned.node.config,
      {
        input: model.input,
        nodes: visible(model, scope, path),
        vars: model.vars,
        ...loop(model, plan, path),
      },
      incoming,
    )
    const { port, data = null, vars = null } = result
    return JSON.stringify({ port, data, vars })
  } catch (error) {
    return `an error: ${(error as Error).message}`
  }
}

/** The scope may begin with this very node. */
function visible(model: RunModel, scope: ScopeModel, path: string) {
  if (model.scopes.has(scopeOf(path))) return visibleIn(scope)
  const outer = scopeOf(iterationOf(scopeOf(path)).container)
  const around = model.scopes.get(outer)
  return around ? visibleIn(around) : {}
}

function liveInto(model: RunModel, plan: Plan, path: string): Incoming[] {
  const nodes = model.scopes.get(scopeOf(path))?.nodes
  return (plan.all.get(nodeIdOf(path) as NodeId)?.incoming ?? []).flatMap(({ from, port }) => {
    const node = nodes?.get(from)
    return node?.port === port ? [{ nodeId: from, status: 'completed', data: node.data }] : []
  })
}

/** What `loop` is at this place: of the nearest map or loop around it. */
function loop(model: RunModel, plan: Plan, path: string) {
  for (let scope = scopeOf(path); scope !== ''; scope = scopeOf(iterationOf(scope).container)) {
    const { container, index } = iterationOf(scope)
    const type = plan.all.get(nodeIdOf(container) as NodeId)?.node.type
    const node = nodeAt(model, container)
    if (type === 'loop') return { loop: { index, last: node?.last ?? null } }
    if (type !== 'map') continue
    const item = Array.isArray(node?.items) ? node.items[index] : null
    return { loop: { index, item } }
  }
  return {}
}
