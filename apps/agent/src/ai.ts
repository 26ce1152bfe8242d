import { workAnswerQueue } from '@dure/contracts'
import type { HealthCheck, Logger, Service } from '@dure/platform'
import type { Queues } from '@dure/platform/queues'
import type { Pool } from 'pg'
import { createWorkDesk } from './assistant/desk-service.ts'
import { assistantRoutes } from './assistant/routes.ts'
import { createAssistant } from './assistant/service.ts'
import { draftRoutes } from './drafts/routes.ts'
import { createDraftService } from './drafts/service.ts'
import type { Models } from './models/index.ts'
import type { ModelCaller } from './models/model-call.ts'
import { DEMO_MODEL } from './models/prices.ts'
import { createAgentQuestionStore } from './questions/store.ts'
import { createAgentQuestions } from './questions/worker.ts'
import { GALLERY } from './templates/gallery/index.ts'
import { templateRoutes } from './templates/routes.ts'
import { workflowAdviceRoutes } from './workflow-advice/routes.ts'
import { createWorkflowAdvisor } from './workflow-advice/service.ts'

/** All that is under `/v1/ai`, and what other services ask about agents. */
export interface Ai {
  register(service: Service): Promise<void>
  /** Takes answers and questions of the workflow service. */
  start(): void
  readonly check: HealthCheck
  close(): Promise<void>
}

interface Parts {
  readonly caller: ModelCaller
  readonly models: Pick<Models, 'defaultId' | 'list' | 'choose'>
  /** Of one call with its retries. */
  readonly timeoutMs: number
  readonly pool: Pool
  readonly queues: Queues
  readonly prefix: string
  readonly log: Logger
}

const ANSWER_CONCURRENCY = 8

/** A part of the composition root, which has no more room. */
export function createAi({ pool, models, queues, prefix, log, ...parts }: Parts): Ai {
  const { defaultId } = models
  // The demo model quotes, and writes nothing of its own.
  const hasModel = defaultId !== undefined && defaultId !== DEMO_MODEL
  const desk = createWorkDesk({ queues, prefix, log })
  const concurrency = ANSWER_CONCURRENCY
  const answers = queues.consume(workAnswerQueue, desk.handlers, { concurrency })
  const questions = createAgentQuestions(createAgentQuestionStore(pool), queues)
  return {
    async register(service) {
      const v1 = { prefix: '/v1' }
      await service.register(templateRoutes, { ...v1, gallery: GALLERY })
      const drafts = createDraftService({ ...parts, hasModel, gallery: GALLERY })
      await service.register(draftRoutes, { ...v1, drafts })
      const assistant = createAssistant({ ...parts, hasModel, desk })
      await service.register(assistantRoutes, { ...v1, assistant })
      const advisor = createWorkflowAdvisor({ ...parts, models, hasModel, desk })
      await service.register(workflowAdviceRoutes, { ...v1, advisor })
    },
    start() {
      answers.start()
      questions.start()
    },
    check: async () => {
      await Promise.all([answers.check(), questions.check()])
    },
    async close() {
      await Promise.all([answers.close(), questions.close()])
      desk.close()
    },
  }
}
