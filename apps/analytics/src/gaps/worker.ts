import type { analyticsQueue } from '@dure/contracts'
import type { MessageHandlers } from '@dure/platform/queues'
import type { GapService } from './service.ts'

export function gapHandlers(
  gaps: Pick<GapService, 'reportHead'>,
): Pick<MessageHandlers<typeof analyticsQueue>, 'events.report-head'> {
  return { 'events.report-head': ({ source, g }) => gaps.reportHead(source, g) }
}
