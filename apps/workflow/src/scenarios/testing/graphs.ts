interface Node {
  readonly id: string
  readonly type: string
  readonly config?: object
  readonly policy?: object
  readonly body?: object
}

export const startNode = { id: 'start', type: 'start', config: {} }
export const endNode = (outputs: Readonly<Record<string, string>> = {}) => ({
  id: 'end',
  type: 'end',
  config: { outputs },
})
export const edge = (from: string, to: string, port = 'out') => ({ from, port, to })

/** A node that the test answers, in place of the agent service. */
export const echo = (id: string, policy: object = {}) => ({ id, type: 'echo', config: {}, policy })
export const template = (id: string, text = id) => ({ id, type: 'template', config: { text } })

/** start → these, one after the other → end. */
export function inARow(nodes: readonly Node[], outputs: Readonly<Record<string, string>> = {}) {
  const all = [startNode, ...nodes, endNode(outputs)]
  const edges = all.slice(1).map(({ id }, before) => edge(all[before]?.id ?? '', id))
  return { nodes: all, edges }
}
