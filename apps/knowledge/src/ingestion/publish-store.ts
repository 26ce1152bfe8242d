import { withTransaction } from '@dure/platform'
import type pg from 'pg'
import { isOurs } from '../analysis/versions.ts'
import { FIRST_RETRY_S, nextTryInS } from '../embeddings/retry.ts'
import { type Claim, type Failure, HELD, held } from './claim.ts'

/** A version of a document that is to be found. */
export interface Publication {
  readonly passageCount: number
  /** Of the analyzers whose terms its passages have. */
  readonly versions: readonly string[]
  /** Whether it is published even if these are not what the base is searched by. */
  readonly isLast: boolean
  /** The vectors that its passages have. */
  readonly build: string
  /** Why not every passage has one, where it should. */
  readonly failure: Failure | undefined
}

interface Searched {
  readonly build: string
  readonly version: string | null
}

export type Published = 'published' | 'lost' | 'outdated' | 'other-terms'

class OutdatedError extends Error {
  readonly outcome: Published
  constructor(outcome: Published) {
    super(outcome)
    this.outcome = outcome
  }
}

/** What a base is searched by. Somebody sees to it that it does not stay mixed. */
const RISE = `
  UPDATE knowledge_base
     SET generation = generation + 1,
         terms_mixed = terms_mixed OR coalesce(analyzer_version <> ALL($2), false)
   WHERE id = $1
  RETURNING vector_build AS build, analyzer_version AS version`

/** `$11`: seconds until vectors are asked for again. */
const PUBLISH = `
  UPDATE document SET status = 'ready', published_version = version, chunk_count = $6,
                      warnings = outline -> 'warnings',
                      error_code = NULL, error_message = NULL,
                      embedding_error_code = $7, embedding_error_message = $8,
                      embedding_attempts = 0, embedding_settings = $10,
                      embedding_retry_at = now() + make_interval(secs => $11),
                      vector_count = (SELECT count(*) FROM chunk
                        JOIN chunk_vector ON chunk_vector.chunk_id = chunk.id
                                         AND build = $9 AND length(vector) > 0
                       WHERE chunk.document_id = $1 AND chunk.version = $4),
                      alive_at = now(), updated_at = now() WHERE ${HELD}`

/** One transaction: this version is found from now on, the one before is gone. */
export function publish(
  pool: pg.Pool,
  mine: Claim,
  publication: Publication & { readonly embeddingSettings: string },
): Promise<Published> {
  const { passageCount, versions, isLast, build, failure, embeddingSettings } = publication
  const nextInS = failure && nextTryInS(failure.code, { attempts: 0, firstS: FIRST_RETRY_S })
  return withTransaction(pool, async (client) => {
    const about = [passageCount, failure?.code, failure?.message, build]
    const values = [...held(mine), ...about, failure && embeddingSettings, nextInS]
    const { rowCount } = await client.query(PUBLISH, values)
    if (rowCount !== 1) return 'lost'
    await client.query('DELETE FROM chunk WHERE document_id = $1 AND version <> $2', [
      mine.documentId,
      mine.version,
    ])
    const [base] = (await client.query<Searched>(RISE, [mine.knowledgeBaseId, versions])).rows
    if (base?.build !== build) throw new OutdatedError('outdated')
    const lacks = base.version !== null && !versions.includes(base.version)
    // What only another release can make is made by it: the base is marked.
    if (lacks && isOurs(base.version ?? '') && !isLast) throw new OutdatedError('other-terms')
    return 'published' as const
  }).catch((error: unknown) => {
    if (error instanceof OutdatedError) return error.outcome
    throw error
  })
}
