import type { analyticsQueue } from '@dure/contracts'
import type { MessageHandlers } from '@dure/platform/queues'
import type { IngestService } from './service.ts'

export function ingestHandlers(
  ingest: IngestService,
): Pick<MessageHandlers<typeof analyticsQueue>, 'events.record'> {
  return { 'events.record': ({ source, events }) => ingest.record(source, events) }
}
