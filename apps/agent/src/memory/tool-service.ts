import type { MemoryScope, Tenant } from '@dure/contracts'
import { ForbiddenError } from '@dure/kernel'
import { asTenant } from '@dure/platform'
import type { MemoryEntry, MemoryKey } from './memory.ts'
import type { MemoryOwners } from './owners-store.ts'
import type { MemoryService } from './service.ts'

/** The memory of one execution, as its model uses it. What it names it by never leads out of what its agent may have. */
export interface ToolMemory {
  read(of: OneOfIt): Promise<MemoryEntry | undefined>
  /** The first ones, by key. */
  list(of: PartOfIt, limit: number): Promise<readonly MemoryEntry[]>
  search(of: PartOfIt, query: string, topK: number): Promise<readonly MemoryEntry[]>
  /** @returns whether there was nothing by this key */
  write(of: OneOfIt, wanted: WantedEntry): Promise<boolean>
  forget(of: OneOfIt): Promise<void>
}

interface PartOfIt {
  readonly tenant: Tenant
  /** `exe_…/3/0`. */
  readonly callKey: string
  /** What the grant allows. */
  readonly scopes: readonly MemoryScope[]
  /** What the model asks for; absent: all of them, or the first. */
  readonly scope?: MemoryScope | undefined
}

interface OneOfIt extends PartOfIt {
  readonly key: string
}

interface WantedEntry {
  readonly value: unknown
  readonly expiresInS?: number | undefined
}

/** Every method throws ForbiddenError `memory.scope-not-granted`, and what `MemoryOwners` and `MemoryService` throw. */
export function createToolMemory({
  memory,
  owners,
}: {
  readonly memory: MemoryService
  readonly owners: MemoryOwners
}): ToolMemory {
  const ownersOf = ({ tenant, callKey, ...of }: PartOfIt, most = of.scopes.length) =>
    owners.of(tenant, executionOf(callKey), wantedScopes(of).slice(0, most))

  async function keyOf(of: OneOfIt): Promise<MemoryKey> {
    const [owner] = await ownersOf(of, 1)
    if (!owner) throw notGranted(of.scopes)
    return { ...owner, tenant: of.tenant, key: of.key }
  }

  return {
    read: (of) => asTenant(of.tenant, async () => memory.find(await keyOf(of))),

    list: (of, limit) =>
      asTenant(of.tenant, async () => {
        const pages = []
        for (const owner of await ownersOf(of)) {
          pages.push(await memory.page(of.tenant, { ...owner, limit }))
        }
        return pages.flat().slice(0, limit)
      }),

    search: (of, query, topK) =>
      asTenant(of.tenant, async () => {
        const wanted = { owners: await ownersOf(of), query, topK }
        return (await memory.search(of.tenant, wanted)).map(({ entry }) => entry)
      }),

    write: (of, wanted) =>
      asTenant(of.tenant, async () => {
        const by = { source: 'agent', writtenBy: executionOf(of.callKey) } as const
        return (await memory.put(await keyOf(of), { ...wanted, ...by })).isNew
      }),

    forget: (of) => asTenant(of.tenant, async () => memory.remove(await keyOf(of))),
  }
}

function wantedScopes({
  scopes,
  scope,
}: Pick<PartOfIt, 'scopes' | 'scope'>): readonly MemoryScope[] {
  if (scope === undefined) return scopes
  if (!scopes.includes(scope)) throw notGranted(scopes)
  return [scope]
}

function notGranted(scopes: readonly MemoryScope[]): ForbiddenError {
  const hint = `This agent remembers for ${scopes.join(', ')} alone`
  return new ForbiddenError('memory.scope-not-granted', hint)
}

function executionOf(callKey: string): string {
  return callKey.split('/', 1)[0] ?? ''
}
