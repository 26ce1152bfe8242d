export const SCENARIOS = ['seq10', 'fan20'] as const
/** `seq10`: ten nodes in a row. `fan20`: twenty side by side. */
export type Scenario = (typeof SCENARIOS)[number]

export const KINDS = ['pure', 'durable', 'remote'] as const
/**
 * `pure`: computed by the engine. `durable`: the same, but each result is committed before the next
 * node begins. `remote`: executed by another service, there and back through a queue.
 */
export type Kind = (typeof KINDS)[number]

/** Nodes of a run that count as steps. */
export const STEPS: Readonly<Record<Scenario, number>> = { seq10: 10, fan20: 20 }

export interface Node {
  readonly id: string
  readonly type: string
  readonly config?: Readonly<Record<string, unknown>>
  readonly policy?: Readonly<Record<string, unknown>>
  readonly body?: Graph
}

export interface Edge {
  readonly from: string
  readonly to: string
}

export interface Graph {
  readonly nodes: readonly Node[]
  readonly edges: readonly Edge[]
}

export const START: Node = { id: 'start', type: 'start' }
export const END: Node = { id: 'end', type: 'end', config: { outputs: { n: '{{ input.n }}' } } }

const TEMPLATE = { type: 'template', config: { text: 'step {{ input.n }}' } } as const

const STEP: Readonly<Record<Kind, Omit<Node, 'id'>>> = {
  pure: TEMPLATE,
  durable: { ...TEMPLATE, policy: { effect: 'read' } },
  remote: { type: 'echo', config: { data: { n: '{{ input.n }}' } } },
}

export function graphOf(scenario: Scenario, kind: Kind): Graph {
  const steps = Array.from({ length: STEPS[scenario] }, (_, n) => ({ id: `s${n}`, ...STEP[kind] }))
  return scenario === 'seq10' ? inARow([START, ...steps, END]) : sideBySide(steps)
}

/** One edge from each node to the next. */
export function inARow(nodes: readonly Node[]): Graph {
  const edges = nodes.slice(1).map(({ id }, index) => ({ from: nodes[index]?.id ?? '', to: id }))
  return { nodes, edges }
}

function sideBySide(steps: readonly Node[]): Graph {
  return {
    nodes: [START, { id: 'fan', type: 'parallel' }, ...steps, { id: 'gather', type: 'join' }, END],
    edges: [
      { from: 'start', to: 'fan' },
      ...steps.flatMap(({ id }) => [
        { from: 'fan', to: id },
        { from: id, to: 'gather' },
      ]),
      { from: 'gather', to: 'end' },
    ],
  }
}
