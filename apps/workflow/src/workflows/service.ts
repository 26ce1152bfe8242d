import { randomUUIDv7 } from 'node:crypto'
import type { Identity, Tenant, WorkflowId, WorkflowVersionId } from '@dure/contracts'
import {
  completeGraph,
  diffGraphs,
  type Graph,
  type GraphDiff,
  type GraphValidation,
  type NodeType,
  validateGraph,
} from '@dure/engine'
import { ConflictError, InvalidInputError, NotFoundError, prefixedId } from '@dure/kernel'
import { sha256 } from '../sha256.ts'
import type { PublicationStore, StoredPublication } from './publication-store.ts'
import type {
  Draft,
  Expected,
  Keyset,
  StoredVersion,
  StoredWorkflow,
  WorkflowStore,
} from './store.ts'

/** What a change is based on: the revisions that it may replace; undefined: any. */
interface Change {
  readonly draft: Partial<Draft>
  readonly expected?: Expected
}

/**
 * Workflows as a project edits them, and the versions that runs are pinned to. Everything that names a
 * workflow throws NotFoundError `workflow.not-found`.
 */
export interface WorkflowService {
  /** @throws InvalidInputError `workflow.invalid`, with every problem and a pointer to each */
  create(tenant: Tenant, draft: Draft): Promise<StoredWorkflow>
  /** @throws InvalidInputError `workflow.invalid` @throws ConflictError `workflow.changed` */
  update(tenant: Tenant, id: WorkflowId, change: Change): Promise<StoredWorkflow>
  /** It takes no new runs; runs and versions of it can still be read. @throws ConflictError */
  remove(tenant: Tenant, id: WorkflowId, expected: Expected): Promise<void>
  /** A new workflow with the same draft. */
  duplicate(tenant: Tenant, id: WorkflowId, name: string | undefined): Promise<StoredWorkflow>
  get(tenant: Tenant, id: WorkflowId): Promise<StoredWorkflow>
  page(tenant: Tenant, page: Keyset): Promise<StoredWorkflow[]>
  /** @param id of the workflow that the graph is or will be of, where there is one */
  validate(graph: Graph, id?: WorkflowId): GraphValidation
  /** Freezes the draft; an unchanged draft gives the version that it gave before. */
  addVersion(identity: Identity, id: WorkflowId): Promise<StoredVersion>
  /** @throws NotFoundError `workflow.version-not-found` */
  version(tenant: Tenant, id: WorkflowId, number: number): Promise<StoredVersion>
  versions(
    tenant: Tenant,
    id: WorkflowId,
    page: { readonly limit: number; readonly before: number | undefined },
  ): Promise<StoredVersion[]>
  /** @throws NotFoundError `workflow.version-not-found` */
  diff(tenant: Tenant, id: WorkflowId, numbers: { a: number; b: number }): Promise<GraphDiff>
  /** New runs take this version from now on; runs under way end on their own. */
  publish(identity: Identity, id: WorkflowId, number: number): Promise<StoredWorkflow>
  /** Publishes what was published before. @throws ConflictError `workflow.nothing-to-roll-back` */
  rollBack(identity: Identity, id: WorkflowId): Promise<StoredWorkflow>
  publications(
    tenant: Tenant,
    id: WorkflowId,
    page: { readonly limit: number; readonly before: bigint | undefined },
  ): Promise<StoredPublication[]>
}

interface Parts {
  readonly store: WorkflowStore
  readonly publications: PublicationStore
  readonly nodeTypes: ReadonlyMap<string, NodeType>
  /** Told after what new runs of a workflow take has changed. */
  readonly changed: (id: WorkflowId) => void
}

export function createWorkflowService(parts: Parts): WorkflowService {
  return { ...editing(parts), ...releasing(parts) }
}

type Editing = 'create' | 'update' | 'remove' | 'duplicate' | 'get' | 'page' | 'validate'

function editing({ store, nodeTypes, changed }: Parts): Pick<WorkflowService, Editing> {
  const validate: WorkflowService['validate'] = (graph, id) =>
    validateGraph(graph, nodeTypes, { base: '#/graph', ...(id && { workflowId: id }) })

  /** @throws InvalidInputError `workflow.invalid` */
  function checked<Some extends Partial<Draft>>(some: Some, id?: WorkflowId): Some {
    if (!some.draft) return some
    const { problems } = validate(some.draft, id)
    if (problems.length === 0) return { ...some, draft: completeGraph(some.draft) }
    const detail = `The graph has ${problems.length} problem(s): see errors`
    throw new InvalidInputError('workflow.invalid', detail, problems)
  }

  const get = async (tenant: Tenant, id: WorkflowId) => (await store.find(tenant, id)) ?? notFound()
  const create = async (tenant: Tenant, draft: Draft) =>
    store.create(tenant, prefixedId('wf', randomUUIDv7()) as WorkflowId, checked(draft))

  /** Why a guarded change found nothing to change. */
  async function refuse(tenant: Tenant, id: WorkflowId): Promise<never> {
    await get(tenant, id)
    throw new ConflictError(
      'workflow.changed',
      'Somebody else has changed it meanwhile: get it again, and repeat the change if it still makes sense',
    )
  }

  return {
    create,
    get,
    validate,
    page: (tenant, page) => store.page(tenant, page),

    update: async (tenant, id, { draft, expected }) =>
      (await store.update(tenant, id, { draft: checked(draft, id), expected })) ??
      refuse(tenant, id),

    async remove(tenant, id, expected) {
      if (!(await store.remove(tenant, id, expected))) await refuse(tenant, id)
      changed(id)
    },

    async duplicate(tenant, id, name) {
      const { name: original, description, draft } = await get(tenant, id)
      const copy = name ?? `${original.slice(0, MAX_NAME - COPY.length)}${COPY}`
      return create(tenant, { name: copy, description, draft })
    },
  }
}

function releasing(parts: Parts): Omit<WorkflowService, Editing> {
  const { store, publications, changed } = parts

  async function version(tenant: Tenant, id: WorkflowId, number: number): Promise<StoredVersion> {
    const found = await store.findVersion(tenant, id, number)
    if (found) return found
    await refuseUnknown(tenant, id)
    throw new NotFoundError('workflow.version-not-found', `There is no version ${number}`)
  }

  async function refuseUnknown(tenant: Tenant, id: WorkflowId): Promise<void> {
    if (!(await store.existed(tenant, id))) notFound()
  }

  return {
    version,

    async addVersion({ tenant, principalId }, id) {
      const { draft } = (await store.find(tenant, id)) ?? notFound()
      return store.addVersion(tenant, id, {
        id: prefixedId('wfv', randomUUIDv7()) as WorkflowVersionId,
        graph: draft,
        hash: sha256(canonical(draft)),
        createdBy: principalId,
      })
    },

    async versions(tenant, id, page) {
      await refuseUnknown(tenant, id)
      return store.versions(tenant, id, page)
    },

    async diff(tenant, id, { a, b }) {
      const [before, after] = await Promise.all([version(tenant, id, a), version(tenant, id, b)])
      return diffGraphs(before.graph, after.graph)
    },

    async publish({ tenant, principalId }, id, number) {
      await version(tenant, id, number)
      const published = await publications.publish(tenant, id, { number, principal: principalId })
      changed(id)
      return published ?? notFound()
    },

    async rollBack({ tenant, principalId }, id) {
      const published = await publications.rollBack(tenant, id, principalId)
      if (published === 'nothing') throw nothingToRollBack()
      changed(id)
      return published ?? notFound()
    },

    async publications(tenant, id, page) {
      await refuseUnknown(tenant, id)
      return publications.page(tenant, id, page)
    },
  }
}

function nothingToRollBack(): ConflictError {
  return new ConflictError(
    'workflow.nothing-to-roll-back',
    'Nothing was published before: publish the version that you want',
  )
}

export const MAX_NAME = 200
const COPY = ' (copy)'

function notFound(): never {
  throw new NotFoundError('workflow.not-found', 'There is no such workflow')
}

/** The same graph gives the same text, in whatever order its keys were sent. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, child: unknown) =>
    typeof child === 'object' && child !== null && !Array.isArray(child)
      ? Object.fromEntries(Object.entries(child).sort(([a], [b]) => (a < b ? -1 : 1)))
      : child,
  )
}
