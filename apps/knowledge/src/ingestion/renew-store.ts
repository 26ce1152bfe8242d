import type pg from 'pg'
import { HAS_CONTENT, type Outstanding } from './claim.ts'
import { outstandingOf, SWEPT } from './swept.ts'

/** Little enough that new uploads need not wait for long. */
const RENEW_LIMIT = 100
/** A claim of so little later may have been made before the change could be seen. */
const OVERLAP = `interval '1 minute'`

/** `$1` is the version of the rules; that of a project names its words, too: `analyzerVersion` in libs/retrieval. */
const OUTDATED = `
  document.status = 'ready'
  AND chunk.analyzer_version <> $1 || coalesce('+' || user_dictionary.version, '')`
const FIRST_PASSAGE = `
  chunk ON chunk.document_id = document.id AND chunk.version = document.published_version
       AND chunk.ordinal = 0`
const OF_PROJECT = `
  user_dictionary.organization_id = document.organization_id
  AND user_dictionary.project_id = document.project_id`
const IS_CHANGED = 'user_dictionary.renewed_version IS DISTINCT FROM user_dictionary.version'

const renewing = (documents: string) => `
  UPDATE document SET status = 'queued', version = version + 1, attempts = 0, alive_at = now()
   WHERE id IN (
     SELECT document.id FROM ${documents}
      LIMIT ${RENEW_LIMIT} FOR UPDATE OF document SKIP LOCKED)
  RETURNING ${SWEPT}`

const RENEW_ALL = renewing(`
  document JOIN ${FIRST_PASSAGE} LEFT JOIN user_dictionary ON ${OF_PROJECT} WHERE ${OUTDATED}`)

const RENEW_CHANGED = renewing(`
  user_dictionary JOIN document ON ${OF_PROJECT} JOIN ${FIRST_PASSAGE}
  WHERE ${IS_CHANGED} AND ${OUTDATED}`)

/** Of a base that is to be cut otherwise. */
const CUT_OTHERWISE = `
  knowledge_base JOIN document ON document.knowledge_base_id = knowledge_base.id JOIN ${FIRST_PASSAGE}
  WHERE knowledge_base.chunking <> knowledge_base.chunked AND document.status = 'ready'
    AND chunk.chunking <> knowledge_base.chunking`

const RENEW_CUT = renewing(CUT_OTHERWISE)

/** Of a base none of whose documents is cut otherwise, or is on its way to be. */
const SETTLE_CUT = `
  UPDATE knowledge_base AS base SET chunked = chunking
   WHERE base.chunking <> base.chunked
     AND NOT EXISTS (SELECT FROM ${CUT_OTHERWISE} AND knowledge_base.id = base.id)
     AND NOT EXISTS (SELECT FROM document
          WHERE document.knowledge_base_id = base.id
            AND document.status IN ('queued', 'ingesting') AND ${HAS_CONTENT})`

/** Of a project none of whose documents is outdated, or is on its way to be. */
const SETTLE = `
  UPDATE user_dictionary SET renewed_version = version
   WHERE ${IS_CHANGED}
     AND NOT EXISTS (SELECT FROM document JOIN ${FIRST_PASSAGE} WHERE ${OF_PROJECT} AND ${OUTDATED})
     AND NOT EXISTS (SELECT FROM document
          WHERE ${OF_PROJECT} AND document.status = 'ingesting'
            AND document.updated_at < user_dictionary.changed_at + ${OVERLAP})`

export interface RenewOptions {
  /** Every document of every project, not only those of projects whose words have changed. */
  readonly all: boolean
}

/** An engine outside knows versions of documents, and no terms beside others. */
const RELEASE = `
  UPDATE knowledge_base SET analyzer_version = NULL, terms_build = gen_random_uuid()::text
   WHERE analyzer_version IS NOT NULL`
const STOP = `
  UPDATE reanalysis SET status = 'cancelled', due_at = now() WHERE status = 'running'`

/** Makes documents anew whose passages another analyzer has made. */
export async function renewTerms(
  client: Pick<pg.PoolClient, 'query'>,
  analyzerVersion: string,
  { all }: RenewOptions,
): Promise<Outstanding[]> {
  if (all) {
    await client.query(RELEASE)
    await client.query(STOP)
  }
  const statement = all ? RENEW_ALL : RENEW_CHANGED
  const { rows } = await client.query<Record<string, string>>(statement, [analyzerVersion])
  if (rows.length === 0 && !all) await client.query(SETTLE, [analyzerVersion])
  return rows.map(outstandingOf)
}

/** Makes documents anew that are to be cut otherwise now. */
export async function renewCuts(client: Pick<pg.PoolClient, 'query'>): Promise<Outstanding[]> {
  const { rows } = await client.query<Record<string, string>>(RENEW_CUT)
  if (rows.length === 0) await client.query(SETTLE_CUT)
  return rows.map(outstandingOf)
}
