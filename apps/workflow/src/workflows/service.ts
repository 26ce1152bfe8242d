import { createHash, randomUUIDv7 } from 'node:crypto'
import type { Identity, Tenant, WorkflowId, WorkflowVersionId } from '@dure/contracts'
import { type FieldProblem, InvalidInputError, NotFoundError, prefixedId } from '@dure/kernel'
import type { NodeType } from '../nodes/define.ts'
import type { Graph } from './graph.ts'
import type { Draft, Keyset, StoredVersion, StoredWorkflow, WorkflowStore } from './store.ts'
import { validateGraph } from './validate.ts'

/** Workflows as a project edits them, and the versions that runs are pinned to. */
export interface WorkflowService {
  /** @throws InvalidInputError `workflow.invalid`, with every problem and a pointer to each */
  create(tenant: Tenant, draft: Draft): Promise<StoredWorkflow>
  /** @throws InvalidInputError `workflow.invalid` @throws NotFoundError `workflow.not-found` */
  update(tenant: Tenant, id: WorkflowId, draft: Draft): Promise<StoredWorkflow>
  /** @throws NotFoundError `workflow.not-found` */
  get(tenant: Tenant, id: WorkflowId): Promise<StoredWorkflow>
  page(tenant: Tenant, page: Keyset): Promise<StoredWorkflow[]>
  problems(graph: Graph): FieldProblem[]
  /** Freezes the draft; an unchanged draft gives the version that it gave before. */
  addVersion(identity: Identity, id: WorkflowId): Promise<StoredVersion>
  version(tenant: Tenant, id: WorkflowId, number: number): Promise<StoredVersion>
  versions(
    tenant: Tenant,
    id: WorkflowId,
    page: { readonly limit: number; readonly before: number | undefined },
  ): Promise<StoredVersion[]>
  /** New runs take this version from now on; runs under way end on their own. */
  publish(tenant: Tenant, id: WorkflowId, number: number): Promise<StoredWorkflow>
}

export function createWorkflowService(
  store: WorkflowStore,
  nodeTypes: ReadonlyMap<string, NodeType>,
): WorkflowService {
  const problems = (graph: Graph) => validateGraph(graph, nodeTypes, '#/graph')

  function refuseProblems({ draft }: Draft): void {
    const found = problems(draft)
    if (found.length === 0) return
    const detail = `The graph has ${found.length} problem(s): see errors`
    throw new InvalidInputError('workflow.invalid', detail, found)
  }

  async function get(tenant: Tenant, id: WorkflowId): Promise<StoredWorkflow> {
    return (await store.find(tenant, id)) ?? notFound()
  }

  async function version(tenant: Tenant, id: WorkflowId, number: number): Promise<StoredVersion> {
    await get(tenant, id)
    const found = await store.findVersion(tenant, id, number)
    if (found) return found
    throw new NotFoundError('workflow.version-not-found', `There is no version ${number}`)
  }

  return {
    problems,
    get,
    version,
    page: (tenant, page) => store.page(tenant, page),

    async create(tenant, draft) {
      refuseProblems(draft)
      return store.create(tenant, prefixedId('wf', randomUUIDv7()) as WorkflowId, draft)
    },

    async update(tenant, id, draft) {
      refuseProblems(draft)
      return (await store.update(tenant, id, draft)) ?? notFound()
    },

    async addVersion({ tenant, principalId }, id) {
      const { draft } = await get(tenant, id)
      return store.addVersion(tenant, id, {
        id: prefixedId('wfv', randomUUIDv7()) as WorkflowVersionId,
        graph: draft,
        hash: createHash('sha256').update(canonical(draft)).digest('hex'),
        createdBy: principalId,
      })
    },

    async versions(tenant, id, page) {
      await get(tenant, id)
      return store.versions(tenant, id, page)
    },

    async publish(tenant, id, number) {
      await version(tenant, id, number)
      return store.publish(tenant, id, number)
    },
  }
}

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
