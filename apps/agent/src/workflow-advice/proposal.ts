import {
  completeGraph,
  Graph,
  type GraphNode,
  type GraphValidation,
  nodeTypes,
  type PlannedNode,
  planOf,
  validateGraph,
} from '@dure/engine'
import type { FieldProblem } from '@dure/kernel'
import { Value } from 'typebox/value'
import { objectIn, shapeProblems } from '../drafts/draft.ts'
import { draftRules, hostsIn } from '../drafts/draft-rules.ts'
import { applyEdit, editProblems, Proposal } from './edit.ts'

/** A proposal that passes every check, with the graph that comes of it. */
export interface CheckedProposal extends Omit<Proposal, 'edit'> {
  readonly graph: Graph
  readonly warnings: GraphValidation['warnings']
  /** Those that are other than before, new or gone. */
  readonly changed: readonly string[]
}

export interface RefusedProposal {
  readonly title: string
  readonly problems: readonly FieldProblem[]
}

export interface ReadProposals {
  readonly proposals: readonly CheckedProposal[]
  readonly refused: readonly RefusedProposal[]
}

export const MAX_PROPOSALS = 8
const MAX_TEXT_UNITS = 262_144
const MAX_PROBLEMS = 10

/**
 * What a model has proposed, each change by itself on the graph. Nothing in it is believed: it is of the right shape, its graph passes
 * the validator of all workflows and the rules of drafts, and it writes to nothing that the graph did not write to; or it is refused with
 * everything that is wrong.
 */
export function readProposals(text: string, graph: Graph): ReadProposals {
  const written = text.length > MAX_TEXT_UNITS ? undefined : objectIn(text)
  const list = written?.proposals
  if (!Array.isArray(list)) {
    const message = 'is no JSON object with a list of proposals'
    return { proposals: [], refused: [{ title: '', problems: [{ pointer: '#', message }] }] }
  }
  const read = list.slice(0, MAX_PROPOSALS).map((one: unknown) => readProposal(one, graph))
  return {
    proposals: read.flatMap((one) => ('graph' in one ? [one] : [])),
    refused: read.flatMap((one) => ('problems' in one ? [one] : [])),
  }
}

function readProposal(written: unknown, graph: Graph): CheckedProposal | RefusedProposal {
  const proposal = Value.Default(Proposal, written)
  const title = String(Object(proposal).title ?? '').slice(0, 200)
  const misshapen = shapeProblems(Proposal, proposal, '#')
  if (misshapen.length > 0) return { title, problems: misshapen.slice(0, MAX_PROBLEMS) }
  // The check above is what makes this cast true.
  const { edit, ...about } = proposal as Proposal
  const missing = editProblems(graph, edit)
  if (missing.length > 0) return { title, problems: missing.slice(0, MAX_PROBLEMS) }
  const changed = Value.Default(Graph, applyEdit(graph, edit)) as Graph
  const wrong = shapeProblems(Graph, changed, '#/graph')
  if (wrong.length > 0) return { title, problems: wrong.slice(0, MAX_PROBLEMS) }
  const { problems, warnings } = validateGraph(changed, nodeTypes, '#/graph')
  if (problems.length > 0) return { title, problems: problems.slice(0, MAX_PROBLEMS) }
  const whole = completeGraph(changed)
  const forbidden = changeProblems(graph, whole)
  if (forbidden.length > 0) return { title, problems: forbidden.slice(0, MAX_PROBLEMS) }
  return { ...about, graph: whole, warnings, changed: changedNodes(graph, whole) }
}

/** Nodes at the top that are other than before, new or gone. */
function changedNodes(before: Graph, after: Graph): string[] {
  const known = new Map<string, GraphNode>(before.nodes.map((node) => [node.id, node]))
  const now = new Set<string>(after.nodes.map(({ id }) => id))
  return [
    ...after.nodes.filter((node) => !Value.Equal(known.get(node.id), node)).map(({ id }) => id),
    ...before.nodes.filter(({ id }) => !now.has(id)).map(({ id }) => id),
  ].sort()
}

/** What a change may not do, because nobody has looked at it yet. */
function changeProblems(before: Graph, after: Graph): FieldProblem[] {
  if (Value.Equal(before, after)) {
    return [{ pointer: '#/edit', message: 'changes nothing' }]
  }
  return [
    ...addressProblems(before, after),
    ...writeProblems(before, after),
    ...contractProblems(before, after),
  ]
}

function addressProblems(before: Graph, after: Graph): FieldProblem[] {
  const known = new Set<string>(before.nodes.map((node) => JSON.stringify(node)))
  const own = new Set(hostsIn(before))
  const added = hostsIn(after).filter((host) => !own.has(host))
  const touched = after.nodes.filter((node) => !known.has(JSON.stringify(node)))
  // Ids that the workflow has are its user's own; so are its hosts, wherever they are.
  const { problems } = draftRules({ nodes: touched, edges: [] }, JSON.stringify(before))
  return [
    ...added.map(
      (host): FieldProblem => ({
        pointer: '#/graph',
        code: 'advice.new-host',
        message: `asks ${host}, which the workflow does not`,
      }),
    ),
    ...problems.filter(({ code }) => !code?.endsWith('-address')),
  ]
}

/** What a write sends where, and with what right, is not changed by advice; what it says may be named anew. */
const OF_WRITES = ['url', 'method', 'auth', 'headers', 'toolRef', 'tool', 'workflowId'] as const

function writeProblems(before: Graph, after: Graph): FieldProblem[] {
  const [was, is] = [before, after].map(writesIn) as [Writes, Writes]
  return [
    ...[...was].flatMap(([id, one]) => {
      const other = is.get(id)
      return other !== undefined && sameWrite(one, other) ? [] : [notAsBefore(id)]
    }),
    ...[...is.keys()].flatMap((id) => (was.has(id) ? [] : [notAsBefore(id)])),
  ]
}

type Writes = ReadonlyMap<string, PlannedNode>

function writesIn(graph: Graph): Writes {
  const all = [...planOf(graph, nodeTypes).all]
  return new Map<string, PlannedNode>(all.filter(([, { effect }]) => effect === 'write'))
}

function sameWrite({ node: one }: PlannedNode, { node: other }: PlannedNode): boolean {
  const of = ({ type, config }: GraphNode) => [type, ...OF_WRITES.map((key) => config[key] ?? null)]
  return Value.Equal(of(one), of(other))
}

function notAsBefore(id: string): FieldProblem {
  const message = `${id} writes to the outside: whether, where and with what right it writes must stay as it is`
  return { pointer: '#/graph', code: 'advice.changes-a-write', message }
}

/** What goes in and out is what others rely on. */
function contractProblems(before: Graph, after: Graph): FieldProblem[] {
  const outputsOf = ({ nodes }: Graph) =>
    nodes
      .filter(({ type }) => type === 'end')
      .flatMap(({ config }) => Object.keys(Object(config.outputs)))
      .sort()
  const startOf = ({ nodes }: Graph) => nodes.find(({ type }) => type === 'start')?.config
  const isKept =
    Value.Equal(outputsOf(before), outputsOf(after)) && Value.Equal(startOf(before), startOf(after))
  const message = 'takes or gives something else than the workflow did'
  return isKept ? [] : [{ pointer: '#/graph', code: 'advice.changes-the-contract', message }]
}
