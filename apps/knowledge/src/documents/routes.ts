import { hash } from 'node:crypto'
import { DocumentId, KnowledgeBaseId, Page, PageQuery, Problem } from '@dure/contracts'
import {
  addToFingerprint,
  allowsTag,
  answerLostUpdates,
  contentTag,
  IfMatch,
  identityOf,
} from '@dure/platform'
import multipart from '@fastify/multipart'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import {
  type Content,
  contentOfFile,
  contentOfText,
  type Document,
  MAX_DOCUMENT_BYTES,
  MAX_NAME_LENGTH,
  STATUSES,
  unsupportedMediaType,
} from './document.ts'
import type { DocumentService } from './service.ts'
import { readUpload, type UploadedFile } from './upload.ts'

const CreateDocument = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: MAX_NAME_LENGTH, examples: ['refunds.md'] }),
    text: Type.String(),
    mediaType: Type.Optional(
      Type.String({
        maxLength: 100,
        examples: ['text/markdown'],
        description: '`text/plain` or `text/markdown`; absent: by the extension of the name',
      }),
    ),
  },
  { additionalProperties: false, $id: 'CreateDocument' },
)

const createDocument = Compile(CreateDocument)

const UploadDocument = Type.Object(
  {
    file: Type.String({
      format: 'binary',
      description:
        'Text, Markdown, HTML, CSV, JSON, PDF, an Office or Hancom document, or an image; up to 10 MiB. Its content decides what it is, its name which kind of text',
    }),
  },
  { additionalProperties: false, $id: 'UploadDocument' },
)

const DocumentView = Type.Object(
  {
    id: DocumentId,
    knowledgeBaseId: KnowledgeBaseId,
    name: Type.String(),
    mediaType: Type.String({ description: 'What it was said to be when it was sent' }),
    sizeBytes: Type.Integer(),
    status: Type.Enum(STATUSES),
    error: Type.Optional(
      Type.Object(
        { code: Type.String(), message: Type.String() },
        { description: 'Why it failed' },
      ),
    ),
    version: Type.Integer({ description: 'Of the content, from 1' }),
    publishedVersion: Type.Integer({
      description: 'The version that searches find; 0 before the first is ready',
    }),
    chunkCount: Type.Integer({ description: 'Passages of the published version' }),
    vectorCount: Type.Integer({ description: 'Those of them that are found by vectors, too' }),
    embeddingError: Type.Optional(
      Type.Object(
        { code: Type.String(), message: Type.String() },
        {
          description:
            'Why the others are found by words alone; send the same document again to try again',
        },
      ),
    ),
    createdAt: Type.String({ format: 'date-time' }),
    updatedAt: Type.String({ format: 'date-time' }),
  },
  { $id: 'Document' },
)

const DocumentPage = Page(DocumentView, 'DocumentPage')

const shelf = Type.Object({ knowledgeBaseId: KnowledgeBaseId })
const key = Type.Object({ knowledgeBaseId: KnowledgeBaseId, documentId: DocumentId })
const tags = ['knowledge']

/** What surrounds the text in a body: its name, quotes and escapes, or the boundaries of a form. */
const ENVELOPE_BYTES = 1024 * 1024

export interface DocumentRoutesOptions {
  readonly documents: DocumentService
}

export const documentRoutes: FastifyPluginAsyncTypebox<DocumentRoutesOptions> = async (
  app,
  { documents },
) => {
  answerLostUpdates(app)
  app.register(createRoutes, { documents })

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
  { documents },
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
      const document = await documents.put({ tenant, ...request.params }, contentOf(request))
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

/** Schemas are chosen by content type, and a request may have none: what has passed is checked here. */
function contentOf(request: FastifyRequest): Content {
  const upload = uploads.get(request)
  if (upload) return contentOfFile(upload)
  const { body } = request
  if (!createDocument.Check(body)) throw unsupportedMediaType()
  const { name, text, mediaType } = body
  return contentOfText({ name, text, ...(mediaType !== undefined && { mediaType }) })
}

function tagOf(document: Document): string {
  return contentTag(view(document))
}

function view(given: Document): Static<typeof DocumentView> {
  const { createdAt, updatedAt, error, embeddingError, ...document } = given
  return {
    ...document,
    ...(error && { error }),
    ...(embeddingError && { embeddingError }),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  }
}
