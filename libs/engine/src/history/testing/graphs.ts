export const edge = (from: string, to: string, port = 'out') => ({ from, port, to })
export const start = { id: 'start', type: 'start', config: {} }
const retry = { maxAttempts: 3, baseMs: 50, on: ['unavailable'] }
const echo = (id: string, policy: object = {}) => ({
  ...{ id, type: 'echo', config: {}, policy: { retry, ...policy } },
})
const text = (id: string, source: string, policy: object = {}) => ({
  ...{ id, type: 'template', config: { text: source }, policy },
})
export const end = (outputs: Record<string, string>) => ({
  id: 'end',
  type: 'end',
  config: { outputs },
})

/** A branch, a retry, a node as a commit point of its own, a delay, a variable. */
export const branching = {
  nodes: [
    start,
    echo('a'),
    { id: 'is_big', type: 'condition', config: { when: 'nodes.a.data.n > 4' } },
    text('big', 'big {{ nodes.a.data.n }}', { effect: 'read' }),
    text('small', 'small {{ nodes.a.data.n }}'),
    { id: 'rest', type: 'delay', config: { ms: 5000 } },
    {
      id: 'count',
      type: 'set_variable',
      config: { name: 'count', op: 'set', value: '{{ nodes.a.data.n }}' },
    },
    echo('b', { onError: 'branch' }),
    end({ big: '{{ nodes.?big.data.text }}', count: '{{ vars.count }}', b: '{{ nodes.b.data }}' }),
  ],
  edges: [
    edge('start', 'a'),
    edge('a', 'is_big'),
    edge('is_big', 'big', 'true'),
    edge('is_big', 'small', 'false'),
    edge('big', 'rest'),
    edge('small', 'rest'),
    edge('rest', 'count'),
    edge('count', 'b'),
    edge('b', 'end'),
    edge('b', 'end', 'error'),
  ],
}

/** Several iterations at once, one of which fails, each of several nodes. */
export const mapping = (onItemError: string, more: object = {}) => ({
  nodes: [
    start,
    {
      id: 'each',
      type: 'map',
      config: { items: 'input.items', concurrency: 3, onItemError },
      policy: more,
      body: {
        nodes: [
          echo('x'),
          text('said', '{{ loop.index }}: {{ nodes.x.data.n }}'),
          echo('y'),
          echo('z'),
        ],
        edges: [edge('x', 'said'), edge('said', 'y'), edge('said', 'z')],
      },
    },
    echo('after'),
    end({ each: '{{ nodes.each.data }}', after: '{{ nodes.after.data.n }}' }),
  ],
  edges: [
    edge('start', 'each'),
    edge('each', 'after'),
    ...('onError' in more ? [edge('each', 'after', 'error')] : []),
    edge('after', 'end'),
  ],
})

/** A loop around a try around a map, with something that runs afterwards. */
export const nesting = {
  nodes: [
    start,
    {
      id: 'again',
      type: 'loop',
      config: { maxIterations: 3 },
      body: {
        nodes: [
          echo('first'),
          {
            id: 'attempt',
            type: 'try',
            config: {},
            body: {
              nodes: [
                {
                  id: 'each',
                  type: 'map',
                  config: { items: '[1, 2, 3]', concurrency: 2, onItemError: 'fail' },
                  body: {
                    nodes: [echo('x'), text('t', '{{ nodes.x.data.n }}')],
                    edges: [edge('x', 't')],
                  },
                },
              ],
              edges: [],
            },
            finally: { nodes: [echo('clean')], edges: [] },
          },
          echo('good'),
          echo('bad'),
        ],
        edges: [
          edge('first', 'attempt'),
          edge('attempt', 'good', 'ok'),
          edge('attempt', 'bad', 'caught'),
        ],
      },
    },
    end({ last: '{{ nodes.again.data }}' }),
  ],
  edges: [edge('start', 'again'), edge('again', 'end')],
}

/** Branches side by side, of which some may fail. */
export const joining = (config: object) => ({
  nodes: [
    start,
    { id: 'fan', type: 'parallel', config: {} },
    echo('a'),
    echo('b'),
    echo('b2'),
    echo('c'),
    { id: 'joined', type: 'join', config },
    end({ joined: '{{ nodes.joined.data }}' }),
  ],
  edges: [
    edge('start', 'fan'),
    edge('fan', 'a'),
    edge('fan', 'b'),
    edge('fan', 'c'),
    edge('b', 'b2'),
    edge('a', 'joined'),
    edge('b2', 'joined'),
    edge('c', 'joined'),
    edge('joined', 'end'),
  ],
})

export const items = { items: ['k', 'l', 'm', 'n', 'o'] }
export const isOdd = (path: string) => /\[[13]\]\/x$/.test(path)
