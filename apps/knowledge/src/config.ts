import { BackendConfig } from '@dure/platform'
import { type Static, Type } from 'typebox'

export const Config = Type.Object({
  ...BackendConfig.properties,
  INDEX_MEMORY_MB: Type.Integer({
    minimum: 1,
    maximum: 65_536,
    default: 256,
    description: 'Search indexes that this process keeps in memory, in MiB',
  }),
  INGEST_CONCURRENCY: Type.Integer({
    minimum: 1,
    maximum: 64,
    default: 2,
    description: 'How many documents this process ingests at once',
  }),
  SEARCH_CONCURRENCY: Type.Integer({
    minimum: 1,
    maximum: 256,
    default: 16,
    description: 'How many searches of runs this process executes at once',
  }),
})
export type Config = Static<typeof Config>
