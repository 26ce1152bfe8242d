import type { ReadMemory, RememberedEntries, TaskRef, WriteMemory } from '@dure/contracts'
import { NotFoundError } from '@dure/kernel'
import { asTenant } from '@dure/platform'
import type { TrivialExecutor } from '../tasks/task.ts'
import type { MemoryEntry } from './memory.ts'
import type { MemoryService } from './service.ts'

/** Reads for a node of a workflow. */
export function createMemoryReader(memory: MemoryService): TrivialExecutor<ReadMemory> {
  async function entries(
    { scope, owner, key, query, topK }: ReadMemory,
    { tenant }: TaskRef,
  ): Promise<readonly MemoryEntry[]> {
    if (key !== undefined) {
      const entry = await memory.find({ tenant, scope, owner, key })
      return entry ? [entry] : []
    }
    if (query === undefined) return memory.page(tenant, { scope, owner, limit: topK })
    const found = await memory.search(tenant, { owners: [{ scope, owner }], query, topK })
    return found.map(({ entry }) => entry)
  }

  return {
    isTrivial: true,
    execute: (input, task): Promise<RememberedEntries> =>
      asTenant(task.tenant, async () => ({
        entries: (await entries(input, task)).map(({ key, value, updatedAt }) => ({
          ...{ key, value, updatedAt: updatedAt.toISOString() },
        })),
      })),
  }
}

/** Writes for a node of a workflow. To write the same once more does no harm: that is what makes it trivial. */
export function createMemoryWriter(memory: MemoryService): TrivialExecutor<WriteMemory> {
  return {
    isTrivial: true,
    execute: ({ scope, owner, key, value, expiresInS }, { tenant, runId }) =>
      asTenant(tenant, async () => {
        const place = { tenant, scope, owner, key }
        const by = { source: 'workflow', writtenBy: runId } as const
        if (value === null) await memory.remove(place).catch(ignoreMissing)
        else await memory.put(place, { value, expiresInS, ...by })
        return { key }
      }),
  }
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof NotFoundError)) throw error
}
