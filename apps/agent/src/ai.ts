import type { Service } from '@dure/platform'
import { draftRoutes } from './drafts/routes.ts'
import { createDraftService } from './drafts/service.ts'
import type { Models } from './models/index.ts'
import type { ModelCaller } from './models/model-call.ts'
import { DEMO_MODEL } from './models/prices.ts'
import { GALLERY } from './templates/gallery/index.ts'
import { templateRoutes } from './templates/routes.ts'

interface Parts {
  readonly caller: ModelCaller
  readonly models: Pick<Models, 'defaultId'>
  /** Of one call with its retries. */
  readonly timeoutMs: number
}

/** Joins all that is under `/v1/ai`: a part of the composition root, which has no more room. */
export async function registerAi(service: Service, { models, ...parts }: Parts): Promise<void> {
  const { defaultId } = models
  // The demo model quotes, and writes nothing of its own.
  const hasModel = defaultId !== undefined && defaultId !== DEMO_MODEL
  const v1 = { prefix: '/v1' }
  await service.register(templateRoutes, { ...v1, gallery: GALLERY })
  const drafts = createDraftService({ ...parts, hasModel, gallery: GALLERY })
  await service.register(draftRoutes, { ...v1, drafts })
}
