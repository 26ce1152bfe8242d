import { Problem } from '@dure/contracts'
import { answerLostUpdates, etagOf, expectedRevisions, IfMatch, identityOf } from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { PolicySet } from './policy.ts'
import type { PolicyService, Quotas } from './policy-service.ts'

const QuotasView = Type.Object(
  {
    policies: PolicySet,
    allowed: PolicySet,
    chosen: PolicySet,
  },
  {
    $id: 'Quotas',
    description:
      'Limits by name. `policies`: those that hold; `allowed`: what the operator allows; `chosen`: what the organization has chosen within that',
  },
)

const ChooseQuotas = Type.Object(
  { policies: PolicySet },
  { additionalProperties: false, $id: 'ChooseQuotas' },
)

export interface QuotaRoutesOptions {
  readonly policies: PolicyService
}

const tags = ['quotas']

/** Under `/v2/quotas`: the limits of the organization of whoever asks. */
export const quotaRoutes: FastifyPluginAsyncTypebox<QuotaRoutesOptions> = async (
  app,
  { policies },
) => {
  answerLostUpdates(app)

  app.get(
    '/quotas',
    {
      config: { scope: 'organizations:read' },
      schema: {
        operationId: 'getQuotas',
        summary: 'Get the limits of the organization',
        tags,
        response: { 200: QuotasView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { organizationId } = identityOf(request).tenant
      return show(reply, await policies.get(organizationId))
    },
  )

  app.put(
    '/quotas',
    {
      config: { scope: 'organizations:write' },
      schema: {
        operationId: 'chooseQuotas',
        summary: 'Choose limits of the organization, in place of those chosen before',
        description:
          'A limit that is there may be lowered, and others may be added. What the operator allows is never exceeded. All gateways know within 10 s, mostly at once.',
        tags,
        headers: IfMatch,
        body: ChooseQuotas,
        response: { 200: QuotasView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { organizationId } = identityOf(request).tenant
      const choice = {
        chosen: request.body.policies,
        expected: expectedRevisions(request.headers),
      }
      return show(reply, await policies.choose(organizationId, choice))
    },
  )
}

function show(reply: FastifyReply, quotas: Quotas) {
  const { policies, allowed, chosen } = quotas
  reply.header('etag', etagOf(quotas))
  return { policies, allowed, chosen }
}
