import { ScheduleId } from '@dure/contracts'
import { Type } from 'typebox'
import type { TriggerKind } from '../crud-routes.ts'
import { TRIGGER_VIEW, viewTrigger } from '../view.ts'
import { CATCH_UP, OVERLAP } from './firing.ts'
import { SaveSchedule, type StoredSchedule } from './schedule.ts'
import type { ScheduleService } from './service.ts'

const Schedule = Type.Object(
  {
    id: ScheduleId,
    ...TRIGGER_VIEW,
    cron: Type.String(),
    timeZone: Type.String(),
    input: Type.Unknown(),
    overlap: Type.Enum(OVERLAP),
    catchUp: Type.Enum(CATCH_UP),
    nextAt: Type.Union([Type.String({ format: 'date-time' }), Type.Null()], {
      description: 'When it fires next; null while it is disabled',
    }),
  },
  { $id: 'Schedule' },
)

export function scheduleKind(service: ScheduleService): TriggerKind<StoredSchedule, SaveSchedule> {
  return {
    noun: 'schedule',
    path: '/schedules',
    idPrefix: 'sch',
    id: ScheduleId,
    save: SaveSchedule,
    view: Schedule,
    viewOf: viewSchedule,
    service,
  }
}

function viewSchedule(schedule: StoredSchedule) {
  const { id, cron, timeZone, input, overlap, catchUp, dueAt } = schedule
  return {
    ...{ id, cron, timeZone, input, overlap, catchUp },
    ...viewTrigger(schedule),
    nextAt: dueAt?.toISOString() ?? null,
  }
}
