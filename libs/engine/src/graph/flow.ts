import type { NodeId } from '@dure/contracts'
import { joinOfEachNode } from '../run/regions.ts'
import type { GraphEdge } from './graph.ts'
import type { Subject } from './subjects.ts'

/** A set of nodes: bit `i` is the node at position `i`. */
type Nodes = bigint

/** What the edges of one graph say about the order of its nodes, and about which of them must run. */
export interface Flow {
  /** Whether a path leads from the one to the other. On a cycle, nodes precede themselves. */
  precedes(id: string, later: string): boolean
  /** Whether whenever the later one runs, the other has completed. Of a graph with cycles: false. */
  isCertain(id: string, later: string): boolean
  readonly hasCycle: boolean
}

interface Link {
  readonly from: number
  readonly port: string
  readonly to: number
}

export function flowOf(subjects: readonly Subject[], edges: readonly GraphEdge[]): Flow {
  const positions = new Map<string, number>(subjects.map(({ node }, at) => [node.id, at]))
  const links = edges.flatMap(({ from, port, to }): Link[] => {
    const [a, b] = [positions.get(from), positions.get(to)]
    return a === undefined || b === undefined ? [] : [{ from: a, port, to: b }]
  })
  const order = inOrder(subjects.length, links)
  const before = ancestorsOf(subjects.length, links, order)
  const hasCycle = order.length < subjects.length
  const certain = hasCycle ? undefined : certainOf({ subjects, edges, links, order, before })

  const has = (sets: readonly Nodes[] | undefined, id: string, later: string) => {
    const [member, owner] = [positions.get(id), positions.get(later)]
    if (member === undefined || owner === undefined) return false
    return ((sets?.[owner] ?? 0n) & bit(member)) !== 0n
  }
  return {
    hasCycle,
    precedes: (id, later) => has(before, id, later),
    isCertain: (id, later) => has(certain, id, later),
  }
}

function bit(position: number): Nodes {
  return 1n << BigInt(position)
}

/** Kahn 1962. Nodes on a cycle, or behind one, are left out. */
function inOrder(count: number, links: readonly Link[]): number[] {
  const waitsFor = new Array<number>(count).fill(0)
  const next = Map.groupBy(links, ({ from }) => from)
  for (const { to } of links) waitsFor[to] = (waitsFor[to] ?? 0) + 1
  const order = waitsFor.flatMap((edges, at) => (edges === 0 ? [at] : []))
  // Grows while it is gone through.
  for (const at of order) {
    for (const { to } of next.get(at) ?? []) {
      waitsFor[to] = (waitsFor[to] ?? 0) - 1
      if (waitsFor[to] === 0) order.push(to)
    }
  }
  return order
}

/** One pass without cycles; with them, until nothing is added any more. */
function ancestorsOf(count: number, links: readonly Link[], order: readonly number[]): Nodes[] {
  const before = new Array<Nodes>(count).fill(0n)
  const rank = new Map(order.map((at, position) => [at, position]))
  const rankOf = (at: number) => rank.get(at) ?? count
  const sorted = links.toSorted((a, b) => rankOf(a.from) - rankOf(b.from))
  for (let changed = true; changed; ) {
    changed = false
    for (const { from, to } of sorted) {
      const known = before[to] ?? 0n
      const more = known | (before[from] ?? 0n) | bit(from)
      if (more === known) continue
      before[to] = more
      changed = true
    }
  }
  return before
}

interface Acyclic {
  readonly subjects: readonly Subject[]
  readonly edges: readonly GraphEdge[]
  readonly links: readonly Link[]
  readonly order: readonly number[]
  readonly before: readonly Nodes[]
}

/**
 * For each node, those that have run whenever it runs. These are its dominators, by the equations of
 * Cooper, Harvey and Kennedy, "A Simple, Fast Dominance Algorithm" (2001), section 2: itself, and what
 * all edges into it have in common; without cycles, one pass in topological order solves them. What
 * they do not know is that here all edges of a port are taken at once: a live edge out of a fork says
 * that its other branches run, too, and whoever joins them has waited for each.
 */
function certainOf({ subjects, edges, links, order, before }: Acyclic): Nodes[] {
  const incoming = Map.groupBy(links, ({ to }) => to)
  const rules = new Map(subjects.map(({ node, join }) => [node.id, join]))
  const inOrderOfRuns = order.flatMap((at) => subjects[at]?.node ?? [])
  const countedBy = joinOfEachNode(inOrderOfRuns, edges, rules)
  const isCounted = (at: number) => countedBy.has(idAt(subjects, at))
  const { ofPort, entries } = implied(subjects, { links, order, isCounted })

  const certain = new Array<Nodes>(subjects.length).fill(0n)
  for (const at of order) {
    const join = subjects[at]?.join
    const ways = (incoming.get(at) ?? []).map(({ from, port }) => {
      const source = certain[from] ?? 0n
      if (!join || join.mode === 'all') return source | ofPort(from, port)
      // It does not wait for all: of what runs beside, nobody knows how far it is.
      const arrived = source & ((before[from] ?? 0n) | bit(from))
      return join.mode === 'any' || join.mode === 'n' ? arrived : without(arrived, isCounted)
    })
    const common = ways.length === 0 ? entries : ways.reduce((all, way) => all & way)
    certain[at] = common | bit(at)
  }
  return certain
}

/** What follows forwards: of a port that is taken, and of the begin, the nodes that then must run. */
function implied(
  subjects: readonly Subject[],
  flow: Pick<Acyclic, 'links' | 'order'> & { isCounted(at: number): boolean },
) {
  const runs = new Array<Nodes>(subjects.length).fill(0n)
  const outgoing = Map.groupBy(flow.links, ({ from }) => from)
  const ofPort = (at: number, port: string) =>
    (outgoing.get(at) ?? [])
      .filter((link) => link.port === port)
      .reduce((all, { to }) => all | (runs[to] ?? 0n), 0n)
  for (const at of flow.order.toReversed()) {
    // A join may do without it: it may fail, or be cancelled, and the run goes on.
    if (flow.isCounted(at)) continue
    const [port, ...others] = subjects[at]?.ports ?? []
    const goesOn = port !== undefined && others.length === 0
    runs[at] = bit(at) | (goesOn ? ofPort(at, port) : 0n)
  }
  const hasIncoming = new Set(flow.links.map(({ to }) => to))
  const isEntry = ({ node, region }: Subject, at: number) =>
    region.part === 'top' ? node.type === 'start' : !hasIncoming.has(at)
  const entries = subjects.reduce(
    (all, subject, at) => (isEntry(subject, at) ? all | (runs[at] ?? 0n) : all),
    0n,
  )
  return { ofPort, entries }
}

function without(nodes: Nodes, isCounted: (at: number) => boolean): Nodes {
  let left = nodes
  for (let at = 0; nodes >> BigInt(at) !== 0n; at++) if (isCounted(at)) left &= ~bit(at)
  return left
}

function idAt(subjects: readonly Subject[], at: number): NodeId {
  return subjects[at]?.node.id as NodeId
}
