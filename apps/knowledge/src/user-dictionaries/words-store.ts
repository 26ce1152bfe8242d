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
  /** In this version if it was kept, else as they are now. */
  load(tenant: Tenant, version: string): Promise<StoredDictionary>
}

/** All words of the project of a row of `user_dictionary`. In the statement that reads its version they are those of that version. */
const WORDS = `
  (SELECT jsonb_agg(jsonb_build_object('surface', surface, 'parts', parts, 'tag', tag))
     FROM dictionary_entry AS entry
    WHERE entry.organization_id = dictionary.organization_id
      AND entry.project_id = dictionary.project_id)`

/** The words of each row that a query calls `dictionary`, unless they are kept already. */
export const KEEP_WORDS = `
  INSERT INTO kept_dictionary (organization_id, project_id, version, words)
  SELECT organization_id, project_id, version, ${WORDS} FROM dictionary
   WHERE NOT EXISTS (SELECT FROM kept_dictionary AS kept
          WHERE kept.organization_id = dictionary.organization_id
            AND kept.project_id = dictionary.project_id AND kept.version = dictionary.version)
  ON CONFLICT DO NOTHING`

const LOAD = `
  SELECT coalesce(kept.version, dictionary.version) AS version, coalesce(kept.words, ${WORDS}) AS words
    FROM user_dictionary AS dictionary
    LEFT JOIN kept_dictionary AS kept ON kept.organization_id = dictionary.organization_id
          AND kept.project_id = dictionary.project_id AND kept.version = $3
   WHERE dictionary.organization_id = $1 AND dictionary.project_id = $2`

export function createStoredDictionaries(pool: pg.Pool): StoredDictionaries {
  return {
    async load({ organizationId, projectId }, version) {
      const values = [organizationId, projectId, version]
      const { rows } = await pool.query<StoredDictionary>(LOAD, values)
      return rows[0] ?? { version: null, words: null }
    },
  }
}
