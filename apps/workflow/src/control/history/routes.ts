import { Page, PageQuery, Problem, RunId } from '@dure/contracts'
import { identityOf } from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { callbackPathOf } from '../callbacks/token.ts'
import { pageByVersion } from './paging.ts'
import type { HistoryService } from './service.ts'
import { CheckpointView, RunNodeView, viewCheckpoint, viewNode } from './view.ts'

export interface HistoryRoutesOptions {
  readonly history: HistoryService
}

const read = { scope: 'runs:read' } as const
const params = Type.Object({ runId: RunId })
const tags = ['runs']

export const historyRoutes: FastifyPluginAsyncTypebox<HistoryRoutesOptions> = async (
  app,
  { history },
) => {
  app.get(
    '/runs/:runId/nodes',
    {
      config: read,
      schema: {
        operationId: 'listRunNodes',
        summary: 'List the nodes of a run in the order in which it reached them',
        tags,
        params,
        querystring: PageQuery,
        response: { 200: Page(RunNodeView, 'RunNodePage'), '4xx': Problem },
      },
    },
    async (request) => {
      const { tenant } = identityOf(request)
      const { run, nodes } = await history.nodes(tenant, request.params.runId)
      const page = pageByVersion(nodes, ({ reachedAt }) => reachedAt, request.query)
      const contents = await history.contents(tenant, page.data)
      const data = page.data.map((node, index) => {
        const isOpen = node.kind === 'event' && node.status === 'scheduled'
        return viewNode(node, contents[index], isOpen ? callbackPathOf(run, node.path) : undefined)
      })
      return { data, nextCursor: page.nextCursor }
    },
  )

  app.get(
    '/runs/:runId/checkpoints',
    {
      config: read,
      schema: {
        operationId: 'listRunCheckpoints',
        summary: 'List what a run has committed, oldest first: places to fork it from',
        tags,
        params,
        querystring: PageQuery,
        response: { 200: Page(CheckpointView, 'RunCheckpointPage'), '4xx': Problem },
      },
    },
    async (request) => {
      const { runId } = request.params
      const all = await history.checkpoints(identityOf(request).tenant, runId)
      const page = pageByVersion(all, ({ version }) => version, request.query)
      return { data: page.data.map(viewCheckpoint), nextCursor: page.nextCursor }
    },
  )
}
