import { type Static, Type } from 'typebox'
import { message, queue } from './define.ts'
import { WorkflowId } from './ids.ts'
import { Page, PageQuery } from './page.ts'
import { EventSource, RecordedEvent } from './recorded-event.ts'

/** How many events one message carries at the most. */
export const EVENTS_PER_MESSAGE = 100

export const analyticsQueue = queue('analytics', {
  'events.record': message(
    Type.Object({
      source: EventSource,
      events: Type.Array(RecordedEvent, { minItems: 1, maxItems: EVENTS_PER_MESSAGE }),
    }),
    ({ source, events }) => `${source}-${events.map(({ g }) => g).join('-')}`,
  ),
  /** How far a source has come: whoever has less knows that something is missing at the end. */
  'events.report-head': message(
    Type.Object({ source: EventSource, g: Type.Integer({ minimum: 0 }) }),
    ({ source, g }) => `${source}-${g}`,
  ),
})

function day(description: string) {
  return Type.String({
    format: 'date',
    pattern: '^[12][0-9]{3}-',
    description,
    examples: ['2026-11-23'],
  })
}

const REPORT_GROUPS = ['day', 'workflow', 'model'] as const

/** Which part of the facts a report is about, and which page of it. */
export const ReportQuery = Type.Object({
  limit: PageQuery.properties.limit,
  /** Longer than that of other lists: it may hold the name of a model. */
  cursor: Type.Optional(
    Type.String({ maxLength: 2000, description: '`nextCursor` of the page before' }),
  ),
  from: Type.Optional(day('First day, in UTC. Absent: 29 days before the last one')),
  to: Type.Optional(day('Last day, in UTC, and part of the range. Absent: today')),
  groupBy: Type.Enum(REPORT_GROUPS, { default: 'day' }),
  workflowId: Type.Optional(WorkflowId),
  model: Type.Optional(Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\u0000]+$' })),
})
export type ReportQuery = Static<typeof ReportQuery>

const Count = Type.Integer({ minimum: 0 })

const RunUsage = Type.Object(
  {
    started: Count,
    completed: Type.Integer({ minimum: 0, description: 'Of those that started' }),
    failed: Type.Integer({
      minimum: 0,
      description: 'Of those that started, those that took too long included',
    }),
    cancelled: Type.Integer({ minimum: 0, description: 'Of those that started' }),
    durationMs: Type.Union([Type.Object({ p50: Count, p95: Count }), Type.Null()], {
      description: 'Milliseconds, of those that ended; null when none has',
    }),
  },
  { $id: 'RunUsage', description: 'Runs, each counted on the day (UTC) on which it started' },
)

const ModelUsage = Type.Object(
  { calls: Count, failed: Count, inputTokens: Count, outputTokens: Count },
  { $id: 'ModelUsage', description: 'Calls of models, each counted on its day (UTC)' },
)

const key = Type.String({
  description:
    'As `groupBy` says: the day in UTC, the name of the model, or the id of the workflow or agent; without either, what it was for, such as `knowledge` or `helper`',
})

const usage = {
  runs: Type.Union([RunUsage, Type.Null()], {
    description: 'Null where a model is asked for: a run may call several, or none',
  }),
  modelCalls: ModelUsage,
}
const cost = {
  costMicroUsd: Type.Integer({
    minimum: 0,
    description: 'Whole micro-dollars: 1 USD = 1,000,000',
  }),
  modelCalls: Count,
}

const range = {
  from: day('First day, in UTC'),
  to: day('Last day, in UTC, and part of the range'),
  groupBy: Type.Enum(REPORT_GROUPS),
}

export const UsageRow = Type.Object({ key, ...usage }, { $id: 'UsageRow' })
export type UsageRow = Static<typeof UsageRow>

export const UsageReport = Type.Object(
  {
    ...range,
    ...Page(UsageRow, 'UsagePage').properties,
    totals: Type.Object(usage, { description: 'Of the whole range, not only of this page' }),
  },
  { $id: 'UsageReport', description: 'Days newest first; workflows and models by name' },
)
export type UsageReport = Static<typeof UsageReport>

export const CostRow = Type.Object({ key, ...cost }, { $id: 'CostRow' })
export type CostRow = Static<typeof CostRow>

export const CostReport = Type.Object(
  {
    ...range,
    currency: Type.Literal('USD'),
    ...Page(CostRow, 'CostPage').properties,
    totals: Type.Object(cost, { description: 'Of the whole range, not only of this page' }),
  },
  { $id: 'CostReport', description: 'Days newest first; workflows and models by name' },
)
export type CostReport = Static<typeof CostReport>
