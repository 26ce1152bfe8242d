import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { approvalRoutes } from './approvals/routes.ts'
import { callbackRoutes } from './callbacks/routes.ts'
import { commandRoutes } from './commands/routes.ts'
import { commandV2Routes } from './commands/v2-routes.ts'
import { effectRoutes } from './effects/routes.ts'
import { forkRoutes } from './history/fork-routes.ts'
import { historyRoutes } from './history/routes.ts'
import { historyV2Routes } from './history/v2-routes.ts'
import type { Control } from './service.ts'

export interface ControlRoutesOptions {
  readonly control: Control
}

/** Everything under `/v1` and `/v2` that controls runs: to be registered without a prefix. */
export const controlRoutes: FastifyPluginAsyncTypebox<ControlRoutesOptions> = async (
  app,
  { control },
) => {
  const v1 = { prefix: '/v1', ...control }
  await app.register(commandRoutes, v1)
  await app.register(historyRoutes, v1)
  await app.register(approvalRoutes, v1)
  const v2 = { prefix: '/v2', ...control }
  await app.register(commandV2Routes, v2)
  await app.register(historyV2Routes, v2)
  await app.register(forkRoutes, v2)
  await app.register(effectRoutes, v2)
  await app.register(callbackRoutes, v2)
}
