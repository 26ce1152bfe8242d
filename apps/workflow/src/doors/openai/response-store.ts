import type { RunId, Tenant } from '@dure/contracts'
import type pg from 'pg'
import type { AskedAs } from './response.ts'

/** Where the label of a run that answers as a response says how it was asked for. */
const LABEL = 'openai_response'

export function labelsOf(asked: AskedAs): Record<string, string> {
  return { [LABEL]: JSON.stringify(asked) }
}

export interface ResponseStore {
  /** @returns undefined for a run that is not there, or was not asked for as a response */
  find(tenant: Tenant, runId: RunId): Promise<AskedAs | undefined>
}

const FIND = `
  SELECT labels->>'${LABEL}' AS asked FROM run
  WHERE id = $1 AND organization_id = $2 AND project_id = $3`

export function createResponseStore(pool: pg.Pool): ResponseStore {
  return {
    async find({ organizationId, projectId }, runId) {
      const values = [runId, organizationId, projectId]
      const { rows } = await pool.query<{ asked: string | null }>(FIND, values)
      const asked = rows[0]?.asked
      // Written by `labelsOf` alone: nothing else gives a run this label.
      return asked == null ? undefined : (JSON.parse(asked) as AskedAs)
    },
  }
}
