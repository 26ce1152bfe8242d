/** start → a model → end: what the model writes is the answer. */
export const chatGraph = {
  nodes: [
    { id: 'start', type: 'start' },
    { id: 'ask', type: 'llm', config: { prompt: '{{ input.input }}' } },
    { id: 'end', type: 'end', config: { outputs: { answer: '{{ nodes.ask.data.text }}' } } },
  ],
  edges: [
    { from: 'start', to: 'ask' },
    { from: 'ask', to: 'end' },
  ],
}

/** Gives back all that a run gets. */
export const echoGraph = {
  nodes: [
    { id: 'start', type: 'start' },
    { id: 'end', type: 'end', config: { outputs: { given: '{{ input }}' } } },
  ],
  edges: [{ from: 'start', to: 'end' }],
}

/** start → this → end. */
export const oneNode = (node: {
  readonly id: string
  readonly type: string
  readonly config: object
}) => ({
  nodes: [
    { id: 'start', type: 'start' },
    node,
    { id: 'end', type: 'end', config: { outputs: {} } },
  ],
  edges: [
    { from: 'start', to: node.id },
    { from: node.id, to: 'end' },
  ],
})
