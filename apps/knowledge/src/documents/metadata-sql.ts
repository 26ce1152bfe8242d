/** Of an upsert of a document: its metadata is what is given, if anything is. */
export const REDESCRIBED = (parameter: number) => `
    metadata = coalesce($${parameter}, document.metadata),
    metadata_revision = document.metadata_revision
      + (document.metadata IS DISTINCT FROM coalesce($${parameter}, document.metadata))::int`

/** An index that has the document, which was `saved`, must hear of it. */
export const REDESCRIBED_BASE = (parameter: number) => `
  redescribed AS (
    UPDATE knowledge_base SET generation = generation + 1 FROM saved
     WHERE knowledge_base.id = saved."knowledgeBaseId" AND $${parameter} IS NOT NULL
       AND saved."publishedVersion" > 0)`
