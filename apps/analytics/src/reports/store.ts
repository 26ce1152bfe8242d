import type { ReportQuery, Tenant } from '@dure/contracts'
import type pg from 'pg'
import type { DayRange } from './range.ts'

export interface ReportPart {
  readonly tenant: Tenant
  readonly range: DayRange
  readonly groupBy: ReportQuery['groupBy']
  readonly workflowId: string | undefined
  readonly model: string | undefined
}

export interface ReportPage extends ReportPart {
  /** The key of the last row that was seen. */
  readonly after: string | undefined
  readonly limit: number
}

/** Sums as PostgreSQL writes them: they may be larger than a number can hold. */
export interface UsageSums {
  readonly key: string
  readonly started: string
  readonly completed: string
  readonly failed: string
  readonly cancelled: string
  /** Median and 95th percentile in milliseconds; null when no run has ended. */
  readonly duration_ms: readonly [number, number] | null
  readonly calls: string
  readonly failed_calls: string
  readonly input_tokens: string
  readonly output_tokens: string
}

export interface CostSums {
  readonly key: string
  readonly cost_micro_usd: string
  readonly calls: string
}

/** The sums of the whole part, and a page of them by key: all of one moment. */
export interface ReportSums<Sums> {
  readonly totals: Sums
  /** One more than `limit` when there are more. */
  readonly rows: readonly Sums[]
}

export interface ReportStore {
  usage(page: ReportPage): Promise<ReportSums<UsageSums>>
  costs(page: ReportPage): Promise<ReportSums<CostSums>>
}

export function createReportStore(pool: pg.Pool): ReportStore {
  async function query<Sums extends { readonly key: string }>(text: string, page: ReportPage) {
    const { tenant, range, workflowId, model, after, limit } = page
    const { rows } = await pool.query<Sums>(text, [
      tenant.organizationId,
      tenant.projectId,
      range.from,
      range.to,
      workflowId,
      model,
      after,
      limit + 2,
    ])
    const [totals, ...data] = rows
    if (!totals) throw new TypeError('A report without totals')
    return { totals, rows: data }
  }

  return {
    usage: (page) => query<UsageSums>(USAGE[page.groupBy], page),
    costs: (page) => query<CostSums>(COSTS[page.groupBy], page),
  }
}

const DAY = `to_char(day, 'YYYY-MM-DD')`
/** What runs and calls are grouped by. A run is of no model: asked for one, there are none to count. */
const KEYS = {
  day: { ofRun: DAY, ofCall: DAY },
  workflow: { ofRun: 'workflow_id', ofCall: 'workflow_id' },
  model: { ofRun: 'NULL::text', ofCall: 'model' },
} as const satisfies Record<ReportQuery['groupBy'], { ofRun: string; ofCall: string }>

// No fact has an empty key: it stands for all of them together, and sorts before them.
const SUM_UP = `GROUP BY GROUPING SETS ((key), ())`
const KEY = `CASE WHEN grouping(key) = 1 THEN '' ELSE key END AS key`

const PART = `
  organization_id = $1 AND project_id = $2 AND day BETWEEN $3::date AND $4::date
  AND ($5::text IS NULL OR workflow_id = $5)`

const runs = (groupBy: ReportQuery['groupBy']) => `
  SELECT ${KEY}, count(*) AS started,
         count(*) FILTER (WHERE status = 'completed') AS completed,
         count(*) FILTER (WHERE status IN ('failed', 'timed_out')) AS failed,
         count(*) FILTER (WHERE status = 'cancelled') AS cancelled,
         percentile_cont(ARRAY[0.5, 0.95]) WITHIN GROUP (ORDER BY duration_ms) AS duration_ms
    FROM (SELECT ${KEYS[groupBy].ofRun} AS key, status,
                 (extract(epoch FROM ended_at - started_at) * 1000)::float8 AS duration_ms
            FROM run_fact
           WHERE ${PART} AND $6::text IS NULL AND ${groupBy !== 'model'}) AS run
   ${SUM_UP}`

const calls = (groupBy: ReportQuery['groupBy']) => `
  SELECT ${KEY}, count(*) FILTER (WHERE NOT is_part) AS calls, count(error_code) AS failed_calls,
         sum(input_tokens) AS input_tokens, sum(output_tokens) AS output_tokens,
         sum(cost_micro_usd) AS cost_micro_usd
    FROM (SELECT ${KEYS[groupBy].ofCall} AS key, *
            FROM model_call_fact
           WHERE ${PART} AND ($6::text IS NULL OR model = $6)) AS call
   ${SUM_UP}`

const page = (groupBy: ReportQuery['groupBy']) => `
   WHERE key = '' OR $7::text IS NULL OR key COLLATE "C" ${groupBy === 'day' ? '<' : '>'} $7
   ORDER BY key <> '', key COLLATE "C" ${groupBy === 'day' ? 'DESC' : 'ASC'}
   LIMIT $8`

const usage = (groupBy: ReportQuery['groupBy']) => `
  WITH runs AS (${runs(groupBy)}), calls AS (${calls(groupBy)})
  SELECT key, coalesce(started, 0) AS started, coalesce(completed, 0) AS completed,
         coalesce(failed, 0) AS failed, coalesce(cancelled, 0) AS cancelled, duration_ms, coalesce(calls, 0) AS calls,
         coalesce(failed_calls, 0) AS failed_calls, coalesce(input_tokens, 0) AS input_tokens,
         coalesce(output_tokens, 0) AS output_tokens
    FROM runs FULL JOIN calls USING (key) ${page(groupBy)}`

const costs = (groupBy: ReportQuery['groupBy']) => `
  WITH calls AS (${calls(groupBy)})
  SELECT key, coalesce(cost_micro_usd, 0) AS cost_micro_usd, calls FROM calls ${page(groupBy)}`

const USAGE = { day: usage('day'), workflow: usage('workflow'), model: usage('model') }
const COSTS = { day: costs('day'), workflow: costs('workflow'), model: costs('model') }
