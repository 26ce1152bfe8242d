import { AgentId, DatasetId, EvaluatorId, Problem } from '@dure/contracts'
import { answerLostUpdates, etagOf, expectedRevisions, IfMatch, identityOf } from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'
import { MAX_EVALUATORS_EACH } from '../experiments/experiment.ts'
import type { Gate } from './gate.ts'
import type { GateService } from './service.ts'

const FIELDS = {
  datasetId: DatasetId,
  evaluatorIds: Type.Array(EvaluatorId, {
    ...{ minItems: 1, maxItems: MAX_EVALUATORS_EACH, uniqueItems: true },
  }),
  minScore: Type.Number({
    ...{ minimum: 0, maximum: 1, examples: [0.8] },
    description: 'Of the mean over the cases',
  }),
  noWorseThanPublished: Type.Boolean({
    default: true,
    description:
      'Whether the experiment has to compare it with the published version, and not find it worse',
  }),
}

const SetGate = Type.Object(FIELDS, { additionalProperties: false, $id: 'SetAgentGate' })
const GateView = Type.Object(
  {
    agentId: AgentId,
    ...FIELDS,
    updatedBy: Type.String(),
    updatedAt: Type.String({ format: 'date-time' }),
  },
  { $id: 'AgentGate' },
)

const OfAgent = Type.Object({ agentId: AgentId })
const tags = ['agents']
const read = { scope: 'agents:read' } as const
const write = { scope: 'agents:write' } as const

/** Under `/v1`: what a version of an agent has to have reached before it is published. */
export const gateRoutes: FastifyPluginAsyncTypebox<{ readonly gates: GateService }> = async (
  app,
  { gates },
) => {
  answerLostUpdates(app)

  app.get(
    '/agents/:agentId/gate',
    {
      config: read,
      schema: {
        operationId: 'getAgentGate',
        summary: 'Get what a version has to have reached before it is published',
        tags,
        params: OfAgent,
        response: { 200: GateView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { tenant } = identityOf(request)
      const gate = await gates.get({ tenant, ...request.params })
      return reply.header('etag', etagOf(gate)).send(view(gate))
    },
  )

  app.put(
    '/agents/:agentId/gate',
    {
      config: write,
      schema: {
        operationId: 'setAgentGate',
        summary: 'Say what a version has to have reached before it is published',
        description: 'Rolling back needs nothing: what was published before is known.',
        tags,
        params: OfAgent,
        headers: IfMatch,
        body: SetGate,
        response: { 200: GateView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { tenant, principalId: updatedBy } = identityOf(request)
      const draft = { ...request.body, updatedBy }
      const expected = expectedRevisions(request.headers)
      const gate = await gates.set({ tenant, ...request.params }, draft, expected)
      return reply.header('etag', etagOf(gate)).send(view(gate))
    },
  )

  app.delete(
    '/agents/:agentId/gate',
    {
      config: write,
      schema: {
        operationId: 'deleteAgentGate',
        summary: 'Let every version be published',
        tags,
        params: OfAgent,
        headers: IfMatch,
        response: { 204: Type.Null(), '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { tenant } = identityOf(request)
      const expected = expectedRevisions(request.headers)
      await gates.remove({ tenant, ...request.params }, expected)
      return reply.code(204).send(null)
    },
  )
}

function view(gate: Gate): Static<typeof GateView> {
  const { agentId, datasetId, evaluatorIds, minScore, noWorseThanPublished } = gate
  return {
    ...{ agentId, datasetId, evaluatorIds: [...evaluatorIds], minScore, noWorseThanPublished },
    updatedBy: gate.updatedBy,
    updatedAt: gate.updatedAt.toISOString(),
  }
}
