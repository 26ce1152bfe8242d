import type {
  CostReport,
  CostRow,
  ReportQuery,
  Tenant,
  UsageReport,
  UsageRow,
} from '@dure/contracts'
import { InvalidInputError } from '@dure/kernel'
import { decodeCursor, encodeCursor } from '@dure/platform'
import { type DayRange, dayOf, isDay, rangeOf } from './range.ts'
import type { CostSums, ReportPage, ReportStore, ReportSums, UsageSums } from './store.ts'
import { wholeNumber } from './whole-number.ts'

/** @throws InvalidInputError `range.reversed`, `range.too-long`, `range.sum-too-large`, `page.invalid-cursor` */
export interface ReportService {
  usage(tenant: Tenant, query: ReportQuery): Promise<UsageReport>
  costs(tenant: Tenant, query: ReportQuery): Promise<CostReport>
}

export interface ReportServiceOptions {
  readonly store: ReportStore
  readonly now: () => number
}

export function createReportService({ store, now }: ReportServiceOptions): ReportService {
  const pageOf = (tenant: Tenant, query: ReportQuery) => reportPage(tenant, query, dayOf(now()))

  return {
    async usage(tenant, query) {
      const page = pageOf(tenant, query)
      const ofRuns = page.groupBy !== 'model' && page.model === undefined
      return reportOf(page, await store.usage(page), (sums) => usageRow(sums, ofRuns))
    },

    async costs(tenant, query) {
      const page = pageOf(tenant, query)
      const { from, to, groupBy, ...rest } = reportOf(page, await store.costs(page), costRow)
      return { from, to, groupBy, currency: 'USD', ...rest }
    },
  }
}

function reportPage(tenant: Tenant, query: ReportQuery, today: string): ReportPage {
  const { limit, groupBy, workflowId, model } = query
  const seen = query.cursor === undefined ? undefined : positionOf(query.cursor, groupBy)
  // A list that is paged through over midnight keeps the days that it began with.
  const range = rangeOf({ from: query.from ?? seen?.from, to: query.to ?? seen?.to }, today)
  return { tenant, range, groupBy, workflowId, model, limit, after: seen?.key }
}

interface Position extends DayRange {
  readonly key: string
}

function positionOf(cursor: string, groupBy: ReportQuery['groupBy']): Position {
  const [of, from = '', to = '', key = '', ...more] = decodeCursor(cursor)
  const ours = of === groupBy && isDay(from) && isDay(to) && more.length === 0
  if (!ours || key === '' || key.includes('\0')) {
    throw new InvalidInputError('page.invalid-cursor', 'Use `nextCursor` of the page before', [
      { pointer: '#/cursor', message: 'is not a cursor of this list' },
    ])
  }
  return { from, to, key }
}

function reportOf<Sums, Row extends { readonly key: string }>(
  { range: { from, to }, groupBy, limit }: ReportPage,
  { totals, rows }: ReportSums<Sums>,
  view: (sums: Sums) => Row,
) {
  const data = rows.slice(0, limit).map(view)
  const last = rows.length > limit ? data.at(-1) : undefined
  const { key: _, ...total } = view(totals)
  return {
    from,
    to,
    groupBy,
    data,
    nextCursor: last ? encodeCursor([groupBy, from, to, last.key]) : null,
    totals: total,
  }
}

function usageRow(sums: UsageSums, ofRuns: boolean): UsageRow {
  const [p50, p95] = sums.duration_ms ?? []
  const ended = p50 !== undefined && p95 !== undefined
  return {
    key: sums.key,
    runs: ofRuns
      ? {
          started: wholeNumber(sums.started),
          completed: wholeNumber(sums.completed),
          failed: wholeNumber(sums.failed),
          cancelled: wholeNumber(sums.cancelled),
          durationMs: ended ? { p50: wholeMs(p50), p95: wholeMs(p95) } : null,
        }
      : null,
    modelCalls: {
      calls: wholeNumber(sums.calls),
      failed: wholeNumber(sums.failed_calls),
      inputTokens: wholeNumber(sums.input_tokens),
      outputTokens: wholeNumber(sums.output_tokens),
    },
  }
}

function costRow({ key, cost_micro_usd, calls }: CostSums): CostRow {
  return { key, costMicroUsd: wholeNumber(cost_micro_usd), modelCalls: wholeNumber(calls) }
}

/** Never below nothing, whatever the clock of a database did between the two ends of a run. */
function wholeMs(ms: number): number {
  return Math.max(0, Math.round(ms))
}
