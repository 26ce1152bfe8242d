import { silentLog } from '@dure/platform/testing'
import { createBreakers } from '../breakers.ts'
import { createModelCaller, type ModelCallerOptions } from '../caller.ts'
import { createGovernor } from '../governor/governor.ts'
import { createModels, type ModelsConfig } from '../index.ts'

/** As an installation that has one provider at this address, and is alone. */
export function modelsAt(baseUrl: string, config: Partial<ModelsConfig> = {}) {
  return createModels({
    MODEL_BASE_URL: baseUrl,
    MODEL_API_KEY: '',
    MODEL_DEFAULT: 'demo',
    MODEL_EMBEDDING: '',
    MODEL_PROVIDER: 'openai',
    ...config,
  })
}

export function callerOf(
  models: ModelCallerOptions['models'],
  options: Partial<ModelCallerOptions> = {},
) {
  const log = silentLog()
  const prefix = 'test'
  const alone = { governor: createGovernor({ prefix, log }), breakers: createBreakers({ prefix }) }
  return createModelCaller({ models, log, ...alone, ...options })
}
