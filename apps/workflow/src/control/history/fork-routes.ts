import { Problem, RunId } from '@dure/contracts'
import { identityOf, onceIdOf } from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { RunSummary, viewSummary } from '../../runs/view.ts'
import { OF_RUN } from '../paths.ts'
import type { ForkService } from './fork-service.ts'

export interface ForkRoutesOptions {
  readonly forks: ForkService
}

const Name = Type.String({ maxLength: 500 })

const Patch = Type.Object(
  {
    input: Type.Optional(
      Type.Record(Name, Type.Unknown(), {
        description: 'In place of the whole input',
      }),
    ),
    vars: Type.Optional(
      Type.Record(Name, Type.Unknown(), {
        maxProperties: 100,
        description: 'Variables that have these values from the checkpoint on',
      }),
    ),
    nodes: Type.Optional(
      Type.Record(Name, Type.Unknown(), {
        maxProperties: 100,
        description:
          'Data of nodes that have completed by the checkpoint, by path. What was computed from the old data by then stays',
      }),
    ),
  },
  { additionalProperties: false, default: {} },
)

const ForkRun = Type.Object(
  {
    fromCheckpoint: Type.Integer({
      minimum: 1,
      maximum: 1_000_000,
      description: 'The version of a checkpoint of the run',
    }),
    patch: Patch,
  },
  { additionalProperties: false, $id: 'ForkRun' },
)

export const forkRoutes: FastifyPluginAsyncTypebox<ForkRoutesOptions> = async (app, { forks }) => {
  app.post(
    `${OF_RUN}::fork`,
    {
      config: { scope: 'runs:write', idempotency: 'effect' },
      schema: {
        operationId: 'forkRun',
        summary: 'Start a run that takes over what had happened in another one by a checkpoint',
        description:
          'Results are taken over and cost nothing again; what was under way is executed, and waits begin anew.',
        tags: ['runs'],
        params: Type.Object({ runId: RunId }),
        body: ForkRun,
        response: { 201: RunSummary, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { runId } = request.params
      const run = await forks.fork(identityOf(request), runId, request.body, onceIdOf(request))
      return reply.code(201).header('location', `/v1/runs/${run.id}`).send(viewSummary(run))
    },
  )
}
