import type pg from 'pg'
import type { Gate, GateKey } from './gate.ts'

/** Which revisions a change may replace; undefined: any. */
export type Expected = readonly number[] | undefined
export type GateDraft = Omit<Gate, 'agentId' | 'revision' | 'updatedAt'>

export interface GateStore {
  find(key: GateKey): Promise<Gate | undefined>
  /** @returns undefined when it has another revision than is expected */
  set(key: GateKey, draft: GateDraft, expected: Expected): Promise<Gate | undefined>
  /** @returns false when it is not there, or has another revision */
  remove(key: GateKey, expected: Expected): Promise<boolean>
}

const COLUMNS = `agent_id AS "agentId", dataset_id AS "datasetId", evaluator_ids AS "evaluatorIds",
  min_score AS "minScore", no_worse_than_published AS "noWorseThanPublished", revision,
  updated_by AS "updatedBy", updated_at AS "updatedAt"`
const OWNED = 'organization_id = $1 AND project_id = $2 AND agent_id = $3'

// What names a revision changes what is there, and does not make it anew.
const SET = `
  INSERT INTO agent_gate AS gate (organization_id, project_id, agent_id, dataset_id, evaluator_ids,
    min_score, no_worse_than_published, updated_by)
  SELECT $1, $2, $3, $5, $6, $7, $8, $9
  WHERE $4::int[] IS NULL OR EXISTS (SELECT FROM agent_gate WHERE ${OWNED})
  ON CONFLICT (agent_id) DO UPDATE SET dataset_id = excluded.dataset_id,
    evaluator_ids = excluded.evaluator_ids, min_score = excluded.min_score,
    no_worse_than_published = excluded.no_worse_than_published, updated_by = excluded.updated_by,
    revision = gate.revision + 1, updated_at = now()
  WHERE gate.organization_id = $1 AND gate.project_id = $2
    AND ($4::int[] IS NULL OR gate.revision = ANY ($4))
  RETURNING ${COLUMNS}`

export function createGateStore(pool: pg.Pool): GateStore {
  const keyOf = ({ tenant: { organizationId, projectId }, agentId }: GateKey) => [
    ...[organizationId, projectId, agentId],
  ]
  return {
    async find(key) {
      const text = `SELECT ${COLUMNS} FROM agent_gate WHERE ${OWNED}`
      return (await pool.query<Gate>(text, keyOf(key))).rows[0]
    },

    async set(key, draft, expected) {
      const { datasetId, evaluatorIds, minScore, noWorseThanPublished, updatedBy } = draft
      const setting = [datasetId, evaluatorIds, minScore, noWorseThanPublished, updatedBy]
      const values = [...keyOf(key), expected ?? null, ...setting]
      return (await pool.query<Gate>(SET, values)).rows[0]
    },

    async remove(key, expected) {
      const text = `DELETE FROM agent_gate
        WHERE ${OWNED} AND ($4::int[] IS NULL OR revision = ANY ($4))`
      return (await pool.query(text, [...keyOf(key), expected ?? null])).rowCount === 1
    },
  }
}
