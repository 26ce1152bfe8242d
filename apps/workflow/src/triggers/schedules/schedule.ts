import { type Static, Type } from 'typebox'
import { type StoredTrigger, TRIGGER_FIELDS } from '../trigger.ts'
import { CATCH_UP, type CatchUp, OVERLAP, type Overlap } from './firing.ts'

export const SaveSchedule = Type.Object(
  {
    ...TRIGGER_FIELDS,
    cron: Type.String({
      minLength: 9,
      maxLength: 200,
      description: 'Five fields, or six with seconds first; at the most every 10 s',
      examples: ['0 9 * * MON-FRI'],
    }),
    timeZone: Type.String({
      maxLength: 64,
      default: 'UTC',
      description: 'IANA name',
      examples: ['Asia/Seoul'],
    }),
    input: Type.Unknown({ default: {}, description: 'The input of every run' }),
    overlap: Type.Enum(OVERLAP, {
      default: 'skip',
      description: 'What to do when a run of this schedule still goes on',
    }),
    catchUp: Type.Enum(CATCH_UP, {
      default: 'last',
      description:
        'Of times that passed while nobody could start runs: leave them out, start the last, or start all, at most the last 100',
    }),
  },
  { additionalProperties: false, $id: 'SaveSchedule' },
)
export type SaveSchedule = Static<typeof SaveSchedule>

export interface StoredSchedule extends StoredTrigger {
  readonly cron: string
  readonly timeZone: string
  readonly input: unknown
  readonly overlap: Overlap
  readonly catchUp: CatchUp
  /** Null when it is disabled. */
  readonly dueAt: Date | null
}

/** A schedule that this process deals with, for now. */
export interface DueSchedule extends StoredSchedule {
  readonly dueAt: Date
  /** By the clock of PostgreSQL. */
  readonly now: Date
  /** Whether a run was already decided on for this time: then it has been started, or must be. */
  readonly begun: boolean
}
