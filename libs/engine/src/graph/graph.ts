import { ERROR_CLASSES, HttpAuth, NodeId } from '@dure/contracts'
import { type Static, Type } from 'typebox'

/** The same for all graphs, so that a run of any of them stays within bounds. */
export const GRAPH_LIMITS = {
  /** Of a workflow, those inside of bodies included. */
  nodes: 100,
  edges: 300,
  /** Bodies inside of bodies. */
  nesting: 5,
} as const

const RetryPolicy = Type.Object(
  {
    maxAttempts: Type.Integer({
      minimum: 1,
      maximum: 20,
      default: 3,
      description: 'Executions in all, the first one included',
    }),
    backoff: Type.Enum(['exp', 'fixed'], { default: 'exp' }),
    baseMs: Type.Integer({ minimum: 0, maximum: 3_600_000, default: 1000 }),
    maxMs: Type.Integer({ minimum: 0, maximum: 86_400_000, default: 60_000 }),
    jitter: Type.Boolean({
      default: true,
      description: 'Anything between nothing and the backoff',
    }),
    on: Type.Array(Type.Enum(ERROR_CLASSES), {
      maxItems: ERROR_CLASSES.length,
      default: ['timeout', 'unavailable', 'rate-limited', 'interrupted'],
      description: 'The classes of errors after which it is executed again',
    }),
  },
  { additionalProperties: false },
)

const CachePolicy = Type.Object(
  {
    ttlS: Type.Integer({ minimum: 1, maximum: 2_592_000, description: 'Seconds' }),
    key: Type.Optional(
      Type.String({
        maxLength: 2000,
        'x-dure-expression': 'template',
        description: 'Text with {{ expressions }}. Absent: everything that the node is asked',
      }),
    ),
  },
  { additionalProperties: false },
)

/** As a workflow names a secret: nowhere else can it. */
export const NodeAuth = Type.Object(HttpAuth.properties, {
  additionalProperties: false,
  description:
    'A secret of the project, sent to the hosts that it names alone; no expression sees it',
})

const VerifyPolicy = Type.Object(
  {
    url: Type.String({
      minLength: 1,
      maxLength: 8000,
      'x-dure-expression': 'template',
      description: 'Asked by GET what became of the write; text with {{ expressions }}',
    }),
    when: Type.String({
      minLength: 1,
      maxLength: 2000,
      'x-dure-expression': 'expression',
      description:
        'CEL over `response` (status, headers, body): true when the write has happened. Else it is sent again',
    }),
    auth: Type.Optional(NodeAuth),
  },
  { additionalProperties: false },
)

export const NodePolicy = Type.Object(
  {
    timeoutMs: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 86_400_000,
        description: 'How long one execution may take',
      }),
    ),
    retry: Type.Optional(RetryPolicy),
    onError: Type.Optional(
      Type.Enum(['fail', 'branch', 'default'], {
        description: '`branch`: go on by the port `error`; `default`: with the data of `default`',
      }),
    ),
    default: Type.Optional(Type.Unknown()),
    cache: Type.Optional(CachePolicy),
    effect: Type.Optional(
      Type.Enum(['pure', 'read', 'write'], {
        description:
          'What executing it does to the world. A node that is pure by nature and is declared `read` or `write` becomes a commit point of its own',
      }),
    ),
    onUnknownOutcome: Type.Optional(
      Type.Enum(['retry', 'verify', 'review', 'fail'], {
        description: 'Absent: `retry` for reads, `review` for writes',
      }),
    ),
    verify: Type.Optional(VerifyPolicy),
  },
  { additionalProperties: false, $id: 'NodePolicy' },
)
export type NodePolicy = Static<typeof NodePolicy>

const Body = Type.Unsafe<Graph>(
  Type.Object(
    { nodes: Type.Array(Type.Unknown()), edges: Type.Array(Type.Unknown()) },
    { additionalProperties: false, description: 'A graph of its own, without a start node' },
  ),
)

export const GraphNode = Type.Object(
  {
    id: NodeId,
    type: Type.String({ maxLength: 64, examples: ['retrieve'] }),
    typeVersion: Type.Optional(Type.Integer({ minimum: 1, maximum: 1 })),
    name: Type.Optional(Type.String({ maxLength: 200 })),
    config: Type.Record(Type.String(), Type.Unknown(), { default: {} }),
    policy: Type.Optional(NodePolicy),
    body: Type.Optional(Body),
    /** Of a `try`: runs afterwards, whatever happened. */
    finally: Type.Optional(Body),
  },
  { additionalProperties: false, $id: 'GraphNode' },
)
export interface GraphNode {
  readonly id: NodeId
  readonly type: string
  readonly typeVersion?: number
  readonly name?: string
  readonly config: Readonly<Record<string, unknown>>
  readonly policy?: NodePolicy
  readonly body?: Graph
  readonly finally?: Graph
}

export const GraphEdge = Type.Object(
  {
    from: NodeId,
    port: Type.String({
      maxLength: 64,
      default: 'out',
      description: 'The way out of `from` that this edge takes',
    }),
    to: NodeId,
  },
  { additionalProperties: false, $id: 'GraphEdge' },
)
export type GraphEdge = Static<typeof GraphEdge>

const EXAMPLE = {
  nodes: [
    { id: 'start', type: 'start', config: {} },
    { id: 'greet', type: 'template', config: { text: '안녕하세요, {{ input.name }} 님' } },
    { id: 'end', type: 'end', config: { outputs: { greeting: '{{ nodes.greet.data.text }}' } } },
  ],
  edges: [
    { from: 'start', port: 'out', to: 'greet' },
    { from: 'greet', port: 'out', to: 'end' },
  ],
}

/** What a workflow does: nodes, and the edges that say what follows what. */
export const Graph = Type.Object(
  {
    nodes: Type.Array(GraphNode, { minItems: 1, maxItems: GRAPH_LIMITS.nodes }),
    edges: Type.Array(GraphEdge, { maxItems: GRAPH_LIMITS.edges }),
  },
  { additionalProperties: false, $id: 'Graph', examples: [EXAMPLE] },
)
export interface Graph {
  readonly nodes: readonly GraphNode[]
  readonly edges: readonly GraphEdge[]
}
