import type { KnowledgeBaseId } from '@dure/contracts'
import type pg from 'pg'
import type { BaseKey } from '../reindexing/reindexing.ts'
import { KEEP_WORDS } from '../user-dictionaries/words-store.ts'
import type { Reanalysis } from './reanalysis.ts'

/** Bases per statement: a sweep goes on a moment later. */
const LIMIT = 100
/** A statement may have begun so long before it can be seen. */
const OVERLAP = `interval '1 minute'`

const OF_PROJECT = `
  dictionary.organization_id = base.organization_id AND dictionary.project_id = base.project_id`
/** `$1` are the rules. */
const TARGET = `$1 || coalesce('+' || dictionary.version, '')`
/** The one of a release that is gone keeps nobody waiting. */
const IS_ABANDONED = `
  (reanalysis.status = 'running' AND split_part(reanalysis.analyzer_version, '+', 1) <> $1
   AND reanalysis.due_at < now() - ${OVERLAP})`
/** What was made by the one before is moved or removed: a base never has terms by three analyzers. */
const IS_FREE = `
  (reanalysis.knowledge_base_id IS NULL OR ${IS_ABANDONED}
   OR (reanalysis.status <> 'running' AND reanalysis.due_at IS NULL))`

const wanted = (condition: string) => `
  WITH wanted AS (
    SELECT base.id, base.organization_id, base.project_id, dictionary.version, ${TARGET} AS target
      FROM knowledge_base AS base LEFT JOIN user_dictionary AS dictionary ON ${OF_PROJECT}
      LEFT JOIN reanalysis ON reanalysis.knowledge_base_id = base.id
     WHERE base.deleted_at IS NULL AND ${IS_FREE} AND ${condition} LIMIT ${LIMIT}),
  dictionary AS (
    SELECT DISTINCT organization_id, project_id, version FROM wanted WHERE version IS NOT NULL),
  kept AS (${KEEP_WORDS})
  INSERT INTO reanalysis (knowledge_base_id, organization_id, project_id, analyzer_version, total_count)
  SELECT id, organization_id, project_id, target,
         (SELECT coalesce(sum(chunk_count), 0) FROM document
           WHERE document.knowledge_base_id = wanted.id)
    FROM wanted
  ON CONFLICT (knowledge_base_id) DO UPDATE SET
    analyzer_version = excluded.analyzer_version, status = 'running', done_count = 0,
    total_count = excluded.total_count, error_code = NULL, error_message = NULL,
    fence = reanalysis.fence + 1, failures = 0, after_name = '', since = NULL, pass_began_at = NULL,
    due_at = now(), created_at = now(), updated_at = now()
  WHERE reanalysis.status <> 'running' OR ${IS_ABANDONED}`

/** What nobody has stopped, or what has failed, before the words were changed again. */
const IS_OUTDATED = `
  (base.terms_mixed OR base.analyzer_version IS DISTINCT FROM ${TARGET})
  AND (coalesce(reanalysis.status, '') NOT IN ('failed', 'cancelled')
       OR reanalysis.analyzer_version <> ${TARGET})`

/** Of every project, and by whatever rules. */
const BEGIN_ALL = wanted(IS_OUTDATED)

/** Of projects whose words have changed, or that somebody has marked. Those of other rules are for processes that have them. */
const BEGIN_CHANGED = wanted(`
  base.id IN (
    SELECT changed.id FROM knowledge_base AS changed
      JOIN user_dictionary USING (organization_id, project_id)
     WHERE renewed_version IS DISTINCT FROM version
     UNION ALL SELECT id FROM knowledge_base WHERE terms_mixed)
  AND (base.analyzer_version IS NULL OR split_part(base.analyzer_version, '+', 1) = $1)
  AND ${IS_OUTDATED}`)

const COLUMNS = `
  reanalysis.knowledge_base_id AS "knowledgeBaseId", reanalysis.status,
  reanalysis.analyzer_version AS "analyzerVersion", reanalysis.done_count AS "doneCount",
  reanalysis.total_count AS "totalCount", reanalysis.error_code AS "errorCode",
  reanalysis.error_message AS "errorMessage", reanalysis.created_at AS "createdAt",
  reanalysis.updated_at AS "updatedAt"`

const BEGIN_ONE = `${wanted('base.id = $2 AND base.organization_id = $3 AND base.project_id = $4')}
  RETURNING ${COLUMNS}`

const isOfWords = (version: string) => `
  split_part(${version}, '+', 2) = coalesce(dictionary.version, '')`

/** Of a project all of whose bases are searched by its words, but those for which somebody did not want it; and words that none is searched by. */
const SETTLE = `
  WITH settled AS (
    UPDATE user_dictionary AS dictionary SET renewed_version = version
     WHERE renewed_version IS DISTINCT FROM version AND changed_at < now() - ${OVERLAP}
       AND NOT EXISTS (
         SELECT FROM knowledge_base AS base
           LEFT JOIN reanalysis ON reanalysis.knowledge_base_id = base.id
          WHERE ${OF_PROJECT} AND base.deleted_at IS NULL
            AND (base.analyzer_version IS NULL OR NOT ${isOfWords('base.analyzer_version')})
            AND NOT (coalesce(reanalysis.status, '') IN ('failed', 'cancelled')
                     AND ${isOfWords('reanalysis.analyzer_version')}))
    RETURNING organization_id, project_id, version)
  DELETE FROM kept_dictionary AS kept USING settled
   WHERE kept.organization_id = settled.organization_id AND kept.project_id = settled.project_id
     AND kept.version IS DISTINCT FROM settled.version
     AND NOT EXISTS (
       SELECT FROM knowledge_base AS base
        WHERE base.organization_id = kept.organization_id AND base.project_id = kept.project_id
          AND split_part(base.analyzer_version, '+', 2) = kept.version)
     AND NOT EXISTS (
       SELECT FROM reanalysis
        WHERE reanalysis.organization_id = kept.organization_id
          AND reanalysis.project_id = kept.project_id AND status = 'running'
          AND split_part(reanalysis.analyzer_version, '+', 2) = kept.version)`

/**
 * Begins with bases that are not searched by the rules of this process and the words of their project.
 *
 * @param client of every tenant
 * @param options.all also those that nothing has changed for, by whatever rules: after a start
 * @returns whether there were any
 */
export async function beginOutdated(
  client: Pick<pg.PoolClient, 'query'>,
  rules: string,
  { all }: { readonly all: boolean },
): Promise<boolean> {
  const { rowCount } = await client.query(all ? BEGIN_ALL : BEGIN_CHANGED, [rules])
  const hasBegun = (rowCount ?? 0) > 0
  if (!hasBegun && !all) await client.query(SETTLE)
  return hasBegun
}

export interface ReanalysisStore {
  /** @returns undefined when one is under way, or the base is gone */
  begin(key: BaseKey): Promise<Reanalysis | undefined>
  find(key: BaseKey): Promise<Reanalysis | undefined>
  /** @returns whether it was under way */
  cancel(key: BaseKey): Promise<boolean>
}

const KEY = 'knowledge_base_id = $1 AND organization_id = $2 AND project_id = $3'

export function createReanalysisStore(pool: pg.Pool, rules: string): ReanalysisStore {
  return {
    async begin(key) {
      const { rows } = await pool.query<Row>(BEGIN_ONE, [rules, ...valuesOf(key)])
      return rows[0] && view(rows[0])
    },

    async find(key) {
      const sql = `SELECT ${COLUMNS} FROM reanalysis WHERE ${KEY}`
      const { rows } = await pool.query<Row>(sql, valuesOf(key))
      return rows[0] && view(rows[0])
    },

    async cancel(key) {
      const { rowCount } = await pool.query(
        `UPDATE reanalysis SET status = 'cancelled', due_at = now(), updated_at = now()
          WHERE ${KEY} AND status = 'running'`,
        valuesOf(key),
      )
      return rowCount === 1
    },
  }
}

function valuesOf({ knowledgeBaseId, tenant }: BaseKey): string[] {
  return [knowledgeBaseId, tenant.organizationId, tenant.projectId]
}

interface Row extends Omit<Reanalysis, 'error' | 'knowledgeBaseId'> {
  readonly knowledgeBaseId: string
  readonly errorCode: string | null
  readonly errorMessage: string | null
}

function view({ errorCode, errorMessage, knowledgeBaseId, ...row }: Row): Reanalysis {
  return {
    ...row,
    knowledgeBaseId: knowledgeBaseId as KnowledgeBaseId,
    error: errorCode === null ? undefined : { code: errorCode, message: errorMessage ?? '' },
  }
}
