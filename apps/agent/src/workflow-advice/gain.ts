import type { MeasuredNode } from '@dure/contracts'
import type { Graph, GraphNode } from '@dure/engine'

/** What a run would take less, as far as what was recorded says. */
export interface Gain {
  readonly latencyMsP50: number
  readonly costMicroUsdPerRun: number
  /** `measured`: nothing but what was recorded is added up otherwise; `estimated`: something new is thought to be like something old. */
  readonly basis: 'measured' | 'estimated'
}

interface Measured {
  readonly nodes: readonly MeasuredNode[]
  /** Runs that were looked at. */
  readonly runs: number
  /** What a model costs beside another one; undefined: a price is not known. */
  readonly priceRatio: (from: string | undefined, to: string | undefined) => number | undefined
}

interface Cost {
  readonly latencyMs: number
  readonly costMicroUsd: number
}

const NOTHING: Cost = { latencyMs: 0, costMicroUsd: 0 }

/**
 * The longest way through the graph and the sum of its costs, before and after. A node that is new is thought to take what the dearest of
 * those of its type takes that are gone; one with another model what that one costs more or less.
 *
 * @returns undefined where nothing was recorded
 */
export function gainOf(before: Graph, after: Graph, measured: Measured): Gain | undefined {
  if (measured.runs === 0) return undefined
  const seen = new Map(measured.nodes.map((node) => [node.nodeId, costOf(node, measured.runs)]))
  const known = new Map<string, GraphNode>(before.nodes.map((node) => [node.id, node]))
  const now = new Set<string>(after.nodes.map(({ id }) => id))
  const gone = before.nodes.filter(({ id }) => !now.has(id))
  let isEstimated = false
  const costAfter = (node: GraphNode): Cost => {
    const old = known.get(node.id)
    if (!old) {
      isEstimated = true
      return dearest(gone.filter(({ type }) => type === node.type).map(({ id }) => seen.get(id)))
    }
    const was = seen.get(node.id) ?? NOTHING
    if (modelOf(old) === modelOf(node)) return was
    isEstimated = true
    const ratio = measured.priceRatio(modelOf(old), modelOf(node)) ?? 1
    return { ...was, costMicroUsd: was.costMicroUsd * ratio }
  }
  const of = (graph: Graph, cost: (node: GraphNode) => Cost) => totalOf(graph, cost)
  const [was, is] = [of(before, ({ id }) => seen.get(id) ?? NOTHING), of(after, costAfter)]
  return {
    latencyMsP50: Math.round(was.latencyMs - is.latencyMs),
    costMicroUsdPerRun: Math.round(was.costMicroUsd - is.costMicroUsd),
    basis: isEstimated ? 'estimated' : 'measured',
  }
}

function costOf({ latencyMsP50, costMicroUsd }: MeasuredNode, runs: number): Cost {
  return { latencyMs: latencyMsP50, costMicroUsd: costMicroUsd / runs }
}

function modelOf({ config }: GraphNode): string | undefined {
  return typeof config.model === 'string' ? config.model : undefined
}

function dearest(costs: readonly (Cost | undefined)[]): Cost {
  return {
    latencyMs: Math.max(0, ...costs.map((cost) => cost?.latencyMs ?? 0)),
    costMicroUsd: Math.max(0, ...costs.map((cost) => cost?.costMicroUsd ?? 0)),
  }
}

/** @param graph without cycles */
function totalOf(graph: Graph, cost: (node: GraphNode) => Cost): Cost {
  const costs = new Map<string, Cost>(graph.nodes.map((node) => [node.id, cost(node)]))
  const into = Map.groupBy(graph.edges, ({ to }) => to as string)
  const done = new Map<string, number>()
  const endsAt = (id: string): number => {
    const known = done.get(id)
    if (known !== undefined) return known
    const begins = Math.max(0, ...(into.get(id) ?? []).map(({ from }) => endsAt(from)))
    const ends = begins + (costs.get(id)?.latencyMs ?? 0)
    done.set(id, ends)
    return ends
  }
  return {
    latencyMs: Math.max(0, ...graph.nodes.map(({ id }) => endsAt(id))),
    costMicroUsd: [...costs.values()].reduce((sum, { costMicroUsd }) => sum + costMicroUsd, 0),
  }
}
