import { BackendConfig } from '@dure/platform'
import { type Static, Type } from 'typebox'

export const Config = Type.Object({
  ...BackendConfig.properties,
  RESULT_CONCURRENCY: Type.Integer({
    minimum: 1,
    maximum: 256,
    default: 16,
    description: 'How many results of tasks this process takes in at once',
  }),
  RECONCILE_MS: Type.Integer({
    minimum: 50,
    maximum: 60_000,
    default: 1000,
    description: 'Milliseconds between two looks for work that a lost message left behind',
  }),
  RESEND_AFTER_MS: Type.Integer({
    minimum: 100,
    maximum: 600_000,
    default: 10_000,
    description: 'A task without a result is sent again after this many milliseconds',
  }),
  RUN_TIMEOUT_MS: Type.Integer({
    minimum: 1000,
    maximum: 604_800_000,
    default: 3_600_000,
    description: 'Every run ends after this many milliseconds at the latest',
  }),
})
export type Config = Static<typeof Config>
