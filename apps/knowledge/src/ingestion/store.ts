import type pg from 'pg'
import type { WantedAnalyzers } from '../analysis/passage-analyzer.ts'
import type { PassageTerms } from '../analysis/passage-terms.ts'
import type { Outline } from '../parsing/process/answer.ts'
import {
  type Claim,
  type Failure,
  HAS_CONTENT,
  HELD,
  held,
  MAX_ATTEMPTS,
  type Outstanding,
} from './claim.ts'
import { type Publication, type Published, publish } from './publish-store.ts'

/** A passage with the terms it is found by. */
export interface AnalyzedPassage extends PassageTerms {
  readonly id: string
  readonly ordinal: number
  readonly headings: readonly string[]
  readonly text: string
  readonly start: number
  readonly end: number
  readonly page?: number
  readonly parentOrdinal?: number
  readonly parentEnd?: number
  readonly parentText?: string
  /** By the analyzer that its base is to be searched by next. */
  readonly next?: PassageTerms
}

/** Of the terms of passages. */
export interface StagedVersions {
  readonly version: string
  /** Undefined: there are no others beside them. */
  readonly next: string | undefined
}

export interface IngestionStore {
  /** What became of the same file under another name in the same knowledge base; undefined: there is none. */
  parsedBefore(claim: Claim): Promise<{ text: string; outline: Outline } | undefined>
  /** @returns undefined when there is nothing to do: done already, replaced, deleted, in other hands */
  claim(outstanding: Outstanding): Promise<Claim | undefined>
  /** Keeps what became of the file, so that another attempt need not parse it. @returns as `stage` */
  keep(claim: Claim, parsed: { text: string; outline: Outline }): Promise<boolean>
  analyzers(claim: Claim): Promise<WantedAnalyzers>
  /**
   * @param total passages that there will be
   * @returns how many passages of this version an interrupted attempt has left, from the first on
   */
  staged(claim: Claim, analyzerVersion: string, total: number): Promise<number>
  /** Adds passages that nobody finds yet, and is a sign of life. @returns whether the claim holds */
  stage(
    claim: Claim,
    passages: readonly AnalyzedPassage[],
    versions: StagedVersions,
  ): Promise<boolean>
  /** A sign of life. @returns as `stage` */
  touch(claim: Claim): Promise<boolean>
  /**
   * One transaction: this version is found from now on, the one before is gone.
   *
   * @returns `outdated`: nothing has happened, as the base is searched by other vectors since; `other-terms`: by other terms
   */
  publish(claim: Claim, publication: Publication): Promise<Published>
  /** Gives the claim back as if it had not been taken. */
  release(claim: Claim): Promise<void>
  /** Ends the attempt: for good with a failure, else another one may begin. */
  fail(claim: Claim, failure: Failure | undefined): Promise<void>
}

const CLAIM = `
  UPDATE document SET status = 'ingesting', attempts = attempts + 1,
                      alive_at = now(), updated_at = now(), stage_done = NULL, stage_total = NULL,
                      stage = CASE WHEN text IS NULL THEN 'parse' ELSE 'chunk' END
   WHERE id = $1 AND knowledge_base_id = $2 AND organization_id = $3 AND project_id = $4
     AND content_hash = $5 AND status = 'queued' AND attempts < ${MAX_ATTEMPTS} AND ${HAS_CONTENT}
  RETURNING version, attempts AS attempt, name, media_type AS "mediaType", text, outline,
    parse_anew AS "parseAnew",
    CASE WHEN text IS NULL THEN original END AS original,
    (SELECT chunking FROM knowledge_base
      WHERE id = $2 AND organization_id = $3 AND project_id = $4) AS chunking`

const PARSED_BEFORE = `
  SELECT text, outline FROM document
   WHERE knowledge_base_id = $1 AND organization_id = $2 AND project_id = $3 AND content_hash = $4
     AND text IS NOT NULL AND outline IS NOT NULL LIMIT 1`

const ANALYZERS = `
  SELECT base.analyzer_version AS "inUse", reanalysis.analyzer_version AS next,
         (SELECT version FROM user_dictionary
           WHERE organization_id = $2 AND project_id = $3) AS words
    FROM knowledge_base AS base
    LEFT JOIN reanalysis ON reanalysis.knowledge_base_id = base.id AND status = 'running'
   WHERE base.id = $1 AND base.organization_id = $2 AND base.project_id = $3`

const linesOf = (column: string) => `string_to_array(${column}, E'\\n')`

const STAGING = `
  WITH claim AS (UPDATE document SET alive_at = now(), stage_done = $8 WHERE ${HELD}
                 RETURNING id, knowledge_base_id),
  staged AS (
    INSERT INTO chunk (id, document_id, knowledge_base_id, organization_id, project_id, version,
                       ordinal, headings, text, start_offset, end_offset, page, morphemes, bigrams,
                       heading_morphemes, analyzer_version, chunking, parent_ordinal,
                       parent_end, parent_text)
    SELECT passage.id, claim.id, claim.knowledge_base_id, $2, $3, $4,
           ordinal, headings, text, start, "end", page, ${linesOf('morphemes')}, ${linesOf('bigrams')},
           ${linesOf('"headingMorphemes"')}, $6, $9, "parentOrdinal", "parentEnd", "parentText"
      FROM claim, json_to_recordset($7::json) AS passage(
             id text, ordinal int, headings text[], text text, start int, "end" int, page int,
             morphemes text, bigrams text, "headingMorphemes" text,
             "parentOrdinal" int, "parentEnd" int, "parentText" text)
    ON CONFLICT DO NOTHING`

const STAGE = `${STAGING})
  SELECT FROM claim`

/** With terms of another analyzer beside those of the passages. */
const STAGE_NEXT = `${STAGING} RETURNING id),
  next AS (
    INSERT INTO chunk_terms (chunk_id, analyzer_version, knowledge_base_id, organization_id,
                             project_id, morphemes, bigrams, heading_morphemes)
    SELECT staged.id, $10, claim.knowledge_base_id, $2, $3, ${linesOf('next.morphemes')},
           ${linesOf('next.bigrams')}, ${linesOf('next."headingMorphemes"')}
      FROM claim, staged JOIN json_to_recordset($7::json) AS passage(id text, next json) USING (id),
           json_to_record(passage.next) AS next(morphemes text, bigrams text, "headingMorphemes" text)
    ON CONFLICT DO NOTHING)
  SELECT FROM claim`

const BEGIN_INDEX = `
  WITH found AS (
    SELECT count(*)::int AS count FROM chunk WHERE document_id = $1 AND version = $4),
  begun AS (
    UPDATE document SET stage = 'index', stage_done = found.count, stage_total = $6
      FROM found WHERE ${HELD})
  SELECT count FROM found`

/** @param embeddingSettings of the provider: what fails under these is tried again under others */
export function createIngestionStore(pool: pg.Pool, embeddingSettings = ''): IngestionStore {
  return {
    claim: (outstanding) => claim(pool, outstanding),

    async parsedBefore({ tenant, knowledgeBaseId, contentHash }) {
      const key = [knowledgeBaseId, tenant.organizationId, tenant.projectId, contentHash]
      return (await pool.query<{ text: string; outline: Outline }>(PARSED_BEFORE, key)).rows[0]
    },

    async keep(mine, { text, outline }) {
      const { rowCount } = await pool.query(
        `UPDATE document SET text = $6, outline = $7, parse_anew = false, alive_at = now(), stage = 'chunk'
          WHERE ${HELD}`,
        [...held(mine), text, JSON.stringify(outline)],
      )
      return rowCount === 1
    },

    staged: (mine, analyzerVersion, total) => staged(pool, mine, { analyzerVersion, total }),

    async analyzers({ knowledgeBaseId, tenant }) {
      const key = [knowledgeBaseId, tenant.organizationId, tenant.projectId]
      const { rows } = await pool.query<WantedAnalyzers>(ANALYZERS, key)
      return rows[0] ?? { inUse: null, next: null, words: null }
    },

    async stage(mine, passages, { version, next }) {
      const values = [...held(mine), version, JSON.stringify(passages)]
      const all = [...values, doneWith(passages), mine.chunking]
      const staged = await (next === undefined
        ? pool.query(STAGE, all)
        : pool.query(STAGE_NEXT, [...all, next]))
      return staged.rowCount === 1
    },

    async touch(mine) {
      const sign = `UPDATE document SET alive_at = now() WHERE ${HELD}`
      return (await pool.query(sign, held(mine))).rowCount === 1
    },

    publish: (mine, publication) => publish(pool, mine, { ...publication, embeddingSettings }),

    async release(mine) {
      await pool.query(
        `UPDATE document SET status = 'queued', attempts = attempts - 1 WHERE ${HELD}`,
        held(mine),
      )
    },

    async fail(mine, failure) {
      await pool.query(
        `UPDATE document SET status = $6, error_code = $7, error_message = $8,
                             alive_at = now(), updated_at = now() WHERE ${HELD}`,
        [...held(mine), failure ? 'failed' : 'queued', failure?.code, failure?.message],
      )
    },
  }
}

async function claim(pool: pg.Pool, outstanding: Outstanding): Promise<Claim | undefined> {
  const { documentId, knowledgeBaseId, tenant, contentHash } = outstanding
  const { rows } = await pool.query<Omit<Claim, keyof Outstanding>>(CLAIM, [
    documentId,
    knowledgeBaseId,
    tenant.organizationId,
    tenant.projectId,
    contentHash,
  ])
  return rows[0] && { ...outstanding, ...rows[0] }
}

/** Passages are staged in order. */
function doneWith(passages: readonly AnalyzedPassage[]): number {
  return (passages.at(-1)?.ordinal ?? -1) + 1
}

/** Passages are staged in order, so their number says where to go on. */
async function staged(
  pool: pg.Pool,
  mine: Claim,
  { analyzerVersion, total }: { readonly analyzerVersion: string; readonly total: number },
): Promise<number> {
  const version = [mine.documentId, mine.version]
  // Terms of another analyzer would not meet those of the rest, nor would passages that are cut otherwise.
  await pool.query(
    `DELETE FROM chunk WHERE document_id = $1 AND version = $2
        AND (analyzer_version <> $3 OR chunking <> $4)`,
    [...version, analyzerVersion, mine.chunking],
  )
  const { rows } = await pool.query<{ count: number }>(BEGIN_INDEX, [...held(mine), total])
  return rows[0]?.count ?? 0
}
