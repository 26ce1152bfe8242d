import { EventTriggerId } from '@dure/contracts'
import { Type } from 'typebox'
import type { TriggerKind } from '../crud-routes.ts'
import { TRIGGER_VIEW, viewTrigger } from '../view.ts'
import { SaveEventTrigger, type StoredEventTrigger } from './event.ts'
import type { EventTriggerService } from './service.ts'

const EventTrigger = Type.Object(
  {
    id: EventTriggerId,
    ...TRIGGER_VIEW,
    eventName: Type.String(),
    filter: Type.Union([Type.String(), Type.Null()]),
  },
  { $id: 'EventTrigger' },
)

export function eventKind(
  service: EventTriggerService,
): TriggerKind<StoredEventTrigger, SaveEventTrigger> {
  return {
    noun: 'event trigger',
    path: '/event-triggers',
    idPrefix: 'evt',
    id: EventTriggerId,
    save: SaveEventTrigger,
    view: EventTrigger,
    viewOf: viewEventTrigger,
    service,
  }
}

function viewEventTrigger(trigger: StoredEventTrigger) {
  const { id, eventName, filter } = trigger
  return { id, ...viewTrigger(trigger), eventName, filter }
}
