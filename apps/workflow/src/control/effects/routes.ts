import { NodePath, Page, PageQuery, Problem, RunId, TaskError } from '@dure/contracts'
import { identityOf } from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'
import { NODE_STATUSES, RunSummary, viewSummary } from '../../runs/view.ts'
import { pageByVersion } from '../history/paging.ts'
import type { Effect } from './effects.ts'
import type { EffectService } from './service.ts'

export interface EffectRoutesOptions {
  readonly effects: EffectService
}

const EffectId = Type.String({
  pattern: '^eff_[0-9a-f]{32}$',
  description: '`eff_` and the first 32 digits of the idempotency key',
})

const EffectView = Type.Object(
  {
    id: EffectId,
    path: NodePath,
    type: Type.String(),
    effect: Type.Enum(['read', 'write']),
    idempotencyKey: Type.String({
      description:
        'SHA-256 of `run/path` in hex; what the other side gets, however often it is sent',
    }),
    status: Type.Enum(NODE_STATUSES, {
      description: '`review`: nobody knows the outcome, and somebody has to say it',
    }),
    attempts: Type.Integer(),
    error: Type.Optional(TaskError),
    startedAt: Type.String({ format: 'date-time' }),
    endedAt: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
  },
  { $id: 'RunEffect' },
)

const ResolveEffect = Type.Object(
  {
    resolution: Type.Enum(['succeeded', 'failed', 'retry']),
    output: Type.Optional(Type.Unknown({ description: 'Of one that succeeded: its data' })),
    note: Type.Optional(Type.String({ maxLength: 2000 })),
  },
  { additionalProperties: false, $id: 'ResolveEffect' },
)

const tags = ['runs']

export const effectRoutes: FastifyPluginAsyncTypebox<EffectRoutesOptions> = async (
  app,
  { effects },
) => {
  app.get(
    '/runs/:runId/effects',
    {
      config: { scope: 'runs:read' },
      schema: {
        operationId: 'listRunEffects',
        summary: 'List what a run does beyond itself, and how far each of it has come',
        tags,
        params: Type.Object({ runId: RunId }),
        querystring: PageQuery,
        response: { 200: Page(EffectView, 'RunEffectPage'), '4xx': Problem },
      },
    },
    async (request) => {
      const { runId } = request.params
      const all = await effects.list(identityOf(request).tenant, runId)
      const page = pageByVersion(all, ({ node }) => node.reachedAt, request.query)
      return { data: page.data.map(viewEffect), nextCursor: page.nextCursor }
    },
  )

  app.post(
    '/runs/:runId/effects/:effectId(^[a-z0-9_]+)::resolve',
    {
      config: { scope: 'runs:write', idempotency: 'effect' },
      schema: {
        operationId: 'resolveRunEffect',
        summary: 'Say what became of a write whose outcome nobody knows',
        tags,
        params: Type.Object({ runId: RunId, effectId: EffectId }),
        body: ResolveEffect,
        response: { 200: RunSummary, '4xx': Problem },
      },
    },
    async (request) => {
      const run = await effects.resolve(identityOf(request), {
        ...request.params,
        ...request.body,
      })
      return viewSummary(run)
    },
  )
}

function viewEffect({ id, effect, idempotencyKey, node }: Effect): Static<typeof EffectView> {
  const { path, type, status, attempts, error } = node
  return {
    ...{ id, path, type, effect, idempotencyKey, status, attempts },
    ...(error && { error }),
    startedAt: node.startedAt.toISOString(),
    endedAt: node.endedAt?.toISOString() ?? null,
  }
}
