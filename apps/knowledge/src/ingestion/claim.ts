import type { DocumentId, KnowledgeBaseId, Tenant } from '@dure/contracts'
import type { Outline } from '../parsing/process/answer.ts'

/** Content that is waiting to be ingested. */
export interface Outstanding {
  readonly tenant: Tenant
  readonly knowledgeBaseId: KnowledgeBaseId
  readonly documentId: DocumentId
  readonly contentHash: string
}

/** The right to work on one version of a document, until somebody else gets it. */
export interface VersionClaim
  extends Pick<Outstanding, 'tenant' | 'knowledgeBaseId' | 'documentId'> {
  readonly version: number
  readonly attempt: number
}

/** To make all of it. */
export interface Claim extends Outstanding, VersionClaim {
  readonly name: string
  readonly mediaType: string
  /** Null until the file was parsed. */
  readonly text: string | null
  /** Of a file that was parsed. */
  readonly outline: Outline | null
  /** The file, when it is still to be parsed. */
  readonly original: Buffer | null
  /** Whatever became of the same file before. */
  readonly parseAnew: boolean
  /** Of the knowledge base, as `chunkingKey` has it. */
  readonly chunking: string
}

export interface Failure {
  readonly code: string
  readonly message: string
}

/** After this many attempts a document is given up, whatever became of them. */
export const MAX_ATTEMPTS = 3

export const GAVE_UP: Failure = {
  code: 'document.ingestion-gave-up',
  message: `Ingestion was interrupted ${MAX_ATTEMPTS} times; upload the document again to retry`,
}

/** Not so for one that is still to be fetched: see sources. */
export const HAS_CONTENT = `(text IS NOT NULL OR original IS NOT NULL)`

/** True for nobody but the holder of the claim, on the content that it was given for. */
export const HELD = `id = $1 AND organization_id = $2 AND project_id = $3
              AND version = $4 AND attempts = $5 AND status = 'ingesting'`

/** The same, on vectors that a published version lacks. */
export const HELD_LATE = `id = $1 AND organization_id = $2 AND project_id = $3
              AND version = $4 AND embedding_attempts = $5 AND status = 'ready'`

/** The parameters of both. */
export function held({ documentId, tenant, version, attempt }: VersionClaim): unknown[] {
  return [documentId, tenant.organizationId, tenant.projectId, version, attempt]
}
