import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nodeTypes } from '../nodes/index.ts'
import { planOf } from '../run/plan.ts'
import type { Graph } from './graph.ts'
import { completeGraph } from './regions.ts'
import { validateGraph } from './validate.ts'

interface Made {
  readonly nodes: { readonly id: string; readonly type: string; readonly body?: Made }[]
  readonly edges: { readonly from: string; readonly port: string; readonly to: string }[]
}

const PORTS: Readonly<Record<string, readonly string[]>> = {
  condition: ['true', 'false'],
  try: ['ok', 'caught'],
}
const TYPES = ['template', 'condition', 'echo', 'http', 'join', 'map', 'loop', 'try'] as const

/** Numbers in, a graph out: each node is linked to earlier ones and reads what it may read. */
class Maker {
  readonly #numbers: readonly number[]
  #at = 0
  #count = 0
  constructor(numbers: readonly number[]) {
    this.#numbers = numbers
  }

  top(size: number): Made {
    const start = { id: 'start', type: 'start', config: {} }
    const made = this.#grow(
      { nodes: [start], edges: [] },
      { size, seen: [], depth: 0, loop: false },
    )
    const end = { id: 'end', type: 'end', config: { outputs: {} } }
    made.nodes.push(end)
    made.edges.push({ from: 'start', port: 'out', to: 'end' })
    return made
  }

  #pick(below: number): number {
    const number = this.#numbers[this.#at++ % this.#numbers.length] ?? 0
    return number % below
  }

  #grow(made: Made, at: { size: number; seen: string[]; depth: number; loop: boolean }): Made {
    const before = new Map<string, Set<string>>(made.nodes.map(({ id }) => [id, new Set()]))
    for (let count = 0; count < at.size && this.#count < 90; count++) {
      const type = TYPES[this.#pick(at.depth < 3 ? TYPES.length : TYPES.length - 3)] ?? 'echo'
      const id = `n${this.#count++}`
      const linked = this.#link(made, id, at.depth > 0)
      const ancestors = new Set(linked.flatMap((from) => [from, ...(before.get(from) ?? [])]))
      before.set(id, ancestors)
      const seen = [...at.seen, ...ancestors]
      made.nodes.push(this.#node({ id, type }, seen, { ...at, ways: linked.length }))
    }
    return made
  }

  /** In a body, a node may begin; at the top, each comes after another. */
  #link(made: Made, to: string, mayBegin: boolean): string[] {
    const count = this.#pick(3) + (mayBegin || made.nodes.length === 0 ? 0 : 1)
    const sources = new Set<string>()
    for (let n = 0; n < count; n++) {
      const from = made.nodes[this.#pick(Math.max(1, made.nodes.length))]
      if (!from || sources.has(from.id)) continue
      sources.add(from.id)
      const ports = PORTS[from.type] ?? ['out']
      made.edges.push({ from: from.id, port: ports[this.#pick(ports.length)] ?? 'out', to })
    }
    return [...sources]
  }

  #node(
    { id, type }: { id: string; type: string },
    seen: string[],
    at: { depth: number; loop: boolean; ways: number },
  ) {
    const named = seen[this.#pick(Math.max(1, seen.length))]
    const value = named === undefined ? 'input.x' : `nodes.?${named}.data`
    const text = at.loop ? `{{ ${value} }} {{ loop.index }}` : `{{ ${value} }}`
    const config = this.#config(type, text, at.ways)
    if (!['map', 'loop', 'try'].includes(type)) return { id, type, config }
    const inside = {
      size: 1 + this.#pick(3),
      seen,
      depth: at.depth + 1,
      loop: at.loop || type !== 'try',
    }
    const body = this.#grow({ nodes: [], edges: [] }, inside)
    // The size of a workflow is bounded, and a body must not be empty.
    if (body.nodes.length === 0) return { id, type: 'echo', config: {} }
    return { id, type, config, body }
  }

  #config(type: string, text: string, ways: number): object {
    switch (type) {
      case 'template':
        return { text }
      case 'echo':
        return { data: { deep: [text] } }
      case 'condition':
        return { when: 'size(string(input.x)) > 1' }
      case 'http':
        return { method: 'GET', url: `https://a.example/${text}` }
      case 'join':
        return ways === 0 ? { mode: 'all' } : { mode: 'n', n: 1 + this.#pick(ways) }
      case 'map':
        return { items: 'input.items' }
      case 'loop':
        return { while: 'loop.index < 3' }
      default:
        return {}
    }
  }
}

const made = fc
  .tuple(fc.array(fc.nat(1000), { minLength: 1, maxLength: 300 }), fc.integer({ min: 0, max: 40 }))
  .map(([numbers, size]) => new Maker(numbers).top(size) as unknown as Graph)

test('a graph that is made by the rules has no problems, and can be planned', () => {
  fc.assert(
    fc.property(made, (graph) => {
      expect(validateGraph(graph, nodeTypes, '#/graph').problems).toEqual([])
      expect(planOf(completeGraph(graph), nodeTypes).root.nodes.length).toBeGreaterThan(1)
    }),
    { numRuns: 300 },
  )
})

test('an edge that closes a cycle is found in any graph', () => {
  fc.assert(
    fc.property(made, fc.nat(1000), (graph, choice) => {
      const { from, to } = graph.edges[choice % graph.edges.length] ?? {}
      const back = { from: to, port: 'out', to: from } as Graph['edges'][number]
      const edges = [...graph.edges, back]
      const codes = validateGraph({ ...graph, edges }, nodeTypes, '').problems.map((p) => p.code)
      expect(codes).toContain('workflow.cycle')
    }),
    { numRuns: 100 },
  )
})

test('whatever stands in a body, it is answered and not thrown', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (nodes, edges) => {
      const body = { nodes, edges }
      const graph = {
        nodes: [
          { id: 'start', type: 'start', config: {} },
          { id: 'again', type: 'loop', config: {}, body },
          { id: 'end', type: 'end', config: { outputs: {} } },
        ],
        edges: [
          { from: 'start', port: 'out', to: 'again' },
          { from: 'again', port: 'out', to: 'end' },
        ],
      } as unknown as Graph
      const { problems } = validateGraph(graph, nodeTypes, '#')
      expect(problems.map(({ code }) => code)).toContain('node.invalid-body')
    }),
    { numRuns: 300 },
  )
})
