import type { MemoryScope, Tenant } from '@dure/contracts'
import { ForbiddenError, InvalidInputError } from '@dure/kernel'
import type pg from 'pg'
import { isOwnerName, type MemoryOwner, PROJECT_OWNER } from './memory.ts'

/** Whose memory an execution has to do with: it never says so itself. */
export interface MemoryOwners {
  /**
   * @throws InvalidInputError `memory.outside-execution` for what is called by no execution
   * @throws ForbiddenError `memory.no-owner` where the execution has no thread, or nobody it is for
   */
  of(
    tenant: Tenant,
    executionId: string,
    scopes: readonly MemoryScope[],
  ): Promise<readonly MemoryOwner[]>
}

/** In a thread that says for whom it is, it is that person; else whoever has started the execution. */
const FIND = `
  SELECT e.agent_id AS agent, e.thread_id AS thread, t.metadata ->> 'userId' AS named,
    e.caller -> 'principals' ->> 0 AS principal
  FROM agent_execution e LEFT JOIN agent_thread t
    ON t.id = e.thread_id AND t.organization_id = $1 AND t.project_id = $2
  WHERE e.organization_id = $1 AND e.project_id = $2 AND e.id = $3`

interface Row {
  readonly agent: string
  readonly thread: string | null
  readonly named: string | null
  readonly principal: string | null
}

export function createMemoryOwners(pool: pg.Pool): MemoryOwners {
  return {
    async of({ organizationId, projectId }, executionId, scopes) {
      const { rows } = await pool.query<Row>(FIND, [organizationId, projectId, executionId])
      const [found] = rows
      if (!found) {
        const hint = 'Only an execution of an agent has a memory of its own: use /v2/memory'
        throw new InvalidInputError('memory.outside-execution', hint)
      }
      return scopes.map((scope) => ({ scope, owner: ownerIn(found, scope) }))
    },
  }
}

function ownerIn({ agent, thread, named, principal }: Row, scope: MemoryScope): string {
  const owners: Readonly<Record<MemoryScope, string | null>> = {
    ...{ agent, thread, project: PROJECT_OWNER },
    user: named ?? principal?.replace(/^user:/, '') ?? null,
  }
  const owner = owners[scope]
  if (isOwnerName(owner)) return owner
  const what = scope === 'thread' ? 'is in no thread' : 'is for nobody who has a name'
  throw new ForbiddenError('memory.no-owner', `This execution ${what}: it has no ${scope} memory`)
}
