import type { ErrorCode, FieldProblem } from '@dure/kernel'
import type { Flow } from './flow.ts'
import type { GraphEdge } from './graph.ts'
import type { Region } from './regions.ts'
import type { Subject } from './subjects.ts'

/** A region, its nodes without the notes, and what its edges say about their order. */
export interface Layout {
  readonly region: Region
  readonly subjects: readonly Subject[]
  readonly flow: Flow
}

const LEAVES_A_LOOP = new Set(['break', 'continue'])

/** What is wrong with how the nodes of one graph hang together. */
export function structureProblems(layout: Layout): FieldProblem[] {
  const { region, subjects } = layout
  const ofTop =
    region.part === 'top' ? [...notOneStart(layout), ...noEnd(layout)] : nothingToDo(layout)
  return [
    ...subjects.flatMap(misplaced),
    ...ofTop,
    ...region.graph.edges.flatMap((edge, index) => edgeProblems(layout, edge, index)),
    ...(region.part === 'top' ? unreachable(layout) : []),
  ]
}

/** What a run can do without, and its author probably did not mean. */
export function structureWarnings({ region, subjects }: Layout): FieldProblem[] {
  const { edges } = region.graph
  const seen = new Set<string>()
  const twice = edges.flatMap(({ from, port, to }, index) => {
    const key = `${from} ${port} ${to}`
    const isKnown = seen.has(key)
    seen.add(key)
    const pointer = `${region.pointer}/edges/${index}`
    return isKnown ? [problem(pointer, 'edge.duplicate', 'is the same as an earlier edge')] : []
  })
  return [...twice, ...subjects.flatMap((subject) => looseEnds(subject, edges))]
}

/** Ids name nodes in expressions and in paths, so a workflow has each only once. */
export function duplicateIds(subjects: readonly Subject[]): FieldProblem[] {
  const seen = new Set<string>()
  return subjects.flatMap(({ node, pointer }) => {
    if (seen.has(node.id)) {
      return [problem(`${pointer}/id`, 'node.duplicate-id', 'is the id of an earlier node')]
    }
    seen.add(node.id)
    return []
  })
}

function problem(pointer: string, code: ErrorCode, message: string): FieldProblem {
  return { pointer, code, message }
}

function notOneStart({ region, subjects }: Layout): FieldProblem[] {
  const count = subjects.filter(({ node }) => node.type === 'start').length
  if (count === 1) return []
  const message = `has ${count} start nodes, not exactly one`
  return [problem(`${region.pointer}/nodes`, 'workflow.not-one-start', message)]
}

function nothingToDo({ region, subjects }: Layout): FieldProblem[] {
  if (subjects.length > 0) return []
  const message = 'has only notes, and nothing to be run'
  return [problem(`${region.pointer}/nodes`, 'node.invalid-body', message)]
}

function noEnd({ region, subjects }: Layout): FieldProblem[] {
  if (subjects.some(({ node }) => node.type === 'end')) return []
  return [problem(`${region.pointer}/nodes`, 'workflow.no-end', 'has no end node')]
}

/** Nodes that stand where they mean nothing, and containers without what they contain. */
function misplaced({ node, nodeType, region, pointer }: Subject): FieldProblem[] {
  const found: FieldProblem[] = []
  if (node.type === 'start' && region.part !== 'top') {
    const message =
      'is a start, and a body has none: it begins at the nodes without edges into them'
    found.push(problem(`${pointer}/type`, 'workflow.start-in-body', message))
  }
  if (LEAVES_A_LOOP.has(node.type) && !isLoopBody(region)) {
    const message = `is a \`${node.type}\`, which has a meaning in the body of a loop only`
    found.push(problem(`${pointer}/type`, 'node.outside-of-loop', message))
  }
  if (nodeType) found.push(...bodyProblems({ node, nodeType, pointer }))
  return found
}

function isLoopBody({ part, container }: Region): boolean {
  return part === 'body' && container?.node.type === 'loop'
}

function bodyProblems({
  node,
  nodeType,
  pointer,
}: Pick<Subject, 'node' | 'pointer'> & { nodeType: NonNullable<Subject['nodeType']> }) {
  const found: FieldProblem[] = []
  const isContainer = nodeType.kind === 'container'
  if (isContainer && node.body === undefined) {
    found.push(problem(`${pointer}/body`, 'node.body-missing', 'is missing'))
  }
  const message = `has no meaning in a node of type ${node.type}`
  if (!isContainer && node.body !== undefined) {
    found.push(problem(`${pointer}/body`, 'node.body-not-allowed', message))
  }
  if (node.finally !== undefined && !(isContainer && nodeType.container === 'try')) {
    found.push(problem(`${pointer}/finally`, 'node.body-not-allowed', message))
  }
  return found
}

function edgeProblems({ region, subjects, flow }: Layout, edge: GraphEdge, index: number) {
  const { from, port, to } = edge
  const pointer = `${region.pointer}/edges/${index}`
  const find = (id: string) => subjects.find(({ node }) => node.id === id)
  const [source, target] = [find(from), find(to)]
  const found: FieldProblem[] = []
  const where = region.part === 'top' ? 'at the top of this workflow' : 'in this body'
  for (const [end, subject] of [['from', source] as const, ['to', target] as const]) {
    const message = `names no node ${where} that edges can lead to`
    if (!subject) found.push(problem(`${pointer}/${end}`, 'edge.dangling', message))
  }
  if (target?.node.type === 'start') {
    found.push(problem(`${pointer}/to`, 'edge.into-start', 'leads to a start node'))
  }
  if (source?.ports && !source.ports.includes(port)) {
    const choice = source.ports.length === 0 ? 'none: nothing follows it' : source.ports.join(', ')
    const message = `is not a port of node ${from}, which has ${choice}`
    found.push(problem(`${pointer}/port`, 'edge.unknown-port', message))
  }
  if (source && target && (from === to || flow.precedes(to, from))) {
    const message = `closes a cycle: ${to} comes before ${from} already; to repeat nodes, use a loop`
    found.push(problem(pointer, 'workflow.cycle', message))
  }
  return found
}

function unreachable({ subjects, flow }: Layout): FieldProblem[] {
  const starts = subjects.filter(({ node }) => node.type === 'start')
  if (starts.length === 0) return []
  return subjects
    .filter(({ node }) => node.type !== 'start')
    .filter(({ node }) => !starts.some((start) => flow.precedes(start.node.id, node.id)))
    .map(({ pointer }) => problem(pointer, 'node.unreachable', 'cannot be reached from the start'))
}

function looseEnds({ node, ports, region, pointer }: Subject, edges: readonly GraphEdge[]) {
  const found: FieldProblem[] = []
  const out = edges.filter(({ from }) => from === node.id)
  if (region.part === 'top' && out.length === 0 && ports !== undefined && ports.length > 0) {
    const message = 'leads nowhere: what it gives is no part of the output of the run'
    found.push(problem(pointer, 'node.dead-end', message))
  }
  if (node.policy?.onError === 'branch' && !out.some(({ port }) => port === 'error')) {
    const message = 'has no edge from its port `error`: after a failure, nothing follows'
    found.push(problem(`${pointer}/policy/onError`, 'policy.error-branch-unused', message))
  }
  return found
}
