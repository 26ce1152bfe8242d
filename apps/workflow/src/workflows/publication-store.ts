import type { Tenant, WorkflowId } from '@dure/contracts'
import type { Prisma, PrismaClient } from '../generated/prisma/client.ts'
import { type StoredWorkflow, toWorkflow } from './store.ts'

export interface StoredPublication {
  readonly id: bigint
  readonly versionNumber: number
  readonly kind: 'publish' | 'rollback'
  readonly publishedBy: string
  readonly publishedAt: Date
}

/** What new runs take, and what they took before. */
export interface PublicationStore {
  /** Nothing happens when it is published already. @returns undefined when there is no such workflow */
  publish(
    tenant: Tenant,
    id: WorkflowId,
    by: { readonly number: number; readonly principal: string },
  ): Promise<StoredWorkflow | undefined>
  /**
   * Goes one step back: to what was published before the current one was, and from there to what was
   * published before that one.
   *
   * @returns undefined when there is no such workflow, `nothing` when nothing was published before
   */
  rollBack(
    tenant: Tenant,
    id: WorkflowId,
    principal: string,
  ): Promise<StoredWorkflow | 'nothing' | undefined>
  /** Newest first, those with a lower id than `before`. */
  page(
    tenant: Tenant,
    id: WorkflowId,
    page: { readonly limit: number; readonly before: bigint | undefined },
  ): Promise<StoredPublication[]>
}

export function createPublicationStore(db: PrismaClient): PublicationStore {
  return {
    publish: (tenant, id, { number, principal }) =>
      db.$transaction(async (tx) => {
        const { workflow, newest } = await lock(tx, tenant, id)
        if (!workflow || workflow.publishedVersion === number) return workflow
        const publication = { versionNumber: number, kind: 'publish', publishedBy: principal }
        return record(tx, workflow, { ...publication, tenant, previousId: newest?.id ?? null })
      }),

    rollBack: (tenant, id, principal) =>
      db.$transaction(async (tx) => {
        const { workflow, newest } = await lock(tx, tenant, id)
        if (!workflow) return undefined
        if (newest?.previousId == null) return 'nothing'
        const { versionNumber, previousId } = await tx.workflowPublication.findUniqueOrThrow({
          where: { id: newest.previousId },
        })
        const publication = { versionNumber, kind: 'rollback', publishedBy: principal }
        return record(tx, workflow, { ...publication, tenant, previousId })
      }),

    async page(tenant, workflowId, { limit, before }) {
      const rows = await db.workflowPublication.findMany({
        where: {
          workflowId,
          ...owner(tenant),
          ...(before !== undefined && { id: { lt: before } }),
        },
        orderBy: { id: 'desc' },
        take: limit,
      })
      return rows.map((row) => ({ ...row, kind: row.kind as StoredPublication['kind'] }))
    },
  }
}

type Transaction = Prisma.TransactionClient

/** Locks the workflow: publications of it are made one after the other. */
async function lock(tx: Transaction, { organizationId, projectId }: Tenant, id: WorkflowId) {
  await tx.$queryRaw`
    SELECT id FROM workflow
    WHERE id = ${id} AND organization_id = ${organizationId} AND project_id = ${projectId}
    FOR UPDATE`
  const where = { organizationId, projectId }
  const row = await tx.workflow.findFirst({ where: { id, ...where, deletedAt: null } })
  const newest = await tx.workflowPublication.findFirst({
    where: { workflowId: id, ...where },
    orderBy: { id: 'desc' },
  })
  return { workflow: row ? toWorkflow(row) : undefined, newest }
}

interface NewPublication {
  readonly tenant: Tenant
  readonly versionNumber: number
  readonly kind: string
  readonly previousId: bigint | null
  readonly publishedBy: string
}

async function record(
  tx: Transaction,
  { id, updatedAt }: StoredWorkflow,
  { tenant, ...publication }: NewPublication,
): Promise<StoredWorkflow> {
  await tx.workflowPublication.create({
    data: { workflowId: id, ...owner(tenant), ...publication },
  })
  const row = await tx.workflow.update({
    where: { id },
    // What people edit has not changed.
    data: { publishedVersion: publication.versionNumber, updatedAt },
  })
  return toWorkflow(row)
}

function owner({ organizationId, projectId }: Tenant) {
  return { organizationId, projectId }
}
