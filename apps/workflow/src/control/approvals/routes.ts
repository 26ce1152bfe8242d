import { Page, PageQuery, Problem } from '@dure/contracts'
import { identityOf, pageKeyOf, pageOf } from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { RunSummary, viewSummary } from '../../runs/view.ts'
import type { ApprovalService } from './service.ts'
import { ApprovalId, ApprovalView, viewApproval } from './view.ts'

export interface ApprovalRoutesOptions {
  readonly approvals: ApprovalService
}

const Decision = Type.Object(
  {
    decision: Type.Enum(['approve', 'reject']),
    hash: Type.String({
      pattern: '^[0-9a-f]{64}$',
      description: 'Of the approval as it was seen: of another payload, nothing is decided',
    }),
    comment: Type.Optional(Type.String({ maxLength: 2000 })),
    edit: Type.Optional(
      Type.Unknown({ description: 'The payload as it is to be; approvals of before do not count' }),
    ),
  },
  { additionalProperties: false, $id: 'ApprovalDecision' },
)

const params = Type.Object({ approvalId: ApprovalId })
const read = { scope: 'runs:read' } as const
const tags = ['approvals']

export const approvalRoutes: FastifyPluginAsyncTypebox<ApprovalRoutesOptions> = async (
  app,
  { approvals },
) => {
  app.get(
    '/approvals',
    {
      config: read,
      schema: {
        operationId: 'listApprovals',
        summary: 'List the approvals that wait, newest first',
        tags,
        querystring: PageQuery,
        response: { 200: Page(ApprovalView, 'ApprovalPage'), '4xx': Problem },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query
      const page = { limit: limit + 1, after: pageKeyOf(cursor, 'apr') }
      const found = await approvals.page(identityOf(request).tenant, page)
      const { data, nextCursor } = pageOf(found, limit)
      return { data: data.map(viewApproval), nextCursor }
    },
  )

  app.get(
    '/approvals/:approvalId',
    {
      config: read,
      schema: {
        operationId: 'getApproval',
        summary: 'Get an approval that waits',
        tags,
        params,
        response: { 200: ApprovalView, '4xx': Problem },
      },
    },
    async (request) =>
      viewApproval(await approvals.get(identityOf(request).tenant, request.params.approvalId)),
  )

  app.post(
    '/approvals/:approvalId/decisions',
    {
      config: { scope: 'runs:write', idempotency: 'effect' },
      schema: {
        operationId: 'decideApproval',
        summary: 'Approve or reject; answers with the run as it is afterwards',
        tags,
        params,
        body: Decision,
        response: { 200: RunSummary, '4xx': Problem },
      },
    },
    async (request) => {
      const { approvalId } = request.params
      const asked = { approvalId, ...request.body }
      return viewSummary(await approvals.decide(identityOf(request), asked))
    },
  )
}
