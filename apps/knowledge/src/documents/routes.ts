import { callerOf, DocumentId, KnowledgeBaseId, PageQuery, Problem } from '@dure/contracts'
import { allowsTag, answerLostUpdates, contentTag, IfMatch, identityOf } from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { Access, readerOf } from './access.ts'
import type { Document } from './document.ts'
import { MetadataBody } from './metadata.ts'
import type { DocumentService } from './service.ts'
import { DocumentPage, DocumentView, view } from './view.ts'

const SetAccess = Type.Object({ access: Access }, { additionalProperties: false, $id: 'SetAccess' })

const SetMetadata = Type.Object(
  { metadata: MetadataBody },
  { additionalProperties: false, $id: 'SetMetadata' },
)

const shelf = Type.Object({ knowledgeBaseId: KnowledgeBaseId })
const key = Type.Object({ knowledgeBaseId: KnowledgeBaseId, documentId: DocumentId })
const tags = ['knowledge']

export interface DocumentRoutesOptions {
  readonly documents: DocumentService
}

export const documentRoutes: FastifyPluginAsyncTypebox<DocumentRoutesOptions> = async (
  app,
  { documents },
) => {
  answerLostUpdates(app)

  app.get(
    '/knowledge-bases/:knowledgeBaseId/documents',
    {
      config: { scope: 'knowledge:read' },
      schema: {
        operationId: 'listDocuments',
        summary: 'List the documents of a knowledge base, newest first',
        tags,
        params: shelf,
        querystring: PageQuery,
        response: { 200: DocumentPage, '4xx': Problem },
      },
    },
    async (request) => {
      const { data, nextCursor } = await documents.list(placeOf(request), request.query)
      return { data: data.map(view), nextCursor }
    },
  )

  app.get(
    '/knowledge-bases/:knowledgeBaseId/documents/:documentId',
    {
      config: { scope: 'knowledge:read' },
      schema: {
        operationId: 'getDocument',
        summary: 'Get the state of a document',
        tags,
        params: key,
        response: { 200: DocumentView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const document = await documents.get(placeOf(request))
      return reply.header('etag', tagOf(document)).send(view(document))
    },
  )

  app.delete(
    '/knowledge-bases/:knowledgeBaseId/documents/:documentId',
    {
      config: { scope: 'knowledge:write' },
      schema: {
        operationId: 'deleteDocument',
        summary: 'Delete a document; no search finds it any more',
        tags,
        params: key,
        headers: IfMatch,
        response: { 204: Type.Null(), '4xx': Problem },
      },
    },
    async (request, reply) => {
      await documents.remove(placeOf(request), expectationOf(request))
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/knowledge-bases/:knowledgeBaseId/documents/:documentId/reprocess',
    {
      config: { scope: 'knowledge:write', idempotency: 'transaction' },
      schema: {
        operationId: 'reprocessDocument',
        summary: 'Parse, cut and index a document again, from what is kept of it',
        description:
          'Every document can be: a file is kept as it was sent or fetched, and parsed anew; of a text, the text is kept; an address that never gave anything is asked again. To fetch a page anew, send its URL. The version before is found until the new one is ready. Vectors of texts that were embedded before are not paid for again.',
        tags,
        params: key,
        response: { 202: DocumentView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const document = await documents.reprocess(placeOf(request))
      return reply
        .code(202)
        .header(
          'location',
          `/v1/knowledge-bases/${document.knowledgeBaseId}/documents/${document.id}`,
        )
        .header('etag', tagOf(document))
        .send(view(document))
    },
  )

  app.put(
    '/knowledge-bases/:knowledgeBaseId/documents/:documentId/access',
    {
      config: { scope: 'knowledge:write' },
      schema: {
        operationId: 'setDocumentAccess',
        summary: 'Say who may see a document',
        description:
          'From the next request on, in every kind of search. For who may not see a document, it is not there. Besides who is named, keys with the scope `knowledge:read-all` see it.',
        tags,
        params: key,
        headers: IfMatch,
        body: SetAccess,
        response: { 200: DocumentView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { access } = request.body
      const document = await documents.setAccess(placeOf(request), access, expectationOf(request))
      return reply.header('etag', tagOf(document)).send(view(document))
    },
  )

  app.put(
    '/knowledge-bases/:knowledgeBaseId/documents/:documentId/metadata',
    {
      config: { scope: 'knowledge:write' },
      schema: {
        operationId: 'setDocumentMetadata',
        summary: 'Say what filters find a document by',
        description:
          'From the next search on, without reading the document anew. It takes the place of all metadata that the document has.',
        tags,
        params: key,
        headers: IfMatch,
        body: SetMetadata,
        response: { 200: DocumentView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { metadata } = request.body
      const expected = expectationOf(request)
      const document = await documents.setMetadata(placeOf(request), metadata, expected)
      return reply.header('etag', tagOf(document)).send(view(document))
    },
  )
}

/** Where it leads, and for whom. */
export function placeOf<Params>(request: FastifyRequest & { readonly params: Params }) {
  const identity = identityOf(request)
  return { ...request.params, tenant: identity.tenant, reader: readerOf(callerOf(identity)) }
}

/** What `If-Match` asks of the document; undefined: nothing. */
function expectationOf({ headers }: FastifyRequest) {
  if (!('if-match' in headers)) return undefined
  return (document: Document) => allowsTag(headers, tagOf(document))
}

export function tagOf(document: Document): string {
  // That a page or a provider was asked again, or how far it is, changes nothing about what was read.
  const { embeddingError: lacking } = document
  const embeddingError = lacking && { ...lacking, attempts: 0, nextAt: undefined }
  const read = { ...document, embeddingError, source: undefined, progress: undefined }
  return contentTag(view(read))
}
