import { Problem, RunId } from '@dure/contracts'
import { identityOf, onceIdOf } from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { RunSummary, viewSummary } from '../../runs/view.ts'
import { bodyIsOptional } from '../optional-body.ts'
import { OF_RUN } from '../paths.ts'
import type { CommandRoutesOptions } from './routes.ts'

const Signal = Type.Object(
  {
    payload: Type.Unknown({ default: null, description: 'The data of the node that takes it' }),
    id: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 200,
        description: 'The same id with the same name is taken in once; else the Idempotency-Key',
      }),
    ),
  },
  { additionalProperties: false, $id: 'SignalRun' },
)
const OfSignal = Type.Object({
  runId: RunId,
  name: Type.String({ pattern: '^[a-z][a-z0-9_.-]{0,99}$', examples: ['payment.received'] }),
})

const write = { scope: 'runs:write', idempotency: 'effect' } as const
const tags = ['runs']
const response = { 200: RunSummary, '4xx': Problem } as const

export const commandV2Routes: FastifyPluginAsyncTypebox<CommandRoutesOptions> = async (
  app,
  { commands },
) => {
  app.post(
    `${OF_RUN}::retryFromFailed`,
    {
      config: write,
      schema: {
        operationId: 'retryRunFromFailed',
        summary: 'Execute again what failed in a run, and what depends on it; results are kept',
        tags,
        params: Type.Object({ runId: RunId }),
        response,
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const { runId } = request.params
      const command = { type: 'run.retry', by: identity.principalId } as const
      const onceId = onceIdOf(request)
      return viewSummary(await commands.ask({ identity, runId, command, onceId }))
    },
  )

  app.post(
    '/runs/:runId/signals/:name',
    {
      config: write,
      preValidation: bodyIsOptional,
      schema: {
        operationId: 'signalRun',
        summary: 'Give a signal to a run: to the node that waits for it, or to the next that will',
        tags,
        params: OfSignal,
        body: Signal,
        response,
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const { runId, name } = request.params
      const { payload, id } = request.body
      const by = identity.principalId
      const command = { type: 'run.signal', name, payload, by } as const
      const given = id ?? onceIdOf(request)
      const onceId = given === undefined ? undefined : `${name}\n${given}`
      return viewSummary(await commands.ask({ identity, runId, command, onceId }))
    },
  )
}
