/** start → retrieve → condition → llm → end, or an apology → end: all services but analytics act. */
export function supportGraph(knowledgeBaseId: string) {
  return {
    nodes: [
      { id: 'start', type: 'start' },
      {
        id: 'find',
        type: 'retrieve',
        config: { knowledgeBaseIds: [knowledgeBaseId], query: '{{ input.question }}' },
      },
      { id: 'found', type: 'condition', config: { when: 'size(nodes.find.data.chunks) > 0' } },
      {
        id: 'ask',
        type: 'llm',
        config: { prompt: '{{ nodes.find.data.context }}\n\n{{ input.question }}' },
      },
      { id: 'sorry', type: 'template', config: { text: 'nothing' } },
      {
        id: 'end',
        type: 'end',
        config: {
          outputs: { answer: '{{ nodes.?ask.?data.?text.orValue("nothing") }}' },
        },
      },
    ],
    edges: [
      { from: 'start', to: 'find' },
      { from: 'find', to: 'found' },
      { from: 'found', port: 'true', to: 'ask' },
      { from: 'found', port: 'false', to: 'sorry' },
      { from: 'ask', to: 'end' },
      { from: 'sorry', to: 'end' },
    ],
  }
}

/** start → http → llm → end: a write to the world, then a model. */
export function reportGraph(url: string) {
  return {
    nodes: [
      { id: 'start', type: 'start' },
      { id: 'report', type: 'http', config: { method: 'POST', url, body: { seen: true } } },
      { id: 'ask', type: 'llm', config: { prompt: 'Sum up {{ nodes.report.data.body }}' } },
      { id: 'end', type: 'end', config: { outputs: { answer: '{{ nodes.ask.data.text }}' } } },
    ],
    edges: [
      { from: 'start', to: 'report' },
      { from: 'report', to: 'ask' },
      { from: 'ask', to: 'end' },
    ],
  }
}

interface Node {
  readonly id: string
  readonly type: string
  readonly config?: object
  readonly policy?: object
  readonly body?: object
}

/** start → these, one after the other → end. */
export function inARow(nodes: readonly Node[], outputs: Readonly<Record<string, string>> = {}) {
  const all = [
    { id: 'start', type: 'start' },
    ...nodes,
    { id: 'end', type: 'end', config: { outputs } },
  ]
  const edges = all.slice(1).map(({ id }, before) => ({ from: all[before]?.id, to: id }))
  return { nodes: all, edges }
}
