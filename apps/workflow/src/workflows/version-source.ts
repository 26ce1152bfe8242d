import type { Tenant, WorkflowId, WorkflowVersionId } from '@dure/contracts'
import { type NodeType, type PublishedVersion, planOf } from '@dure/engine'
import { ConflictError, NotFoundError } from '@dure/kernel'
import { LRUCache } from 'lru-cache'
import { pickTarget } from './aliases/alias.ts'
import type { Found, Lookup, LookupStore, VersionRow } from './lookup-store.ts'

/** How old an answer may be, in milliseconds. */
const MAX_AGE_MS = 1000
/** Of one workflow, how many answers are kept. */
const MAX_ANSWERS = 50

/** Which version a new run shall take; with neither, the published one. */
interface WantedVersion {
  readonly version?: number | undefined
  readonly alias?: string | undefined
}

export interface VersionSource {
  /**
   * The version that a new run takes: one query at the most, and mostly none.
   *
   * An answer is kept for up to a second. A process that publishes, moves an alias or deletes a
   * workflow forgets its own answers at once, and other processes may still start the version of before
   * for that second. What a run is pinned to never changes.
   *
   * @param pick in [0, 1): which of the versions of an alias, by their weights
   * @throws NotFoundError `workflow.not-found`, `workflow.version-not-found`, `alias.not-found`
   * @throws ConflictError `workflow.not-published`
   */
  resolve(
    tenant: Tenant,
    workflowId: WorkflowId,
    wanted: WantedVersion,
    pick: number,
  ): Promise<PublishedVersion>
  /** For a run that is pinned to it. */
  byId(id: WorkflowVersionId): Promise<PublishedVersion>
  /** To be called when what new runs of it take has changed. */
  forget(workflowId: WorkflowId): void
}

interface Parts {
  readonly store: LookupStore
  readonly nodeTypes: ReadonlyMap<string, NodeType>
  /** Monotonic milliseconds. */
  readonly nowMs?: () => number
}

interface Answer {
  /** When it was asked for. */
  readonly askedAtMs: number
  readonly targets: readonly { readonly weight: number; readonly id: WorkflowVersionId }[]
}

export function createVersionSource({
  store,
  nodeTypes,
  nowMs = () => performance.now(),
}: Parts): VersionSource {
  const versions = createVersionCache(nodeTypes)
  const answers = new LRUCache<WorkflowId, Map<string, Answer>>({ max: 5000 })
  const asking = new Map<string, Promise<readonly Target[]>>()

  /** From memory, or undefined when any of it is missing or too old. */
  function remembered(answer: Answer | undefined): readonly Target[] | undefined {
    if (!answer || nowMs() - answer.askedAtMs > MAX_AGE_MS) return undefined
    const targets = answer.targets.flatMap(({ weight, id }) => {
      const version = versions.get(id)
      return version ? [{ weight, version }] : []
    })
    return targets.length === answer.targets.length ? targets : undefined
  }

  async function ask(wanted: Omit<Lookup, 'known'>, key: string): Promise<readonly Target[]> {
    const { workflowId } = wanted
    const kept = answers.get(workflowId) ?? new Map<string, Answer>()
    answers.set(workflowId, kept)
    const askedAtMs = nowMs()
    const known = (kept.get(key)?.targets ?? []).flatMap(({ id }) => versions.get(id) ?? [])
    const found = await store.find({ ...wanted, known: known.map(({ id }) => id) })
    const targets = checked(found, wanted).map(({ weight, version }) => ({
      weight,
      version: known.find(({ id }) => id === version.id) ?? versions.keep(version),
    }))
    // Forgotten while it was asked for: then it may be from before the change.
    if (answers.peek(workflowId) !== kept) return targets
    if (kept.size >= MAX_ANSWERS) kept.clear()
    const brief = targets.map(({ weight, version }) => ({ weight, id: version.id }))
    kept.set(key, { askedAtMs, targets: brief })
    return targets
  }

  /** Of a burst, one asks, and all get the answer. */
  function askOnce(wanted: Omit<Lookup, 'known'>, key: string): Promise<readonly Target[]> {
    const shared = `${wanted.workflowId} ${key}`
    const underWay = asking.get(shared)
    if (underWay) return underWay
    const answer = ask(wanted, key).finally(() => {
      if (asking.get(shared) === answer) asking.delete(shared)
    })
    asking.set(shared, answer)
    return answer
  }

  return {
    async resolve(tenant, workflowId, { version, alias }, pick) {
      const { organizationId, projectId } = tenant
      const key = `${organizationId} ${projectId} ${version ?? ''} ${alias ?? ''}`
      const targets =
        remembered(answers.get(workflowId)?.get(key)) ??
        (await askOnce({ tenant, workflowId, version, alias }, key))
      return pickTarget(targets, pick).version
    },

    async byId(id) {
      const known = versions.get(id)
      if (known) return known
      const stored = await store.byId(id)
      if (!stored) throw new TypeError(`Version ${id} of a run is not there`)
      return versions.keep(stored)
    },

    forget(workflowId) {
      answers.delete(workflowId)
      for (const key of asking.keys()) if (key.startsWith(workflowId)) asking.delete(key)
    },
  }
}

interface Target {
  readonly weight: number
  readonly version: PublishedVersion
}

/** Versions never change, so each is kept until others need its place: 64 million characters in all. */
function createVersionCache(nodeTypes: ReadonlyMap<string, NodeType>) {
  const cache = new LRUCache<string, PublishedVersion>({ maxSize: 64_000_000 })
  return {
    get: (id: WorkflowVersionId) => cache.get(id),

    keep({ id, workflowId, number, graph }: VersionRow): PublishedVersion {
      const known = cache.get(id)
      if (known) return known
      if (!graph) throw new TypeError(`Version ${id} came without its graph`)
      const version = { id, workflowId, number, graph, plan: planOf(graph, nodeTypes) }
      cache.set(id, version, { size: JSON.stringify(graph).length })
      return version
    },
  }
}

function checked(found: Found | undefined, { version, alias }: WantedVersion): Found['targets'] {
  if (!found) throw new NotFoundError('workflow.not-found', 'There is no such workflow')
  if (found.targets.length > 0) return found.targets
  if (version !== undefined) {
    throw new NotFoundError('workflow.version-not-found', `There is no version ${version}`)
  }
  if (alias !== undefined) {
    throw new NotFoundError('alias.not-found', `The workflow has no alias ${alias}`)
  }
  throw new ConflictError(
    'workflow.not-published',
    'Nothing is published yet: create a version and publish it, or name one',
  )
}
