import {
  agentQueue,
  type EventSource,
  type OutgoingMessage,
  outgoing,
  workflowQueue,
} from '@dure/contracts'
import { createPoller, type Poller, type PollerOptions } from '@dure/platform'
import type { Queues } from '@dure/platform/queues'
import type { Gap, GapStore } from './store.ts'

export interface GapService extends Poller {
  /** A source tells how far it has come: whoever has less misses something. */
  reportHead(source: EventSource, g: number): Promise<void>
}

export interface GapServiceOptions {
  readonly store: GapStore
  readonly queues: Pick<Queues, 'sendAll'>
  readonly log: PollerOptions['log']
  readonly checkMs: number
}

/**
 * Looks for events that did not arrive, and asks their source for them until they do. So it does not
 * matter to any number of ours whether Redis was wiped or this service was down.
 */
export function createGapService({ store, queues, log, checkMs }: GapServiceOptions): GapService {
  async function pass(): Promise<boolean> {
    const gaps = await store.takeOverdue(checkMs)
    if (gaps.length === 0) return false
    log.warn({ gaps }, 'events are missing: asking for them again')
    await queues.sendAll(gaps.map(resendRequest))
    return false
  }

  return {
    ...createPoller({ name: 'gap-check', pass, pollMs: checkMs, log }),
    reportHead: (source, g) => store.reportHead(source, g),
  }
}

function resendRequest({ source, fromG, toG }: Gap): OutgoingMessage {
  switch (source) {
    case 'workflow':
      return outgoing(workflowQueue, 'events.resend', { fromG, toG })
    case 'agent':
      return outgoing(agentQueue, 'events.resend', { fromG, toG })
  }
}
