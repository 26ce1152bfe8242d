import { RunId, WorkflowId } from '@dure/contracts'
import { type Static, Type } from 'typebox'
import { OUTCOMES, type StoredEntry } from './history.ts'
import type { StoredTrigger } from './trigger.ts'

const Instant = Type.String({ format: 'date-time' })

/** The fields of every view of a trigger. */
export const TRIGGER_VIEW = {
  name: Type.String(),
  workflowId: WorkflowId,
  version: Type.Union([Type.Integer(), Type.Null()]),
  alias: Type.Union([Type.String(), Type.Null()]),
  enabled: Type.Boolean(),
  createdAt: Instant,
  updatedAt: Instant,
}

export function viewTrigger(trigger: StoredTrigger) {
  const { name, workflowId, version, alias, enabled, createdAt, updatedAt } = trigger
  return {
    ...{ name, workflowId, version, alias, enabled },
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  }
}

export const TriggerHistoryEntry = Type.Object(
  {
    outcome: Type.Enum(OUTCOMES, {
      description: '`starting`: decided on, and not yet known to have started',
    }),
    reason: Type.Union([Type.String(), Type.Null()], {
      description:
        'Why it was skipped (`overlap`, `missed`, `duplicate`), or the code of the error',
      examples: ['overlap'],
    }),
    runId: Type.Union([RunId, Type.Null()]),
    occasion: Type.Union([Type.String(), Type.Null()], {
      description: 'The scheduled time, or the id of the event',
    }),
    at: Instant,
  },
  { $id: 'TriggerHistoryEntry' },
)

export function viewEntry(entry: StoredEntry): Static<typeof TriggerHistoryEntry> {
  const { outcome, reason, runId, occasion, createdAt } = entry
  return { outcome, reason, runId, occasion, at: createdAt.toISOString() }
}
