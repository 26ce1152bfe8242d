import { NodeId } from '@dure/contracts'
import { type Static, Type } from 'typebox'
import type { Range } from './range.ts'
import type { RunCounts, WorkflowStats } from './store.ts'

const Count = Type.Integer({ minimum: 0 })
const Milliseconds = Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], {
  description: 'From the making of a run to its end; null when none has ended',
})

const counts = {
  runs: Count,
  byStatus: Type.Object({
    queued: Count,
    running: Count,
    paused: Count,
    completed: Count,
    failed: Count,
    cancelled: Count,
    timed_out: Count,
  }),
  successRate: Type.Union([Type.Number({ minimum: 0, maximum: 1 }), Type.Null()], {
    description:
      'Completed, of those that completed, failed or timed out; null when there are none',
  }),
  durationMsP50: Milliseconds,
  durationMsP95: Milliseconds,
  costMicroUsd: Type.Integer({ description: 'Micro-dollars: 1 USD = 1,000,000' }),
}

export const WorkflowStatsView = Type.Object(
  {
    from: Type.String({ format: 'date-time' }),
    to: Type.String({ format: 'date-time' }),
    ...counts,
    byDay: Type.Array(Type.Object({ day: Type.String({ format: 'date' }), ...counts }), {
      description: 'By the day (UTC) on which runs were made; days without any are left out',
    }),
    byVersion: Type.Array(Type.Object({ version: Type.Integer(), ...counts })),
    errors: Type.Array(Type.Object({ code: Type.String(), runs: Count }), { maxItems: 20 }),
    failingNodes: Type.Array(Type.Object({ nodeId: NodeId, runs: Count }), {
      maxItems: 20,
      description: 'Of the last 1000 runs that failed',
    }),
  },
  { $id: 'WorkflowStats' },
)

export function viewStats(
  { from, to }: Range,
  { total, byDay, byVersion, errors, failingNodes }: WorkflowStats,
): Static<typeof WorkflowStatsView> {
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    ...viewCounts(total),
    byDay: byDay.map(({ day, ...row }) => ({ day, ...viewCounts(row) })),
    byVersion: byVersion.map(({ version, ...row }) => ({ version, ...viewCounts(row) })),
    errors: [...errors],
    failingNodes: [...failingNodes],
  }
}

function viewCounts(row: RunCounts) {
  const { completed, failed, timed_out } = row.byStatus
  const ended = completed + failed + timed_out
  return { ...row, successRate: ended === 0 ? null : completed / ended }
}
