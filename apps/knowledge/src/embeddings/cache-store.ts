import { createHash } from 'node:crypto'
import type { Tenant } from '@dure/contracts'
import { withEveryTenant } from '@dure/platform'
import type pg from 'pg'

/** What a vector depends on, besides the text. */
export interface VectorModel {
  readonly model: string
  /** Absent: as many as the model gives. */
  readonly dimensions?: number | undefined
}

/**
 * As many numbers as the vectors have that a new one must meet, where an installation says how many there shall be; else, as many
 * as the model gives.
 */
export function dimensionsToMeet(
  configured: number | undefined,
  present: number | null | undefined,
): number | undefined {
  return configured === undefined ? undefined : (present ?? configured)
}

/** Vectors of texts that were embedded before. A cache: without it, they are asked for again. */
export interface EmbeddingCache {
  find(tenant: Tenant, keys: readonly string[]): Promise<Map<string, Float32Array>>
  keep(tenant: Tenant, vectors: ReadonlyMap<string, Float32Array>): Promise<void>
  /** Forgets some of those that nobody has needed for so many days. @returns how many */
  purge(days: number, limit: number): Promise<number>
}

/** The same for the same text, model and dimensions, and for nothing else. */
export function cacheKeyOf(text: string, { model, dimensions }: VectorModel): string {
  return createHash('sha256')
    .update(JSON.stringify([model, dimensions ?? null]))
    .update(text)
    .digest('base64url')
}

/** That it was used is written down once a day: a cache that writes for every read is none. */
const FIND = `
  WITH found AS (SELECT id, vector, used_at FROM embedding
                  WHERE organization_id = $1 AND project_id = $2 AND id = ANY($3)),
  used AS (UPDATE embedding SET used_at = now() FROM found
            WHERE embedding.organization_id = $1 AND embedding.project_id = $2
              AND embedding.id = found.id AND found.used_at < now() - interval '1 day')
  SELECT id, vector FROM found`

const KEEP = `
  INSERT INTO embedding (organization_id, project_id, id, vector)
  SELECT $1, $2, id, vector FROM unnest($3::text[], $4::bytea[]) AS given (id, vector) ORDER BY id
  ON CONFLICT DO NOTHING`

const PURGE = `
  DELETE FROM embedding WHERE (organization_id, project_id, id) IN (
    SELECT organization_id, project_id, id FROM embedding
     WHERE used_at < now() - make_interval(days => $1) LIMIT $2)`

export function createEmbeddingCache(pool: pg.Pool): EmbeddingCache {
  return {
    async find({ organizationId, projectId }, keys) {
      const { rows } = await pool.query<{ id: string; vector: Buffer }>(FIND, [
        organizationId,
        projectId,
        keys,
      ])
      return new Map(rows.map(({ id, vector }) => [id, floatsOf(vector)]))
    },

    async keep({ organizationId, projectId }, vectors) {
      const bytes = Array.from(vectors.values(), ({ buffer, byteOffset, byteLength }) =>
        Buffer.from(buffer, byteOffset, byteLength),
      )
      await pool.query(KEEP, [organizationId, projectId, [...vectors.keys()], bytes])
    },

    purge: (days, limit) =>
      withEveryTenant(
        pool,
        async (client) => (await client.query(PURGE, [days, limit])).rowCount ?? 0,
      ),
  }
}

/** A copy: the bytes of a row need not stand where floats may. All our platforms are little-endian. */
function floatsOf(bytes: Buffer): Float32Array {
  return new Float32Array(Uint8Array.from(bytes).buffer)
}
