import { Problem } from '@dure/contracts'
import type { NodeType } from '@dure/engine'
import { NotFoundError } from '@dure/kernel'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'

const NodeTypeView = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    description: Type.String(),
    kind: Type.Enum(['pure', 'task', 'in-place', 'wait', 'container'], {
      description:
        '`pure`: computed at once. `task`: executed by another service. `in-place`: executed by the workflow service. `wait`: waits without holding anything. `container`: runs its body',
    }),
    effect: Type.Enum(['pure', 'read', 'write', 'by-config'], {
      description:
        'What it does to the world by itself; what it waits for, or its body, may do more. `by-config`: see its description',
    }),
    ports: Type.Array(Type.String(), {
      description: 'The ways out; `onError: branch` adds the port `error` to any node',
    }),
    dynamic: Type.Boolean({ description: 'The ports come from the configuration of the node' }),
    config: Type.Unknown({ description: 'JSON Schema of the configuration' }),
    output: Type.Unknown({ description: 'JSON Schema of its data; null: not known beforehand' }),
  },
  { $id: 'NodeType' },
)

export interface NodeTypeRoutesOptions {
  readonly nodeTypes: ReadonlyMap<string, NodeType>
}

export const nodeTypeRoutes: FastifyPluginAsyncTypebox<NodeTypeRoutesOptions> = async (
  app,
  { nodeTypes },
) => {
  app.get(
    '/node-types',
    {
      config: { scope: 'workflows:read' },
      schema: {
        operationId: 'listNodeTypes',
        summary: 'The catalogue of node types, with the schema of their configuration',
        tags: ['node types'],
        response: {
          200: Type.Object(
            { data: Type.Array(NodeTypeView), nextCursor: Type.Null() },
            { $id: 'NodeTypePage' },
          ),
          '4xx': Problem,
        },
      },
    },
    async () => ({ data: [...nodeTypes.values()].map(view), nextCursor: null }),
  )

  app.get(
    '/node-types/:type',
    {
      config: { scope: 'workflows:read' },
      schema: {
        operationId: 'getNodeType',
        summary: 'One node type',
        tags: ['node types'],
        params: Type.Object({ type: Type.String({ maxLength: 64 }) }),
        response: { 200: NodeTypeView, '4xx': Problem },
      },
    },
    async ({ params }) => view(find(params.type)),
  )

  app.get(
    '/node-types/:type/schema',
    {
      config: { scope: 'workflows:read' },
      schema: {
        operationId: 'getNodeTypeSchema',
        summary: 'The JSON Schema of the configuration of one node type, and nothing else',
        tags: ['node types'],
        params: Type.Object({ type: Type.String({ maxLength: 64 }) }),
        response: {
          200: Type.Record(Type.String(), Type.Unknown(), { description: 'A JSON Schema' }),
          '4xx': Problem,
        },
      },
    },
    async ({ params }) => ({ ...find(params.type).config }),
  )

  function find(type: string): NodeType {
    const nodeType = nodeTypes.get(type)
    if (nodeType) return nodeType
    throw new NotFoundError('node-type.not-found', 'There is no such node type')
  }
}

function view(nodeType: NodeType): Static<typeof NodeTypeView> {
  const { type, title, description, kind, ports, config, output = null } = nodeType
  const isDynamic = typeof ports === 'function'
  return {
    type,
    title,
    description,
    kind,
    effect: effectOf(nodeType),
    ports: isDynamic ? [] : [...ports],
    dynamic: isDynamic,
    config,
    output,
  }
}

function effectOf(nodeType: NodeType): Static<typeof NodeTypeView>['effect'] {
  if (nodeType.kind === 'in-place') return nodeType.effect
  if (nodeType.kind !== 'task') return 'pure'
  // A function that does not take the configuration has one answer for all of them.
  return nodeType.effect.length === 0 ? nodeType.effect({} as never) : 'by-config'
}
