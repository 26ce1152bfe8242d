import {
  callerOf,
  DocumentId,
  KnowledgeBaseId,
  type OnBehalfOf,
  Page,
  PageQuery,
  OnBehalfOf as Person,
  Problem,
} from '@dure/contracts'
import { identityOf } from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { readerOf } from './access.ts'
import type { ReadChunks } from './chunks-store.ts'

const { user, groups } = Person.properties

const ChunkQuery = Type.Object(
  {
    ...PageQuery.properties,
    onBehalfOfUser: Type.Optional({
      ...user,
      description:
        'The person that an application asks for, as `onBehalfOf.user` of a search: a document that they may not see is not there',
    }),
    onBehalfOfGroups: Type.Optional({
      ...groups,
      description: 'Their groups, as `onBehalfOf.groups`',
    }),
  },
  // Whoever spells one of them otherwise would be answered as if nobody had asked.
  { additionalProperties: false },
)

const ChunkView = Type.Object(
  {
    id: Type.String({
      description: 'The `chunkId` of searches, citations and labels',
      examples: ['chk_0198c0de4a7b7c3e9f10223344556677'],
    }),
    ordinal: Type.Integer({ minimum: 0, description: 'From 0, in the order of the document' }),
    headings: Type.Array(Type.String(), {
      description: 'Titles of the headings above it, outermost first',
    }),
    page: Type.Optional(
      Type.Integer({ minimum: 1, description: 'That it begins on; absent: there are none' }),
    ),
    text: Type.String(),
    start: Type.Integer({
      minimum: 0,
      description: 'Where it stands in the text of the document, in UTF-16 code units',
    }),
    end: Type.Integer({ minimum: 0 }),
    hasVector: Type.Boolean({ description: 'Whether it is found by meaning, too' }),
  },
  { $id: 'DocumentChunk' },
)

const ChunkPage = Page(ChunkView, 'DocumentChunkPage')

export interface ChunkRoutesOptions {
  readonly readChunks: ReadChunks
}

export const chunkRoutes: FastifyPluginAsyncTypebox<ChunkRoutesOptions> = async (
  app,
  { readChunks },
) => {
  app.get(
    '/knowledge-bases/:knowledgeBaseId/documents/:documentId/chunks',
    {
      config: { scope: 'knowledge:read' },
      // A list of one looks like none in a URL.
      preValidation: async ({ query }) => {
        if (typeof query.onBehalfOfGroups !== 'string') return
        Object.assign(query, { onBehalfOfGroups: [query.onBehalfOfGroups] })
      },
      schema: {
        operationId: 'listDocumentChunks',
        summary: 'List the passages of a document, as searches find them, in its order',
        description:
          'Of the published version; none before the first is ready. Their ids are what evaluations take as `chunkId` of a label, and what searches and citations name. When the content changes, or is made anew, they have others, and a cursor of before is refused: begin again.',
        tags: ['knowledge'],
        params: Type.Object({ knowledgeBaseId: KnowledgeBaseId, documentId: DocumentId }),
        querystring: ChunkQuery,
        response: { 200: ChunkPage, '4xx': Problem },
      },
    },
    async (request) => {
      const { onBehalfOfUser, onBehalfOfGroups, ...page } = request.query
      const identity = identityOf(request)
      const person = personOf(onBehalfOfUser, onBehalfOfGroups)
      const reader = readerOf(callerOf(identity), person)
      return readChunks({ ...request.params, tenant: identity.tenant, reader }, page)
    },
  )
}

function personOf(user?: string, groups?: string[]): OnBehalfOf | undefined {
  if (user === undefined && groups === undefined) return undefined
  return { ...(user !== undefined && { user }), ...(groups && { groups }) }
}
