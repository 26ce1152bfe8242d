import { BackendConfig } from '@dure/platform'
import { type Static, Type } from 'typebox'

export const Config = Type.Object({
  ...BackendConfig.properties,
  GAP_CHECK_MS: Type.Integer({
    minimum: 50,
    maximum: 10_000,
    default: 5000,
    description: 'Milliseconds between two looks for missing events; one that stays is asked for',
  }),
  INGEST_CONCURRENCY: Type.Integer({
    minimum: 1,
    maximum: 256,
    default: 16,
    description: 'How many messages this process takes in at once',
  }),
})
export type Config = Static<typeof Config>
