import { Problem } from '@dure/contracts'
import { NotFoundError } from '@dure/kernel'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'
import type { NodeType } from './define.ts'

const NodeTypeView = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    description: Type.String(),
    effect: Type.Enum(['pure', 'read', 'write', 'by-config']),
    ports: Type.Array(Type.String(), { description: 'The ways out' }),
    config: Type.Unknown({ description: 'JSON Schema of the configuration' }),
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
    async ({ params }) => {
      const nodeType = nodeTypes.get(params.type)
      if (nodeType) return view(nodeType)
      throw new NotFoundError('node-type.not-found', 'There is no such node type')
    },
  )
}

function view({
  type,
  title,
  description,
  effect,
  ports,
  config,
}: NodeType): Static<typeof NodeTypeView> {
  return { type, title, description, effect, ports: [...ports], config }
}
