import type { KnowledgeBaseId, Tenant } from '@dure/contracts'
import { withEveryTenant } from '@dure/platform'
import { ANALYZER_VERSION } from '@dure/retrieval'
import type pg from 'pg'
import type { PassageTerms, PassageText } from '../analysis/passage-terms.ts'
import type { BaseKey } from '../reindexing/reindexing.ts'
import type { PreparedSnapshot } from '../search/snapshots/service.ts'
import type { Reanalysis } from './reanalysis.ts'
import { HELD, held, OVERLAP, SIZE_WHEN_MADE, switchTo } from './switch-store.ts'
import { lacksTerms } from './terms-sql.ts'

/** The right to do the next piece of work on the terms of a base, until somebody else gets it. */
export interface ReanalysisClaim extends BaseKey {
  /** `running`: terms are to be made; else what is not in use is to be removed. */
  readonly status: Reanalysis['status']
  readonly analyzerVersion: string
  readonly fence: number
  /** Claims since something was done, this one among them. */
  readonly failures: number
  /** Documents up to this name are done in this pass. */
  readonly afterName: string
  /** This pass is over what has changed since then; null: over all documents. */
  readonly since: Date | null
  readonly passBeganAt: Date
}

export interface NamedDocument {
  readonly id: string
  readonly name: string
  readonly publishedVersion: number
  readonly chunkCount: number
}

export interface UnreadPassage extends PassageText {
  readonly id: string
  readonly documentId: string
  readonly ordinal: number
}

export interface ReanalysisWorkStore {
  /** The one that has waited the longest, of those for the rules of this process. @returns undefined when nothing is to be done */
  claim(): Promise<ReanalysisClaim | undefined>
  /** Documents of this pass in the order of their names. */
  documents(claim: ReanalysisClaim): Promise<NamedDocument[]>
  /** Published passages of these documents that lack the terms, in their order, behind one of them. */
  unread(
    claim: ReanalysisClaim,
    documents: readonly NamedDocument[],
    after: Pick<UnreadPassage, 'documentId' | 'ordinal'>,
  ): Promise<UnreadPassage[]>
  /** Also a sign of life. @returns whether the claim holds */
  add(
    claim: ReanalysisClaim,
    terms: readonly (PassageTerms & { readonly id: string })[],
  ): Promise<boolean>
  /** A sign of life. @returns as `add` */
  touch(claim: ReanalysisClaim): Promise<boolean>
  /** Lets others have their turn. @param afterName documents up to it are done */
  goOn(claim: ReanalysisClaim, afterName: string): Promise<void>
  /** As `goOn`, and nobody has to look for some seconds. */
  wait(claim: ReanalysisClaim): Promise<void>
  /** How many passages the base has, when all of them have these terms, some of which are not their own; undefined: else. */
  sizeWhenMade(claim: ReanalysisClaim): Promise<number | undefined>
  /**
   * From the next search on, the base is searched by these terms.
   *
   * @param snapshot of an index with them, for processes to open
   * @returns `again`: passages that came while this pass went over the others lack them
   */
  switch(
    claim: ReanalysisClaim,
    snapshot: PreparedSnapshot | undefined,
  ): Promise<'switched' | 'again' | 'lost'>
  /** Moves some terms that are in use to their passages, and removes some that are not. @returns whether there were any */
  tidy(claim: ReanalysisClaim): Promise<boolean>
  tidied(claim: ReanalysisClaim): Promise<void>
  /** Ends the attempt: for good with a failure, else another one may begin, later. */
  fail(claim: ReanalysisClaim, failure: Reanalysis['error'], isFinal: boolean): Promise<void>
}

/** Without a sign of life for this long, whoever worked on it is taken to be gone. */
const LIFELESS = `interval '30 seconds'`
/** Between two attempts. */
const REST = `interval '5 seconds'`
const DOCUMENTS = 200
const PASSAGES = 100
const TIDIED = 200

const CLAIM = `
  UPDATE reanalysis
     SET fence = fence + 1, failures = failures + 1, due_at = now() + ${LIFELESS},
         pass_began_at = CASE WHEN after_name = '' OR pass_began_at IS NULL THEN now()
                              ELSE pass_began_at END
   WHERE knowledge_base_id = (
     SELECT knowledge_base_id FROM reanalysis JOIN knowledge_base ON id = knowledge_base_id
      WHERE due_at <= now() AND deleted_at IS NULL
        AND (status <> 'running' OR split_part(reanalysis.analyzer_version, '+', 1) = $1)
      ORDER BY due_at LIMIT 1 FOR UPDATE OF reanalysis SKIP LOCKED)
  RETURNING knowledge_base_id AS "knowledgeBaseId", organization_id AS "organizationId",
            project_id AS "projectId", status, analyzer_version AS "analyzerVersion", fence, failures,
            after_name AS "afterName", since, pass_began_at AS "passBeganAt"`

const DOCUMENTS_OF_PASS = `
  SELECT id, name, published_version AS "publishedVersion", chunk_count AS "chunkCount" FROM document
   WHERE knowledge_base_id = $1 AND organization_id = $2 AND project_id = $3 AND name > $4
     AND ($5::timestamptz IS NULL OR updated_at > $5::timestamptz - ${OVERLAP})
   ORDER BY name LIMIT ${DOCUMENTS}`

const UNREAD = `
  SELECT chunk.id, document_id AS "documentId", ordinal, headings, text
    FROM unnest($1::text[], $2::int[]) AS wanted (id, version)
    JOIN chunk ON chunk.document_id = wanted.id AND chunk.version = wanted.version
   WHERE organization_id = $3 AND project_id = $4 AND (document_id, ordinal) > ($5, $6)
     AND ${lacksTerms('$7')}
   ORDER BY document_id, ordinal LIMIT ${PASSAGES}`

const linesOf = (column: string) => `string_to_array(${column}, E'\\n')`

/** As a publication comes to the passages that it removes: nobody waits for somebody who waits for him. */
const IN_TURN = 'ORDER BY chunk.document_id, chunk.version, chunk.ordinal'

// A passage may have been replaced meanwhile.
const ADD = `
  WITH claim AS (
    UPDATE reanalysis SET due_at = now() + ${LIFELESS}, failures = 0, updated_at = now(),
                          done_count = done_count + json_array_length($7::json)
     WHERE ${HELD} RETURNING knowledge_base_id, analyzer_version),
  given AS (
    SELECT * FROM json_to_recordset($7::json) AS given(
             id text, morphemes text, bigrams text, "headingMorphemes" text)),
  there AS (
    SELECT id FROM chunk WHERE id IN (SELECT id FROM given) ${IN_TURN} FOR KEY SHARE),
  added AS (
    INSERT INTO chunk_terms (chunk_id, analyzer_version, knowledge_base_id, organization_id,
                             project_id, morphemes, bigrams, heading_morphemes)
    SELECT given.id, claim.analyzer_version, claim.knowledge_base_id, $2, $3,
           ${linesOf('morphemes')}, ${linesOf('bigrams')}, ${linesOf('"headingMorphemes"')}
      FROM claim, given JOIN there USING (id)
    ON CONFLICT DO NOTHING)
  SELECT FROM claim`

/** @param condition on terms that are not those of their passages */
const someTerms = (condition: string) => `
  SELECT terms.chunk_id, terms.analyzer_version FROM chunk_terms AS terms
    JOIN knowledge_base AS base ON base.id = terms.knowledge_base_id
   WHERE terms.knowledge_base_id = $1 AND base.organization_id = $2 AND base.project_id = $3
     AND ${condition} LIMIT ${TIDIED}`

const MOVE = `
  WITH few AS (${someTerms('terms.analyzer_version = base.analyzer_version')}),
  locked AS (
    SELECT chunk.id, few.analyzer_version FROM few JOIN chunk ON chunk.id = few.chunk_id
     ${IN_TURN} FOR NO KEY UPDATE OF chunk),
  moved AS (
    UPDATE chunk SET morphemes = other.morphemes, bigrams = other.bigrams,
                     heading_morphemes = other.heading_morphemes,
                     analyzer_version = other.analyzer_version
      FROM locked JOIN chunk_terms AS other ON other.chunk_id = locked.id
                                         AND other.analyzer_version = locked.analyzer_version
     WHERE chunk.id = locked.id)
  DELETE FROM chunk_terms AS gone USING few
   WHERE gone.chunk_id = few.chunk_id AND gone.analyzer_version = few.analyzer_version`

const REMOVE = `
  WITH few AS (${someTerms('terms.analyzer_version IS DISTINCT FROM base.analyzer_version')})
  DELETE FROM chunk_terms AS gone USING few
   WHERE gone.chunk_id = few.chunk_id AND gone.analyzer_version = few.analyzer_version`

export function createReanalysisWorkStore(
  pool: pg.Pool,
  rules: string = ANALYZER_VERSION,
): ReanalysisWorkStore {
  const holds = async (sql: string, values: unknown[]) =>
    (await pool.query(sql, values)).rowCount === 1
  return {
    claim: () =>
      withEveryTenant(pool, async (client) => {
        const [row] = (await client.query<Row>(CLAIM, [rules])).rows
        if (!row) return undefined
        const { organizationId, projectId, ...claim } = row
        return { ...claim, tenant: { organizationId, projectId } }
      }),

    async documents({ knowledgeBaseId, tenant, afterName, since }) {
      const key = [knowledgeBaseId, tenant.organizationId, tenant.projectId]
      const values = [...key, afterName, since]
      return (await pool.query<NamedDocument>(DOCUMENTS_OF_PASS, values)).rows
    },

    async unread({ tenant, analyzerVersion }, documents, { documentId, ordinal }) {
      const { rows } = await pool.query<UnreadPassage>(UNREAD, [
        documents.map(({ id }) => id),
        documents.map(({ publishedVersion }) => publishedVersion),
        ...[tenant.organizationId, tenant.projectId, documentId, ordinal, analyzerVersion],
      ])
      return rows
    },

    add: (claim, terms) => holds(ADD, [...held(claim), JSON.stringify(terms)]),

    touch: (claim) =>
      holds(`UPDATE reanalysis SET due_at = now() + ${LIFELESS} WHERE ${HELD}`, held(claim)),

    async wait(claim) {
      await pool.query(
        `UPDATE reanalysis SET failures = 0, due_at = now() + ${REST} WHERE ${HELD}`,
        held(claim),
      )
    },

    async sizeWhenMade({ knowledgeBaseId, tenant, analyzerVersion, passBeganAt }) {
      const key = [knowledgeBaseId, tenant.organizationId, tenant.projectId]
      const values = [...key, analyzerVersion, passBeganAt]
      return (await pool.query<{ size: number }>(SIZE_WHEN_MADE, values)).rows[0]?.size
    },

    async goOn(claim, afterName) {
      await pool.query(
        `UPDATE reanalysis SET after_name = $7, failures = 0, due_at = now() WHERE ${HELD}`,
        [...held(claim), afterName],
      )
    },

    switch: (claim, snapshot) => switchTo(pool, claim, snapshot),

    async tidy({ knowledgeBaseId, tenant }) {
      const key = [knowledgeBaseId, tenant.organizationId, tenant.projectId]
      for (const sql of [REMOVE, MOVE]) {
        if (((await pool.query(sql, key)).rowCount ?? 0) > 0) return true
      }
      return false
    },

    async tidied(claim) {
      await pool.query(`UPDATE reanalysis SET due_at = NULL WHERE ${HELD}`, held(claim))
    },

    async fail(claim, failure, isFinal) {
      await pool.query(
        `UPDATE reanalysis SET status = CASE WHEN $7 THEN 'failed' ELSE status END, error_code = $8,
                               error_message = $9, due_at = now() + ${REST}, updated_at = now()
          WHERE ${HELD}`,
        [...held(claim), isFinal, failure?.code, failure?.message],
      )
    },
  }
}

type Row = Omit<ReanalysisClaim, 'tenant' | 'knowledgeBaseId'> &
  Tenant & { readonly knowledgeBaseId: KnowledgeBaseId }
