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
import type { KnowledgeBaseService } from '../knowledge-bases/service.ts'
import type { SourceRequest } from '../sources/source.ts'
import { type Access, accessOf } from './access.ts'
import {
  alreadyProcessing,
  type Content,
  type Document,
  documentNotFound,
  nameTaken,
} from './document.ts'
import { type Metadata, metadataOf } from './metadata.ts'
import type { ReprocessDocument } from './reprocess-store.ts'
import type { DocumentKey, DocumentStore } from './store.ts'

type Shelf = Omit<DocumentKey, 'documentId'>

/** What is said about a document besides its content. */
export interface Settings {
  /** Of a new document; one that is there must have the same. Undefined: whatever it has, or everybody. */
  readonly access: Access | undefined
  /** Undefined: whatever it has, or none. */
  readonly metadata: Metadata | undefined
}

export interface DocumentService {
  /**
   * Takes a document in and asks for its ingestion. Its text can be found when it is `ready`; until
   * then the version before it stays.
   *
   * @throws NotFoundError `knowledge-base.not-found`; ConflictError `document.name-taken`
   * @throws InvalidInputError `document.access-without-you`, `document.metadata-too-large`
   */
  put(shelf: Shelf, content: Content, settings: Settings): Promise<Document>
  /**
   * Takes a document in that is to be fetched, or fetches it now if there is one of this name. What is found until then
   * is found until its content is ready.
   *
   * @throws as `put`
   */
  putSource(
    shelf: Shelf,
    source: SourceRequest & { readonly name: string },
    settings: Settings,
  ): Promise<Document>
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
  remove(key: DocumentKey, isExpected?: IsExpected): Promise<void>
  /**
   * Makes a new version of what is kept of it; until that is ready, the one before is found.
   *
   * @throws NotFoundError `document.not-found` @throws ConflictError `document.already-processing`
   */
  reprocess(key: DocumentKey): Promise<Document>
  /**
   * Who sees it from the next request on, in searches too.
   *
   * @throws NotFoundError `document.not-found` @throws ConflictError `document.changed`
   * @throws InvalidInputError `document.access-without-you`
   */
  setAccess(key: DocumentKey, access: Access, isExpected?: IsExpected): Promise<Document>
  /**
   * What filters find it by, from the next search on.
   *
   * @throws NotFoundError `document.not-found` @throws ConflictError `document.changed`
   * @throws InvalidInputError `document.metadata-too-large`
   */
  setMetadata(key: DocumentKey, metadata: Metadata, isExpected?: IsExpected): Promise<Document>
}

type IsExpected = (document: Document) => boolean

export interface DocumentServiceDependencies {
  readonly store: DocumentStore
  readonly reprocess: ReprocessDocument
  readonly bases: KnowledgeBaseService
  /** A hint: when it is lost, the sweeper finds the document. */
  readonly send: (message: OutgoingMessage) => void
}

export function createDocumentService(dependencies: DocumentServiceDependencies): DocumentService {
  const { store, bases, send } = dependencies
  async function whyNotSaved({ tenant, knowledgeBaseId }: Shelf): Promise<ConflictError> {
    await bases.get(tenant, knowledgeBaseId)
    return nameTaken()
  }

  return {
    async put(shelf, content, given) {
      const { tenant, knowledgeBaseId } = shelf
      const settings = storedOf(given, shelf)
      const contentHash = hashOf(content)
      const documentId = prefixedId('doc', randomUUIDv7()) as DocumentId
      const document = await store.save(
        { ...shelf, documentId },
        { ...content, contentHash, ...settings },
      )
      if (!document) throw await whyNotSaved(shelf)
      if (document.status === 'queued') {
        send(ingestMessage({ tenant, knowledgeBaseId, documentId: document.id, contentHash }))
      }
      return document
    },

    async putSource(shelf, source, given) {
      const settings = storedOf(given, shelf)
      const documentId = prefixedId('doc', randomUUIDv7()) as DocumentId
      const contentHash = hashOfUrl(source.url)
      const saved = await store.saveSource(
        { ...shelf, documentId },
        { ...source, contentHash, ...settings },
      )
      const document = saved && (await store.find({ ...shelf, documentId: saved }))
      if (!document) throw await whyNotSaved(shelf)
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

    async reprocess(key) {
      const contentHash = await dependencies.reprocess(key)
      const document = await store.find(key)
      if (!document) throw documentNotFound()
      if (contentHash === undefined) throw alreadyProcessing()
      if (contentHash !== '') send(ingestMessage({ ...key, contentHash }))
      return document
    },

    async setAccess(key, access, isExpected) {
      const seen = isExpected && (await store.find(key))
      if (seen && !isExpected(seen)) throw changed()
      const isSet = await store.setAccess(key, accessOf(access, key.reader), seen?.access)
      const document = await store.find(key)
      if (document && isSet) return document
      throw document ? changed() : documentNotFound()
    },

    async setMetadata(key, metadata, isExpected) {
      const seen = isExpected && (await store.find(key))
      if (seen && !isExpected(seen)) throw changed()
      const isSet = await store.setMetadata(key, metadataOf(metadata), seen?.metadata)
      const document = await store.find(key)
      if (document && isSet) return document
      throw document ? changed() : documentNotFound()
    },
  }
}

function storedOf({ access, metadata }: Settings, { reader }: Shelf): Settings {
  return {
    access: access && accessOf(access, reader),
    metadata: metadata && metadataOf(metadata),
  }
}

function changed(): ConflictError {
  const message = 'It is not what you have seen: get it again, and do it then if you still want to'
  return new ConflictError('document.changed', message)
}

export function ingestMessage(payload: {
  readonly tenant: Tenant
  readonly knowledgeBaseId: KnowledgeBaseId
  readonly documentId: DocumentId
  readonly contentHash: string
}): OutgoingMessage {
  const { tenant, knowledgeBaseId, documentId, contentHash } = payload
  const asked = { tenant, knowledgeBaseId, documentId, contentHash }
  return outgoing(ingestionQueue, 'document.ingest', asked)
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
