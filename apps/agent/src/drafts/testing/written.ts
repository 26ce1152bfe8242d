import { slackMessage } from '../../templates/template.ts'

interface Node {
  readonly id: string
  readonly type: string
  readonly config?: object
  readonly [more: string]: unknown
}

/** start → these, one after the other → end. */
export function inARow(...nodes: readonly Node[]) {
  const all: Node[] = [
    { id: 'start', type: 'start' },
    ...nodes,
    { id: 'end', type: 'end', config: { outputs: {} } },
  ]
  return { nodes: all, edges: all.slice(1).map(({ id }, at) => ({ from: all[at]?.id, to: id })) }
}

const llm = { id: 'summarise', type: 'llm', config: { prompt: '{{ nodes.fetch.data.body }}' } }
const fetch = {
  ...{ id: 'fetch', type: 'http' },
  config: { method: 'GET', url: 'https://desk.example.com/new' },
}

/** As a good model writes it. */
export const GOOD = {
  name: '아침 문의 요약',
  explanation: '매일 09:00 에 새 문의를 요약해 슬랙에 올립니다.',
  assumptions: ['문의는 desk.example.com 에 있습니다.'],
  triggers: [{ kind: 'schedule', cron: '0 9 * * *', timeZone: 'Asia/Seoul' }],
  graph: inARow(fetch, llm, {
    ...slackMessage('post', '{{ nodes.summarise.data.text }}', '#support'),
  }),
}

const http = (config: object) => ({
  id: 'leak',
  type: 'http',
  config: { method: 'GET', ...config },
})
const nested = (depth: number): object =>
  depth === 0
    ? { nodes: [{ id: 'deepest', type: 'template', config: { text: '' } }], edges: [] }
    : { nodes: [{ id: `l${depth}`, type: 'try', body: nested(depth - 1) }], edges: [] }

/** What a model writes that is broken, or works for somebody else; and the mistake that is found. */
export const HOSTILE: readonly (readonly [what: string, graph: object, mistake: string])[] = [
  ['an unknown type', inARow({ id: 'x', type: 'shell', config: {} }), 'node.unknown-type'],
  [
    '101 nodes',
    inARow(
      ...Array.from({ length: 99 }, (_, at) => ({
        ...{ id: `n${at}`, type: 'template' },
        config: { text: '' },
      })),
    ),
    '#/graph/nodes',
  ],
  ...[
    'http://127.0.0.1:5432/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://[::1]/',
    'http://[::ffff:169.254.169.254]/latest/meta-data',
    'http://169.254.169.254/latest/meta-data',
    'http://localhost:6379/',
    'http://metadata.google.internal/',
    'http://postgres/',
    'https://10.0.0.8/',
    'https://8.8.8.8/',
    'https://router.lan./',
  ].map((url) => [url, inARow(http({ url })), 'draft.private-address'] as const),
  ['a file', inARow(http({ url: 'file:///etc/passwd' })), 'draft.invalid-address'],
  ['a password in a URL', inARow(http({ url: 'https://a:b@x.example/' })), 'draft.invalid-address'],
  [
    'a private address where an outcome is asked for',
    inARow({
      ...http({ method: 'POST', url: 'https://a.example/' }),
      policy: {
        onUnknownOutcome: 'verify',
        verify: { url: 'http://127.0.0.1/', when: 'response.status == 200' },
      },
    }),
    'draft.private-address',
  ],
  [
    'a private address inside of a body',
    inARow({
      ...{ id: 'each', type: 'map', config: { items: 'input.items' } },
      body: { nodes: [http({ url: 'http://localhost/' })], edges: [] },
    }),
    'draft.private-address',
  ],
  [
    'a credential',
    inARow(http({ url: 'https://a.example/', headers: { Authorization: 'Bearer sk-1' } })),
    'draft.literal-credential',
  ],
  [
    'a knowledge base that nobody has named',
    inARow({
      ...{ id: 'find', type: 'retrieve' },
      config: { knowledgeBaseIds: [`kb_${'a'.repeat(32)}`], query: 'salaries' },
    }),
    'draft.unknown-id',
  ],
  [
    'a workflow that nobody has named',
    inARow({ id: 'sub', type: 'subworkflow', config: { workflowId: `wf_${'b'.repeat(32)}` } }),
    'draft.unknown-id',
  ],
  [
    'an expression that names what is not there',
    inARow({ id: 'x', type: 'template', config: { text: '{{ nodes.nowhere.data }}' } }),
    'expression.unresolved-reference',
  ],
  [
    'a cycle',
    {
      nodes: [
        { id: 'start', type: 'start' },
        { id: 'a', type: 'template', config: { text: '' } },
        { id: 'b', type: 'template', config: { text: '' } },
        { id: 'end', type: 'end', config: { outputs: {} } },
      ],
      edges: [
        ['start', 'a'],
        ['a', 'b'],
        ['b', 'a'],
        ['b', 'end'],
      ].map(([from, to]) => ({ from, to })),
    },
    'workflow.cycle',
  ],
  ['bodies in bodies', inARow({ id: 'l', type: 'try', body: nested(200) }), 'workflow.nested'],
]
