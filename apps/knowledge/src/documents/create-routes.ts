import { hash } from 'node:crypto'
import { KnowledgeBaseId, Problem } from '@dure/contracts'
import { addToFingerprint, type Egress } from '@dure/platform'
import multipart from '@fastify/multipart'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { noContent, sourceRequestOf } from '../sources/request.ts'
import { CreateDocument, createDocument, UploadDocument, uploadDocument } from './bodies.ts'
import { type Content, contentOfFile, contentOfText, unsupportedMediaType } from './document.ts'
import { placeOf, tagOf } from './routes.ts'
import type { DocumentService, Settings } from './service.ts'
import { MAX_SETTINGS, readUpload, type UploadedFile } from './upload.ts'
import { DocumentView, view } from './view.ts'

/** What surrounds the text in a body: its name, quotes and escapes, or the boundaries of a form. */
const ENVELOPE_BYTES = 1024 * 1024

export interface CreateRoutesOptions {
  readonly documents: DocumentService
  readonly egress: Pick<Egress, 'check'>
  readonly maxDocumentBytes: number
}

/** Files that were read from a form: only this server puts one here, no body can name one. */
const uploads = new WeakMap<FastifyRequest, UploadedFile>()

/** The one route that takes a form or JSON, and nothing else. */
export const createRoutes: FastifyPluginAsyncTypebox<CreateRoutesOptions> = async (
  app,
  { documents, egress, maxDocumentBytes },
) => {
  app.removeContentTypeParser('text/plain')
  await app.register(multipart, {
    limits: {
      ...{ fileSize: maxDocumentBytes, files: 1, headerPairs: 20 },
      ...{ fields: MAX_SETTINGS, fieldSize: ENVELOPE_BYTES, parts: 1 + MAX_SETTINGS },
    },
  })

  app.post(
    '/knowledge-bases/:knowledgeBaseId/documents',
    {
      config: { scope: 'knowledge:write', idempotency: 'transaction' },
      bodyLimit: maxDocumentBytes + ENVELOPE_BYTES,
      preValidation: async (request) => {
        if (!request.isMultipart()) return
        const { file, settings } = await readUpload(request.parts(), maxDocumentBytes)
        uploads.set(request, file)
        addToFingerprint(request, () => digestOf(file))
        request.body = { file: file.name, ...settings }
      },
      schema: {
        operationId: 'createDocument',
        summary: 'Add a document, or a new version of the one with this name',
        description:
          'The answer comes before the text can be found: ask for the document until it is `ready`. Until then, searches find the version before it. The same content again changes nothing, unless something about it has failed. A file is parsed after the answer: when nothing can be made of it, the document has `failed`, and `error` says why.',
        tags: ['knowledge'],
        params: Type.Object({ knowledgeBaseId: KnowledgeBaseId }),
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
      const shelf = placeOf(request)
      const source = sourceOf(request, egress)
      const settings = settingsIn(request)
      const document = source
        ? await documents.putSource(shelf, source, settings)
        : await documents.put(shelf, contentOf(request, maxDocumentBytes), settings)
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
function contentOf(request: FastifyRequest, maxBytes: number): Content {
  const upload = uploads.get(request)
  if (upload) return contentOfFile(upload, maxBytes)
  const { body } = request
  if (!createDocument.Check(body)) throw unsupportedMediaType()
  const { name, text, mediaType } = body
  if (name === undefined || text === undefined) throw noContent()
  return contentOfText({ name, text, ...(mediaType !== undefined && { mediaType }) }, maxBytes)
}

function settingsIn({ body }: FastifyRequest): Settings {
  if (!createDocument.Check(body) && !uploadDocument.Check(body)) throw unsupportedMediaType()
  const { access, metadata } = body
  return { access, metadata }
}
