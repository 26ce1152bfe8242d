import { Problem, RunId } from '@dure/contracts'
import { identityOf } from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { RUN_STATUSES } from '../../runs/view.ts'
import { VersionNumber } from '../../workflows/version-number.ts'
import { OF_RUN } from '../paths.ts'
import { ExplanationView, viewExplanation } from './explanation-view.ts'
import type { HistoryRoutesOptions } from './routes.ts'

const params = Type.Object({ runId: RunId })
const tags = ['runs']

const ReplayRun = Type.Object(
  {
    dryRun: Type.Literal(true, { description: 'Nothing is executed, and nothing is stored' }),
    version: Type.Optional(
      VersionNumber({ description: 'Of the workflow; absent: that of the run' }),
    ),
  },
  { additionalProperties: false, $id: 'ReplayRun' },
)

const Replayed = Type.Object(
  {
    identical: Type.Boolean(),
    differences: Type.Array(
      Type.Object({
        path: Type.String({ description: 'Of the node; empty for the run itself' }),
        field: Type.String({ examples: ['status', 'data/items/3'] }),
        recorded: Type.Optional(Type.Unknown()),
        replayed: Type.Optional(Type.Unknown()),
      }),
      { maxItems: 100 },
    ),
    status: Type.Enum(RUN_STATUSES, { description: 'In which the replay ends' }),
    output: Type.Unknown(),
  },
  { $id: 'ReplayedRun' },
)

export const historyV2Routes: FastifyPluginAsyncTypebox<HistoryRoutesOptions> = async (
  app,
  { history },
) => {
  app.post(
    `${OF_RUN}::replay`,
    {
      config: { scope: 'runs:read' },
      schema: {
        operationId: 'replayRun',
        summary: 'Decide a run again with its recorded results, and compare',
        description:
          'Results, timers, signals and votes are those of the record; everything else is computed again, on the version of the run or on another one.',
        tags,
        params,
        body: ReplayRun,
        response: { 200: Replayed, '4xx': Problem },
      },
    },
    async (request) => {
      const { tenant } = identityOf(request)
      const replayed = await history.replay(tenant, request.params.runId, request.body.version)
      const { identical, status, output } = replayed
      if (status === 'absent') throw new TypeError('A run was replayed, and did not start')
      return { identical, differences: [...replayed.differences], status, output }
    },
  )

  app.get(
    '/runs/:runId/explain',
    {
      config: { scope: 'runs:read' },
      schema: {
        operationId: 'explainRun',
        summary: 'Say why a run went the way it did, what it waited for, and what it cost',
        tags,
        params,
        response: { 200: ExplanationView, '4xx': Problem },
      },
    },
    async (request) => {
      const { runId } = request.params
      return viewExplanation(await history.explain(identityOf(request).tenant, runId))
    },
  )
}
