import type { FieldProblem } from '@dure/kernel'
import { Compile } from 'typebox/compile'
import { Value } from 'typebox/value'
import { shapeProblems } from './config-shape.ts'
import { GRAPH_LIMITS, Graph, type GraphNode } from './graph.ts'

/** A graph of a workflow: the one at the top, or the body of a container. */
export interface Region {
  /** With its defaults filled in. */
  readonly graph: Graph
  /** Where it stands, such as `#/graph/nodes/2/body`. */
  readonly pointer: string
  readonly part: 'top' | 'body' | 'finally'
  /** Absent at the top. */
  readonly container: { readonly region: Region; readonly node: GraphNode } | undefined
}

export interface Regions {
  /** Each after the one that it stands in; without those whose shape is wrong. */
  readonly regions: readonly Region[]
  readonly problems: readonly FieldProblem[]
}

const validator = Compile(Graph)
const PARTS = ['body', 'finally'] as const

/** @param graph of the right shape, its bodies unchecked: what their schema leaves open is checked here */
export function regionsOf(graph: Graph, pointer: string): Regions {
  const regions: Region[] = []
  const problems: FieldProblem[] = []
  const open = [
    { region: { graph, pointer, part: 'top', container: undefined } as Region, depth: 0 },
  ]
  let nodes = 0
  let edges = 0
  for (let next = open.shift(); next; next = open.shift()) {
    const { region, depth } = next
    regions.push(region)
    nodes += region.graph.nodes.length
    edges += region.graph.edges.length
    // Beyond the limits nobody needs to know the rest, and there might be a lot of it.
    if (nodes > GRAPH_LIMITS.nodes || edges > GRAPH_LIMITS.edges) break
    const bodies = bodiesOf(region)
    if (depth === GRAPH_LIMITS.nesting) problems.push(...bodies.map(tooDeep))
    else open.push(...bodies.flatMap((body) => enter(body, problems, depth + 1)))
  }
  return { regions, problems: [...problems, ...sizeProblems(nodes, edges, pointer)] }
}

/** The graph with the defaults of its bodies filled in, too. Only for one that has no problems. */
export function completeGraph(graph: Graph): Graph {
  const { nodes, edges } = withDefaults(graph)
  const complete = (node: GraphNode): GraphNode => ({
    ...node,
    ...(node.body && { body: completeGraph(node.body) }),
    ...(node.finally && { finally: completeGraph(node.finally) }),
  })
  return { nodes: nodes.map(complete), edges }
}

function withDefaults(graph: unknown): Graph {
  // A clone: `Default` fills in what the author left out, in place.
  return Value.Default(Graph, Value.Clone(graph)) as Graph
}

interface Body {
  readonly inside: Region
  readonly node: GraphNode
  readonly part: 'body' | 'finally'
  readonly pointer: string
}

function bodiesOf(inside: Region): Body[] {
  return inside.graph.nodes.flatMap((node, index) =>
    PARTS.filter((part) => node[part] !== undefined).map((part) => ({
      inside,
      node,
      part,
      pointer: `${inside.pointer}/nodes/${index}/${part}`,
    })),
  )
}

function enter({ inside, node, part, pointer }: Body, problems: FieldProblem[], depth: number) {
  const graph = withDefaults(node[part])
  const wrong = shapeProblems(validator, graph, { pointer, code: 'node.invalid-body' })
  problems.push(...wrong)
  if (wrong.length > 0) return []
  const region: Region = { graph, pointer, part, container: { region: inside, node } }
  return [{ region, depth }]
}

function tooDeep({ pointer }: Body): FieldProblem {
  return {
    pointer,
    code: 'workflow.nested-too-deep',
    message: `stands inside of ${GRAPH_LIMITS.nesting} bodies already: no more than that`,
  }
}

function sizeProblems(nodes: number, edges: number, pointer: string): FieldProblem[] {
  const found: FieldProblem[] = []
  if (nodes > GRAPH_LIMITS.nodes) {
    found.push({
      pointer: `${pointer}/nodes`,
      code: 'workflow.too-many-nodes',
      message: `has more than ${GRAPH_LIMITS.nodes} nodes, those in bodies included`,
    })
  }
  if (edges > GRAPH_LIMITS.edges) {
    found.push({
      pointer: `${pointer}/edges`,
      code: 'workflow.too-many-edges',
      message: `has more than ${GRAPH_LIMITS.edges} edges, those in bodies included`,
    })
  }
  return found
}
