import { hash } from 'node:crypto'
import type { RunEventOf, Tenant } from '@dure/contracts'
import type { Orchestrator } from '@dure/engine'
import type { EmittedEvent } from '../triggers/events/event.ts'
import type { StartRuns } from '../triggers/trigger.ts'
import type { AdmissionStore, KeyedPage } from './admission-store.ts'
import { eachKeyedRun } from './keyed-runs.ts'
import type { RunReadStore } from './read-store.ts'
import type { StartService } from './start-service.ts'
import type { EventWait, WaitingStore } from './waiting-store.ts'
import type { RunWatcher } from './watcher.ts'

export interface TriggerStartsOptions {
  readonly starts: Pick<StartService, 'start'>
  readonly orchestrator: Pick<Orchestrator, 'command'>
  readonly admission: Pick<AdmissionStore, 'withTrigger'>
  readonly reader: Pick<RunReadStore, 'hasEnded' | 'readEvents'>
  readonly waiting: Pick<WaitingStore, 'eventWaits'>
  readonly watcher: Pick<RunWatcher, 'watch'>
}

const WAITS_AT_ONCE = 100
const EVENTS_AT_ONCE = 500

/** What triggers and events need of runs. */
export function createTriggerStarts(options: TriggerStartsOptions): {
  readonly starts: StartRuns
  readonly deliver: (tenant: Tenant, event: EmittedEvent) => Promise<void>
} {
  const { starts, orchestrator, admission, reader, waiting, watcher } = options

  /** The same event twice is the same command twice, and the run takes in one. */
  async function hand(tenant: Tenant, wait: EventWait, { id, payload }: EmittedEvent) {
    const command = { type: 'run.deliver-event', path: wait.path, payload } as const
    const key = hash('sha256', `${id}\n${wait.path}`, 'base64url')
    await orchestrator.command(wait.runId, tenant, { id: `event-${key}`, command })
  }

  return {
    async deliver(tenant, event) {
      for (let after: EventWait | undefined, more = true; more; ) {
        const page = { limit: WAITS_AT_ONCE, after }
        const waits = await waiting.eventWaits(tenant, event, page)
        for (const wait of waits) await hand(tenant, wait, event)
        after = waits.at(-1)
        more = waits.length === WAITS_AT_ONCE
      }
    },

    starts: {
      async start(request) {
        const { run } = await starts.start(request)
        return { runId: run.id }
      },

      async hasActive(tenant, { triggerId }) {
        return (await admission.withTrigger(tenant, triggerId, { limit: 1 })).length > 0
      },

      async cancelActive(tenant, triggerId) {
        const active = (page: KeyedPage) => admission.withTrigger(tenant, triggerId, page)
        const command = { type: 'run.cancel', by: triggerId, reason: 'overlap' } as const
        await eachKeyedRun(active, async ({ runId }) => {
          await orchestrator.command(runId, tenant, { id: `overlap-${triggerId}`, command })
        })
      },

      async waitForResponse(tenant, runId, signal) {
        const watch = watcher.watch(runId)
        try {
          for (let seen = 0; !signal.aborted; ) {
            const ended = await reader.hasEnded(runId)
            const page = { runId, tenant, afterVersion: seen, limit: EVENTS_AT_ONCE }
            const news = await reader.readEvents(page)
            const responded = news.find(({ event }) => event.type === 'run.responded')
            if (responded) return responseOf(responded.event as RunEventOf<'run.responded'>)
            seen = news.at(-1)?.version ?? seen
            if (news.length === EVENTS_AT_ONCE) continue
            if (ended) return undefined
            await watch.next(signal)
          }
          return undefined
        } finally {
          watch.close()
        }
      },
    },
  }
}

function responseOf({ status, headers, body }: RunEventOf<'run.responded'>) {
  return { status, headers, body }
}
