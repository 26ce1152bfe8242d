import type { Tenant, WorkflowId, WorkflowVersionId } from '@dure/contracts'
import type { Graph } from '@dure/engine'
import { afterKey, NEWEST_FIRST, type PageKey } from '@dure/platform'
import type { Prisma, PrismaClient } from '../generated/prisma/client.ts'

export interface StoredWorkflow {
  readonly id: WorkflowId
  readonly name: string
  readonly description: string
  readonly draft: Graph
  readonly latestVersion: number
  readonly publishedVersion: number | null
  /** Rises with each change of name, description and draft. */
  readonly revision: number
  readonly createdAt: Date
  readonly updatedAt: Date
}

export interface StoredVersion {
  readonly id: WorkflowVersionId
  readonly workflowId: WorkflowId
  readonly number: number
  readonly graph: Graph
  readonly hash: string
  readonly createdBy: string
  readonly createdAt: Date
}

export type NewVersion = Pick<StoredVersion, 'id' | 'graph' | 'hash' | 'createdBy'>
export type Draft = Pick<StoredWorkflow, 'name' | 'description' | 'draft'>
export interface Keyset {
  readonly limit: number
  readonly after: PageKey | undefined
}

/** Which revisions a change may replace; undefined: any. */
export type Expected = readonly number[] | undefined

/** Workflows that were deleted are not there, unless it says so. */
export interface WorkflowStore {
  create(tenant: Tenant, id: WorkflowId, draft: Draft): Promise<StoredWorkflow>
  /** @returns undefined when it is not there, or has another revision */
  update(
    tenant: Tenant,
    id: WorkflowId,
    change: { readonly draft: Partial<Draft>; readonly expected: Expected },
  ): Promise<StoredWorkflow | undefined>
  /** @returns false when it is not there, or has another revision */
  remove(tenant: Tenant, id: WorkflowId, expected: Expected): Promise<boolean>
  find(tenant: Tenant, id: WorkflowId): Promise<StoredWorkflow | undefined>
  /** Also when it was deleted. */
  existed(tenant: Tenant, id: WorkflowId): Promise<boolean>
  page(tenant: Tenant, page: Keyset): Promise<StoredWorkflow[]>
  /** The newest version when it has this hash; else a new one with the next number. */
  addVersion(tenant: Tenant, id: WorkflowId, version: NewVersion): Promise<StoredVersion>
  findVersion(tenant: Tenant, id: WorkflowId, number: number): Promise<StoredVersion | undefined>
  /** Newest first, those with a lower number than `before`. */
  versions(
    tenant: Tenant,
    id: WorkflowId,
    page: { readonly limit: number; readonly before: number | undefined },
  ): Promise<StoredVersion[]>
}

export function createWorkflowStore(db: PrismaClient): WorkflowStore {
  const json = (graph: Graph) => graph as unknown as Prisma.InputJsonObject
  const data = ({ name, description, draft }: Draft) => ({ name, description, draft: json(draft) })

  return {
    create: async (tenant, id, draft) =>
      toWorkflow(await db.workflow.create({ data: { id, ...owner(tenant), ...data(draft) } })),

    async update(tenant, id, { draft: { draft, ...rest }, expected }) {
      const [row] = await db.workflow.updateManyAndReturn({
        where: { id, ...there(tenant), ...atRevision(expected) },
        data: { ...rest, ...(draft && { draft: json(draft) }), revision: { increment: 1 } },
      })
      return row && toWorkflow(row)
    },

    async remove(tenant, id, expected) {
      const { count } = await db.workflow.updateMany({
        where: { id, ...there(tenant), ...atRevision(expected) },
        data: { deletedAt: new Date() },
      })
      return count > 0
    },

    async find(tenant, id) {
      const row = await db.workflow.findFirst({ where: { id, ...there(tenant) } })
      return row ? toWorkflow(row) : undefined
    },

    existed: async (tenant, id) =>
      (await db.workflow.count({ where: { id, ...owner(tenant) } })) > 0,

    async page(tenant, { limit, after }) {
      const rows = await db.workflow.findMany({
        where: { ...there(tenant), ...afterKey(after) },
        orderBy: NEWEST_FIRST,
        take: limit,
      })
      return rows.map(toWorkflow)
    },

    addVersion: (tenant, id, version) =>
      db.$transaction(async (tx) => {
        // Locks the workflow: numbers are given one after the other.
        await tx.$queryRaw`SELECT id FROM workflow WHERE id = ${id} FOR UPDATE`
        const newest = await tx.workflowVersion.findFirst({
          where: { workflowId: id, ...owner(tenant) },
          orderBy: { number: 'desc' },
        })
        if (newest?.hash === version.hash) return toVersion(newest)
        const number = (newest?.number ?? 0) + 1
        await tx.workflow.update({ where: { id }, data: { latestVersion: number } })
        const graph = json(version.graph)
        return toVersion(
          await tx.workflowVersion.create({
            data: { ...version, graph, number, workflowId: id, ...owner(tenant) },
          }),
        )
      }),

    async findVersion(tenant, workflowId, number) {
      const row = await db.workflowVersion.findFirst({
        where: { workflowId, number, ...owner(tenant) },
      })
      return row ? toVersion(row) : undefined
    },

    async versions(tenant, workflowId, { limit, before }) {
      const rows = await db.workflowVersion.findMany({
        where: {
          workflowId,
          ...owner(tenant),
          ...(before !== undefined && { number: { lt: before } }),
        },
        orderBy: { number: 'desc' },
        take: limit,
      })
      return rows.map(toVersion)
    },
  }
}

function owner({ organizationId, projectId }: Tenant) {
  return { organizationId, projectId }
}

function there(tenant: Tenant) {
  return { ...owner(tenant), deletedAt: null }
}

function atRevision(expected: Expected) {
  return expected ? { revision: { in: [...expected] } } : {}
}

type WorkflowRow = Prisma.WorkflowGetPayload<object>
type VersionRow = Prisma.WorkflowVersionGetPayload<object>

// Ids and graphs were checked when they were stored: that is what makes these casts true.
export function toWorkflow(row: WorkflowRow): StoredWorkflow {
  return { ...row, id: row.id as WorkflowId, draft: row.draft as unknown as Graph }
}

function toVersion(row: VersionRow): StoredVersion {
  return {
    ...row,
    id: row.id as WorkflowVersionId,
    workflowId: row.workflowId as WorkflowId,
    graph: row.graph as unknown as Graph,
  }
}
