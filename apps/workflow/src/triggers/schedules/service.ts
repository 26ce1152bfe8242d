import { randomUUIDv7 } from 'node:crypto'
import { NotFoundError, prefixedId } from '@dure/kernel'
import type { TriggerService } from '../crud-routes.ts'
import type { HistoryStore } from '../history-store.ts'
import { columnsOf, noWorkflow, refuseChanged } from '../store.ts'
import { refuseTwoTargets } from '../trigger.ts'
import { checkedCron, cronTimes } from './cron.ts'
import type { SaveSchedule, StoredSchedule } from './schedule.ts'
import type { ScheduleStore } from './store.ts'

/**
 * Schedules as a project edits them.
 *
 * Saving throws InvalidInputError `schedule.invalid-cron`, `schedule.invalid-time-zone`,
 * `trigger.ambiguous-target` and NotFoundError `workflow.not-found`; everything that names a schedule,
 * NotFoundError `schedule.not-found`.
 */
export type ScheduleService = TriggerService<StoredSchedule, SaveSchedule, StoredSchedule>

export interface ScheduleServiceDependencies {
  readonly store: Omit<ScheduleStore, 'claimDue' | 'begin' | 'settle'>
  readonly history: Pick<HistoryStore, 'page'>
}

export function createScheduleService({
  store,
  history,
}: ScheduleServiceDependencies): ScheduleService {
  const get: ScheduleService['get'] = async (tenant, id) =>
    (await store.find(tenant, id)) ?? notFound()

  async function checkedNext(save: SaveSchedule): Promise<Date | null> {
    refuseTwoTargets(save)
    const now = await store.now()
    return checkedCron(save, now).after(now)
  }

  return {
    get,
    page: (tenant, page) => store.page(tenant, page),

    async create({ tenant, principalId: createdBy }, save) {
      const dueAt = await checkedNext(save)
      const id = prefixedId('sch', randomUUIDv7())
      const columns = { ...columnsIn(save), enabled: true, due_at: dueAt }
      return store.insert(tenant, { id, createdBy }, columns)
    },

    async update(tenant, id, { save, expected }) {
      const nextAt = await checkedNext(save)
      const before = await get(tenant, id)
      refuseChanged(before, expected)
      const { cron, timeZone, enabled } = before
      const moves = enabled && (cron !== save.cron || timeZone !== save.timeZone)
      // What does not move keeps its time: it may be due just now.
      const columns = { ...columnsIn(save), ...(moves && { due_at: nextAt }) }
      const updated = await store.update(tenant, id, columns, { expected })
      if (!updated) refuseChanged(await get(tenant, id), expected)
      return updated ?? noWorkflow()
    },

    async remove(tenant, id, expected) {
      if (await store.remove(tenant, id, expected)) return
      refuseChanged(await get(tenant, id), expected)
      notFound()
    },

    async setEnabled(tenant, id, enabled) {
      const schedule = await get(tenant, id)
      if (schedule.enabled === enabled) return schedule
      const now = await store.now()
      const dueAt = enabled ? cronTimes(schedule).after(now) : null
      return (await store.update(tenant, id, { enabled, due_at: dueAt })) ?? notFound()
    },

    async history(tenant, id, page) {
      await get(tenant, id)
      return history.page(tenant, id, page)
    },
  }
}

function columnsIn(save: SaveSchedule) {
  return {
    ...columnsOf(save),
    cron: save.cron,
    time_zone: save.timeZone,
    input: JSON.stringify(save.input ?? null),
    overlap: save.overlap,
    catch_up: save.catchUp,
  }
}

function notFound(): never {
  throw new NotFoundError('schedule.not-found', 'There is no such schedule')
}
