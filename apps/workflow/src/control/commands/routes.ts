import { Problem, RunId } from '@dure/contracts'
import type { InboxCommand } from '@dure/engine'
import { identityOf, onceIdOf } from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { RunSummary, viewSummary } from '../../runs/view.ts'
import { bodyIsOptional } from '../optional-body.ts'
import type { CommandService } from './service.ts'

export interface CommandRoutesOptions {
  readonly commands: CommandService
}

const OfRun = Type.Object({ runId: RunId })
const Reason = Type.Object(
  {
    reason: Type.Optional(
      Type.String({ minLength: 1, maxLength: 500, description: 'Kept with the run' }),
    ),
  },
  { additionalProperties: false, $id: 'CancelRun' },
)
const write = { scope: 'runs:write', idempotency: 'effect' } as const
const tags = ['runs']
const response = { 200: RunSummary, '4xx': Problem } as const

const VERBS = {
  pause: 'Let a run start nothing new; what is under way ends',
  resume: 'Let a paused run go on',
  retry: 'Execute again what failed in a run, and what depends on it; results are kept',
} as const

export const commandRoutes: FastifyPluginAsyncTypebox<CommandRoutesOptions> = async (
  app,
  { commands },
) => {
  app.post(
    '/runs/:runId/cancel',
    {
      config: write,
      preValidation: bodyIsOptional,
      schema: {
        operationId: 'cancelRun',
        summary: 'End a run; who executes a node of it is told to stop',
        tags,
        params: OfRun,
        body: Reason,
        response,
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const { reason } = request.body
      const command: InboxCommand = {
        ...{ type: 'run.cancel', by: identity.principalId },
        ...(reason !== undefined && { reason }),
      }
      const { runId } = request.params
      return viewSummary(
        await commands.ask({ identity, runId, command, onceId: onceIdOf(request) }),
      )
    },
  )

  for (const verb of ['pause', 'resume', 'retry'] as const) {
    app.post(
      `/runs/:runId/${verb}`,
      {
        config: write,
        schema: {
          operationId: `${verb}Run`,
          summary: VERBS[verb],
          tags,
          params: OfRun,
          response,
        },
      },
      async (request) => {
        const identity = identityOf(request)
        const command: InboxCommand = { type: `run.${verb}`, by: identity.principalId }
        const { runId } = request.params
        return viewSummary(
          await commands.ask({ identity, runId, command, onceId: onceIdOf(request) }),
        )
      },
    )
  }
}
