import { hash } from 'node:crypto'
import { DocumentId, KnowledgeBaseId, PageQuery, Problem } from '@dure/contracts'
import {
  addToFingerprint,
  allowsTag,
  answerLostUpdates,
  contentTag,
  type Egress,
  IfMatch,
  identityOf,
} from '@dure/platform'
import multipart from '@fastify/multipart'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { noContent, sourceRequestOf } from '../sources/request.ts'
import { CreateDocument, createDocument, UploadDocument } from './bodies.ts'
import {
  type Content,
  contentOfFile,
  contentOfText,
  type Document,
  MAX_DOCUMENT_BYTES,
  unsupportedMediaType,
} from './document.ts'
import type { DocumentService } from './service.ts'
import { readUpload, type UploadedFile } from './upload.ts'
import { DocumentPage, DocumentView, view } from './view.ts'

const shelf = Type.Object({ knowledgeBaseId: KnowledgeBaseId })
const key = Type.Object({ knowledgeBaseId: KnowledgeBaseId, documentId: DocumentId })
const tags = ['knowledge']

/** What surrounds the text in a body: its name, quotes and escapes, or the boundaries of a form. */
const ENVELOPE_BYTES = 1024 * 1024

export interface DocumentRoutesOptions {
  readonly documents: DocumentService
  readonly egress: Pick<Egress, 'check'>
}

export const documentRoutes: FastifyPluginAsyncTypebox<DocumentRoutesOptions> = async (
  app,
  { documents, egress },
) => {
  answerLostUpdates(app)
  app.register(createRoutes, { documents, egress })

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
      const { tenant } = identityOf(request)
      const { data, nextCursor } = await documents.list(
        { tenant, ...request.params },
        request.query,
      )
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
      const { tenant } = identityOf(request)
      const document = await documents.get({ tenant, ...request.params })
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
      const isExpected =
        'if-match' in request.headers
          ? (document: Document) => allowsTag(request.headers, tagOf(document))
          : undefined
      await documents.remove({ tenant: identityOf(request).tenant, ...request.params }, isExpected)
      return reply.code(204).send(null)
    },
  )
}

/** Files that were read from a form: only this server puts one here, no body can name one. */
const uploads = new WeakMap<FastifyRequest, UploadedFile>()

/** The one route that takes a form or JSON, and nothing else. */
const createRoutes: FastifyPluginAsyncTypebox<DocumentRoutesOptions> = async (
  app,
  { documents, egress },
) => {
  app.removeContentTypeParser('text/plain')
  await app.register(multipart, {
    limits: { fileSize: MAX_DOCUMENT_BYTES, files: 1, fields: 0, parts: 1, headerPairs: 20 },
  })

  app.post(
    '/knowledge-bases/:knowledgeBaseId/documents',
    {
      config: { scope: 'knowledge:write', idempotency: 'transaction' },
      bodyLimit: MAX_DOCUMENT_BYTES + ENVELOPE_BYTES,
      preValidation: async (request) => {
        if (!request.isMultipart()) return
        const file = await readUpload(request.parts())
        uploads.set(request, file)
        addToFingerprint(request, () => digestOf(file))
        request.body = { file: file.name }
      },
      schema: {
        operationId: 'createDocument',
        summary: 'Add a document, or a new version of the one with this name',
        description:
          'The answer comes before the text can be found: ask for the document until it is `ready`. Until then, searches find the version before it. The same content again changes nothing, unless something about it has failed. A file is parsed after the answer: when nothing can be made of it, the document has `failed`, and `error` says why.',
        tags,
        params: shelf,
        consumes: ['multipart/form-data', 'application/json'],
        body: {
          content: {
            'application/json': { schema: CreateDocument },
            'multipart/form-data': { schema: UploadDocument },
          },
        },
        response: { 202: DocumentView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { tenant } = identityOf(request)
      const shelf = { tenant, ...request.params }
      const source = sourceOf(request, egress)
      const document = source
        ? await documents.putSource(shelf, source)
        : await documents.put(shelf, contentOf(request))
      const { knowledgeBaseId, id } = document
      return reply
        .code(202)
        .header('location', `/v1/knowledge-bases/${knowledgeBaseId}/documents/${id}`)
        .header('etag', tagOf(document))
        .send(view(document))
    },
  )
}

/** The body that is checked names a file and does not hold it. */
function digestOf({ declaredType, bytes }: UploadedFile): string {
  return `${declaredType}\n${hash('sha256', bytes, 'base64url')}`
}

function sourceOf(request: FastifyRequest, egress: Pick<Egress, 'check'>) {
  if (uploads.has(request)) return undefined
  if (!createDocument.Check(request.body)) throw unsupportedMediaType()
  return sourceRequestOf(request.body, egress)
}

/** Schemas are chosen by content type, and a request may have none: what has passed is checked here. */
function contentOf(request: FastifyRequest): Content {
  const upload = uploads.get(request)
  if (upload) return contentOfFile(upload)
  const { body } = request
  if (!createDocument.Check(body)) throw unsupportedMediaType()
  const { name, text, mediaType } = body
  if (name === undefined || text === undefined) throw noContent()
  return contentOfText({ name, text, ...(mediaType !== undefined && { mediaType }) })
}

function tagOf(document: Document): string {
  // That a page was asked again, or how far it is, changes nothing about what was read.
  return contentTag(view({ ...document, source: undefined, progress: undefined }))
}
