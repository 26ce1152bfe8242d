import type { GraphEdge, GraphNode } from '@dure/engine'
import { isSettled, type NodeModel, nodeIdOf, type RunModel } from './model.ts'
import { type OutlineNode, scopeOf } from './outline.ts'

/**
 * What is wrong with a node that begins now; undefined when it may.
 *
 * @param fails it does no more than fail
 */
export function beginProblem(model: RunModel, path: string, fails: boolean): string | undefined {
  const known = model.outline.get(nodeIdOf(path))
  if (!known) return `${path} is not part of the workflow`
  const edges = edgesInto(model, path, known)
  if (known.node.type === 'join') return joinProblem(path, known.node, { edges, fails })
  if (edges.some(({ state }) => state === 'open'))
    return `${path} begins before what leads to it ends`
  if (edges.length > 0 && edges.every(({ state }) => state === 'dead')) {
    return `${path} begins although no live edge leads to it`
  }
  return undefined
}

/** What is wrong with a node that is skipped now; undefined when it has to be. */
export function skipProblem(model: RunModel, path: string): string | undefined {
  const known = model.outline.get(nodeIdOf(path))
  if (!known) return `${path} is not part of the workflow`
  if (joinsAfter(model, path).some(({ status }) => status === 'completed')) return undefined
  const edges = edgesInto(model, path, known)
  if (known.node.type === 'join' && edges.every(({ state }) => state !== 'open')) return undefined
  if (edges.length > 0 && edges.every(({ state }) => state === 'dead')) return undefined
  return `${path} is skipped although something may still lead to it`
}

interface EdgeModel {
  readonly state: 'open' | 'live' | 'dead'
  readonly from: NodeModel | undefined
}

function edgesInto(model: RunModel, path: string, { incoming }: OutlineNode): EdgeModel[] {
  const nodes = model.scopes.get(scopeOf(path))?.nodes
  return incoming.map((edge) => edgeOf(nodes?.get(edge.from), edge))
}

function edgeOf(from: NodeModel | undefined, { port }: GraphEdge): EdgeModel {
  if (!isSettled(from)) return { state: 'open', from }
  return { state: from?.port === port ? 'live' : 'dead', from }
}

/** The joins behind a node in the same scope that can do without it. */
function joinsAfter(model: RunModel, path: string): NodeModel[] {
  const nodes = model.scopes.get(scopeOf(path))?.nodes
  const found: NodeModel[] = []
  const seen = new Set<string>()
  const open = [nodeIdOf(path)]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const { to } of model.outline.get(id)?.outgoing ?? []) {
      if (seen.has(to)) continue
      seen.add(to)
      open.push(to)
      const node = nodes?.get(to)
      const after = model.outline.get(to)?.node
      if (after?.type === 'join' && after.config.mode !== 'all' && node) found.push(node)
    }
  }
  return found
}

interface JoinModel {
  readonly edges: readonly EdgeModel[]
  readonly fails: boolean
}

/** A join begins when its rule is met, and fails when it cannot be met any more; not before. */
function joinProblem(path: string, node: GraphNode, { edges, fails }: JoinModel) {
  const { mode = 'all', n = 1 } = node.config as { mode?: string; n?: number }
  const live = edges.filter(({ state }) => state === 'live').length
  const open = edges.filter(({ state }) => state === 'open').length
  const ended = edges.length - open
  const wanted = mode === 'n' ? n : 1
  const met: Record<string, boolean> = {
    all: open === 0 && live > 0,
    any: live >= 1,
    n: live >= n,
    race: ended >= 1,
    settled: open === 0,
  }
  const isLost = mode === 'all' ? ended > live : live + open < wanted
  if (met[mode] || (fails && isLost)) return undefined
  return `${path} joins by ${mode}, with ${live} live and ${open} open edges`
}
