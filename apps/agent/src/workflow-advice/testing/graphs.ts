import { completeGraph, type Graph } from '@dure/engine'

export const edge = (from: string, to: string) => ({ from, port: 'out', to })

const llm = (id: string, prompt: string) => ({ id, type: 'llm', config: { prompt } })

/** Two calls of a model one after the other, though neither needs the other, and a write. */
export function graphOf(): Graph {
  return {
    nodes: [
      { id: 'start', type: 'start', config: {} },
      llm('topic', 'The topic of {{ input.text }}'),
      llm('mood', 'The mood of {{ input.text }}'),
      {
        ...{ id: 'post', type: 'http' },
        config: { method: 'POST', url: 'https://desk.example.com/tickets', body: {} },
      },
      {
        ...{ id: 'end', type: 'end' },
        config: {
          outputs: { topic: '{{ nodes.topic.data.text }}', mood: '{{ nodes.mood.data.text }}' },
        },
      },
    ],
    edges: [
      edge('start', 'topic'),
      edge('topic', 'mood'),
      edge('mood', 'post'),
      edge('post', 'end'),
    ],
  } as unknown as Graph
}

export const SUPPORT: Graph = completeGraph(graphOf())

/** Both questions in one call. */
export const MERGED = {
  removeNodes: ['topic', 'mood'],
  setNodes: [
    llm('both', 'Topic and mood of {{ input.text }}'),
    {
      ...{ id: 'end', type: 'end' },
      config: {
        outputs: { topic: '{{ nodes.both.data.text }}', mood: '{{ nodes.both.data.text }}' },
      },
    },
  ],
  addEdges: [edge('start', 'both'), edge('both', 'post')],
}

export function proposalOf(edit: object, title = 'Ask once') {
  return { kind: 'merge-calls', title, why: 'Two calls read the same text.', edit }
}
