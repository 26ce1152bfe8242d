import { grouped, withEveryTenant } from '@dure/platform'
import type pg from 'pg'
import { type Access, maySee } from './access.ts'
import { type Progress, type ProgressRow, progressOf } from './progress.ts'
import type { DocumentKey } from './store.ts'

/** What somebody who waits for a document wants to know. */
export interface DocumentState {
  readonly documentId: string
  readonly status: string
  readonly version: number
  readonly publishedVersion: number
  readonly progress?: Progress
  readonly error?: { readonly code: string; readonly message: string }
}

/** @returns undefined when there is no such document, or not for this reader */
export type ReadState = (key: DocumentKey) => Promise<DocumentState | undefined>

const STATES = `
  SELECT asked.place, document.id AS "documentId", status, version,
         access, published_version AS "publishedVersion", size_bytes AS "sizeBytes", stage,
         stage_done AS "stageDone", stage_total AS "stageTotal", error_code AS "errorCode",
         error_message AS "errorMessage"
    FROM unnest($1::text[], $2::text[], $3::text[], $4::text[])
         WITH ORDINALITY AS asked (id, base, organization, project, place)
    JOIN document ON document.id = asked.id AND document.knowledge_base_id = asked.base
     AND document.organization_id = asked.organization AND document.project_id = asked.project
    JOIN knowledge_base ON knowledge_base.id = asked.base AND knowledge_base.deleted_at IS NULL`

/** Those who wait at the same time share a statement, so it is one of every tenant. */
export function createStateReader(pool: pg.Pool): ReadState {
  return grouped<DocumentKey, DocumentState | undefined>({
    maxItems: 1000,
    async run(keys) {
      const rows = await withEveryTenant(pool, async (client) => {
        const values = [
          keys.map(({ documentId }) => documentId),
          keys.map(({ knowledgeBaseId }) => knowledgeBaseId),
          keys.map(({ tenant }) => tenant.organizationId),
          keys.map(({ tenant }) => tenant.projectId),
        ]
        return (await client.query<Row>(STATES, values)).rows
      })
      const places = new Map(rows.map((row) => [Number(row.place), row]))
      return keys.map(({ reader }, at) => {
        const row = places.get(at + 1)
        return row && maySee(reader, row.access) ? stateOf(row) : undefined
      })
    },
  })
}

type Row = ProgressRow &
  Omit<DocumentState, 'progress' | 'error'> & {
    readonly place: string
    readonly access: Access
    readonly errorCode: string | null
    readonly errorMessage: string | null
  }

function stateOf(row: Row): DocumentState {
  const { documentId, status, version, publishedVersion, errorCode: code, errorMessage } = row
  const progress = progressOf(row)
  return {
    ...{ documentId, status, version, publishedVersion },
    ...(progress && { progress }),
    ...(code !== null && { error: { code, message: errorMessage ?? '' } }),
  }
}
