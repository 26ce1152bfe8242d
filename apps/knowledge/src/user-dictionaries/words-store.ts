import type { Tenant } from '@dure/contracts'
import type { UserWord } from '@dure/retrieval'
import type pg from 'pg'

/** All words of a project, of one moment. */
export interface StoredDictionary {
  /** Null: there are none. */
  readonly version: string | null
  readonly words: readonly UserWord[] | null
}

export interface StoredDictionaries {
  version(tenant: Tenant): Promise<string | null>
  load(tenant: Tenant): Promise<StoredDictionary>
}

// One statement, so that the words are those of the version.
const LOAD = `
  SELECT version, (
    SELECT json_agg(json_build_object('surface', surface, 'parts', parts, 'tag', tag))
      FROM dictionary_entry WHERE organization_id = $1 AND project_id = $2) AS words
    FROM user_dictionary WHERE organization_id = $1 AND project_id = $2`

const VERSION = `
  SELECT version FROM user_dictionary WHERE organization_id = $1 AND project_id = $2`

export function createStoredDictionaries(pool: pg.Pool): StoredDictionaries {
  return {
    async version({ organizationId, projectId }) {
      const values = [organizationId, projectId]
      return (
        (await pool.query<{ version: string | null }>(VERSION, values)).rows[0]?.version ?? null
      )
    },

    async load({ organizationId, projectId }) {
      const { rows } = await pool.query<StoredDictionary>(LOAD, [organizationId, projectId])
      return rows[0] ?? { version: null, words: null }
    },
  }
}
