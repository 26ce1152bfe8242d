import { randomUUIDv7 } from 'node:crypto'
import { NotFoundError, prefixedId } from '@dure/kernel'
import type { TriggerService } from '../crud-routes.ts'
import type { HistoryStore } from '../history-store.ts'
import { columnsOf, noWorkflow, refuseChanged } from '../store.ts'
import { refuseTwoTargets } from '../trigger.ts'
import { refuseFilter, type SaveEventTrigger, type StoredEventTrigger } from './event.ts'
import type { EventTriggerStore } from './store.ts'

/**
 * Event triggers as a project edits them.
 *
 * Saving throws InvalidInputError `event-trigger.invalid-filter`, `trigger.ambiguous-target`,
 * ConflictError `event-trigger.too-many` and NotFoundError `workflow.not-found`; everything that names
 * one, NotFoundError `event-trigger.not-found`.
 */
export type EventTriggerService = TriggerService<
  StoredEventTrigger,
  SaveEventTrigger,
  StoredEventTrigger
>

export interface EventTriggerServiceDependencies {
  readonly store: EventTriggerStore
  readonly history: Pick<HistoryStore, 'page'>
}

export function createEventTriggerService({
  store,
  history,
}: EventTriggerServiceDependencies): EventTriggerService {
  const get: EventTriggerService['get'] = async (tenant, id) =>
    (await store.find(tenant, id)) ?? notFound()

  return {
    get,
    page: (tenant, page) => store.page(tenant, page),

    async create({ tenant, principalId: createdBy }, save) {
      refuse(save)
      const id = prefixedId('evt', randomUUIDv7())
      const columns = { ...columnsIn(save), enabled: true }
      return store.saveWithinLimit(tenant, { ...save, id }, (client) =>
        store.insert(tenant, { id, createdBy }, columns, client),
      )
    },

    async update(tenant, id, { save, expected }) {
      refuse(save)
      refuseChanged(await get(tenant, id), expected)
      const updated = await store.saveWithinLimit(tenant, { ...save, id }, (client) =>
        store.update(tenant, id, columnsIn(save), { expected, client }),
      )
      if (!updated) refuseChanged(await get(tenant, id), expected)
      return updated ?? noWorkflow()
    },

    async remove(tenant, id, expected) {
      if (await store.remove(tenant, id, expected)) return
      refuseChanged(await get(tenant, id), expected)
      notFound()
    },

    async setEnabled(tenant, id, enabled) {
      return (await store.update(tenant, id, { enabled })) ?? notFound()
    },

    async history(tenant, id, page) {
      await get(tenant, id)
      return history.page(tenant, id, page)
    },
  }
}

function refuse(save: SaveEventTrigger): void {
  refuseTwoTargets(save)
  refuseFilter(save.filter)
}

function columnsIn(save: SaveEventTrigger) {
  return { ...columnsOf(save), event_name: save.eventName, filter: save.filter ?? null }
}

function notFound(): never {
  throw new NotFoundError('event-trigger.not-found', 'There is no such event trigger')
}
