import { createHash, randomUUIDv7 } from 'node:crypto'
import {
  type DocumentId,
  ingestionQueue,
  type KnowledgeBaseId,
  type OutgoingMessage,
  outgoing,
  type Tenant,
} from '@dure/contracts'
import { ConflictError, prefixedId } from '@dure/kernel'
import { pageKeyOf, pageOf } from '@dure/platform'
import { knowledgeBaseNotFound } from '../knowledge-bases/knowledge-base.ts'
import type { KnowledgeBaseService } from '../knowledge-bases/service.ts'
import type { SourceRequest } from '../sources/source.ts'
import { type Content, type Document, documentNotFound } from './document.ts'
import type { DocumentKey, DocumentStore } from './store.ts'

type Shelf = Omit<DocumentKey, 'documentId'>

export interface DocumentService {
  /**
   * Takes a document in and asks for its ingestion. Its text can be found when it is `ready`; until
   * then the version before it stays.
   *
   * @throws NotFoundError `knowledge-base.not-found`
   */
  put(shelf: Shelf, content: Content): Promise<Document>
  /**
   * Takes a document in that is to be fetched, or fetches it now if there is one of this name. What is found until then
   * is found until its content is ready.
   *
   * @throws NotFoundError `knowledge-base.not-found`
   */
  putSource(shelf: Shelf, source: SourceRequest & { readonly name: string }): Promise<Document>
  /** @throws NotFoundError `document.not-found` */
  get(key: DocumentKey): Promise<Document>
  /** @throws NotFoundError `knowledge-base.not-found`; InvalidInputError `page.invalid-cursor` */
  list(
    shelf: Shelf,
    page: { limit: number; cursor?: string },
  ): Promise<{ data: Document[]; nextCursor: string | null }>
  /**
   * No search finds it any more.
   *
   * @param isExpected whether it is still what its reader has seen; absent: whatever it is
   * @throws NotFoundError `document.not-found` @throws ConflictError `document.changed`
   */
  remove(key: DocumentKey, isExpected?: (document: Document) => boolean): Promise<void>
}

export interface DocumentServiceDependencies {
  readonly store: DocumentStore
  readonly bases: KnowledgeBaseService
  /** A hint: when it is lost, the sweeper finds the document. */
  readonly send: (message: OutgoingMessage) => void
}

export function createDocumentService(dependencies: DocumentServiceDependencies): DocumentService {
  const { store, bases, send } = dependencies
  return {
    async put(shelf, content) {
      const contentHash = hashOf(content)
      const documentId = prefixedId('doc', randomUUIDv7()) as DocumentId
      const document = await store.save({ ...shelf, documentId }, { ...content, contentHash })
      if (!document) throw knowledgeBaseNotFound()
      if (document.status === 'queued') {
        send(ingestMessage({ ...shelf, documentId: document.id, contentHash }))
      }
      return document
    },

    async putSource(shelf, source) {
      const documentId = prefixedId('doc', randomUUIDv7()) as DocumentId
      const contentHash = hashOfUrl(source.url)
      const saved = await store.saveSource({ ...shelf, documentId }, { ...source, contentHash })
      const document = saved && (await store.find({ ...shelf, documentId: saved }))
      if (!document) throw knowledgeBaseNotFound()
      return document
    },

    async get(key) {
      const document = await store.find(key)
      if (!document) throw documentNotFound()
      return document
    },

    async list(shelf, { limit, cursor }) {
      const after = pageKeyOf(cursor, 'doc')
      await bases.get(shelf.tenant, shelf.knowledgeBaseId)
      return pageOf(await store.list(shelf, { limit, ...(after && { after }) }), limit)
    },

    async remove(key, isExpected) {
      const seen = isExpected && (await store.find(key))
      if (seen && !isExpected(seen)) throw changed()
      if (await store.remove(key, seen?.version)) return
      throw (await store.find(key)) ? changed() : documentNotFound()
    },
  }
}

function changed(): ConflictError {
  const message = 'It is not what you have seen: get it again, and delete it if you still want to'
  return new ConflictError('document.changed', message)
}

export function ingestMessage(payload: {
  readonly tenant: Tenant
  readonly knowledgeBaseId: KnowledgeBaseId
  readonly documentId: DocumentId
  readonly contentHash: string
}): OutgoingMessage {
  return outgoing(ingestionQueue, 'document.ingest', payload)
}

/** SHA-256 of media type and content: what has the same is ingested once. */
export function hashOf(content: Content): string {
  const body = 'text' in content ? content.text : content.bytes
  return createHash('sha256').update(`${content.mediaType}\n`).update(body).digest('hex')
}

/** Of a document whose content is not known yet: no content has the same. */
function hashOfUrl(url: string): string {
  return createHash('sha256').update(`url\n${url}`).digest('hex')
}
