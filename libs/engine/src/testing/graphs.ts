export const edge = (from: string, to: string, port = 'out') => ({ from, port, to })
export const echo = (id: string, data: unknown = {}, policy: object = {}) => ({
  id,
  type: 'echo',
  config: { data },
  policy,
})
export const template = (id: string, text: string, policy: object = {}) => ({
  id,
  type: 'template',
  config: { text },
  policy,
})
export const start = { id: 'start', type: 'start', config: {} }
export const end = (outputs: Record<string, string> = {}) => ({
  id: 'end',
  type: 'end',
  config: { outputs },
})
/** start, these nodes one after the other, end. */
export function inARow(nodes: { id: string }[], outputs: Record<string, string> = {}) {
  const all = [start, ...nodes, end(outputs)]
  return {
    nodes: all,
    edges: all.slice(1).map((node, index) => edge(all[index]?.id ?? '', node.id)),
  }
}
/** A body of nodes one after the other. */
export function body(...nodes: { id: string }[]) {
  return {
    nodes,
    edges: nodes.slice(1).map((node, index) => edge(nodes[index]?.id ?? '', node.id)),
  }
}
