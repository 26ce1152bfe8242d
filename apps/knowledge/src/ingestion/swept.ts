import type { Outstanding } from './claim.ts'

/** What a statement returns of documents that are to be sent for. */
export const SWEPT = `id, knowledge_base_id, organization_id, project_id, content_hash`

export function outstandingOf(row: Record<string, string>): Outstanding {
  return {
    tenant: { organizationId: row.organization_id, projectId: row.project_id },
    knowledgeBaseId: row.knowledge_base_id,
    documentId: row.id,
    contentHash: row.content_hash,
  } as Outstanding
}
