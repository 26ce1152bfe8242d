import type { ExecutionEvent, ExecutionId, Tenant } from '@dure/contracts'
import { type EventStore, type Queryable, withTransaction } from '@dure/platform'
import type pg from 'pg'
import type { Hold, Renewal } from '../effects/effect.ts'
import { LeaseLostError } from '../effects/lease.ts'
import { answerIn, type ThreadLog } from '../threads/thread.ts'
import type { ExecutionState } from './execution.ts'
import { evolve, NOTHING_YET } from './execution.ts'
import {
  EXECUTION_COLUMNS,
  type Execution,
  type ExecutionRow,
  toExecution,
} from './execution-row.ts'
import type { SentCall } from './sent-calls.ts'
import type { Answer } from './store.ts'

/** An execution in the hands of one process. */
export interface Claimed {
  readonly execution: Execution
  readonly hold: Hold
  /** Claims since something was last recorded, this one included. */
  readonly tries: number
  readonly isCancelled: boolean
  /** Until its deadline; at most 0 when it is over. */
  readonly leftMs: number
}

/** What has happened, with the state that it happened in, and that which comes of it. */
export interface Recorded {
  readonly before: ExecutionState
  readonly after: ExecutionState
  readonly events: readonly ExecutionEvent[]
}

/** Which execution, and whose. */
export interface ExecutionRef {
  readonly id: ExecutionId
  readonly tenant: Tenant
}

/**
 * How executions are worked on. Time is PostgreSQL's. Whatever is recorded is fenced: by the token of the
 * claim, in the same transaction as the events, and by the version of the stream.
 */
export interface ExecutionWorkStore {
  /** @returns undefined when it is over, in other hands, or not there */
  claim(ref: ExecutionRef): Promise<Claimed | undefined>
  renew(hold: Hold): Promise<Renewal>
  /** Lets others have it at once; `counted: false` takes the try back, too. */
  release(hold: Hold, options: { readonly counted: boolean }): Promise<void>
  find(ref: ExecutionRef): Promise<Execution | undefined>
  /** From its beginning. */
  load(id: ExecutionId): Promise<ExecutionState>
  /**
   * In one statement; with the end of one that has succeeded, its answer stands in its thread.
   *
   * @throws LeaseLostError when somebody else has it; then nothing was recorded
   */
  append(of: Claimed, recorded: Recorded): Promise<void>
  /** What came from outside, and how many answers there were at that time. */
  answers(
    ref: ExecutionRef,
  ): Promise<{ readonly answers: readonly Answer[]; readonly seen: number }>
  /** Calls whose answers come from other services. */
  sent(id: ExecutionId): Promise<readonly SentCall[]>
  /**
   * Gives it up until something comes, or until it is time to look again.
   *
   * @returns false when something has come since: it is still held
   */
  wait(
    hold: Hold,
    until: { readonly seen: number; readonly nextMs?: number | undefined },
  ): Promise<boolean>
  /** Executions that somebody has to look after, which for a while are nobody else's to find. */
  due(limit: number): Promise<(ExecutionRef & Pick<Hold, 'token'>)[]>
  /** Those that are over, and whose origin was not told for a while. */
  untold(limit: number): Promise<Execution[]>
  told(id: ExecutionId): Promise<void>
}

const CLAIM = `
  UPDATE agent_execution SET token = token + 1, tries = tries + 1, status = 'running',
    lease_until = now() + $4 * interval '1 millisecond',
    wake_at = now() + $4 * interval '1 millisecond', started_at = coalesce(started_at, now())
  WHERE id = $1 AND organization_id = $2 AND project_id = $3 AND ended_at IS NULL
    AND lease_until <= now()
  RETURNING ${EXECUTION_COLUMNS}, token, tries, cancel_requested_at IS NOT NULL AS "isCancelled",
    (extract(epoch FROM deadline_at - now()) * 1000)::float8 AS "leftMs"`

const RENEW = `
  UPDATE agent_execution SET lease_until = now() + $3 * interval '1 millisecond',
    wake_at = now() + $3 * interval '1 millisecond'
  WHERE id = $1 AND token = $2 AND status = 'running'
  RETURNING cancel_requested_at IS NOT NULL AS cancelled`

const RELEASE = `
  UPDATE agent_execution SET lease_until = now(), tries = tries - $3, status = 'queued',
    wake_at = now() + interval '1 second'
  WHERE id = $1 AND token = $2 AND status = 'running'`

// Those two go with an append: `$1` is the id, `$2` the version before.
const HELD = `WHERE id = $1 AND token = $9 AND status = 'running' AND event_version = $2`
const RECORD = `
  UPDATE agent_execution SET event_version = $10, steps = $11, input_tokens = $12,
    output_tokens = $13, cost_micro_usd = $14, tries = 0,
    lease_until = now() + $15 * interval '1 millisecond',
    wake_at = now() + $15 * interval '1 millisecond'
  ${HELD}`
const END = `
  UPDATE agent_execution SET event_version = $10, steps = $11, input_tokens = $12,
    output_tokens = $13, cost_micro_usd = $14, status = $15, output = $16, partial = $17,
    error = $18, ended_at = now(), lease_until = now()
  ${HELD}`

const WAIT = `
  UPDATE agent_execution SET status = 'waiting', lease_until = now(), tries = 0,
    wake_at = least(deadline_at, now() + $4::float8 * interval '1 millisecond')
  WHERE id = $1 AND token = $2 AND answers = $3 AND cancel_requested_at IS NULL`

const SEEN =
  'SELECT answers FROM agent_execution WHERE id = $1 AND organization_id = $2 AND project_id = $3'
const ANSWERS = `
  SELECT call_id AS "callId", kind, answer FROM agent_execution_answer
  WHERE execution_id = $1 AND organization_id = $2 AND project_id = $3 ORDER BY created_at, call_id`

const SENT = `
  SELECT data ->> 'callId' AS "callId",
    (extract(epoch FROM now() - min(at)) * 1000)::float8 AS "firstMs",
    (extract(epoch FROM now() - max(at)) * 1000)::float8 AS "lastMs"
  FROM events WHERE stream = $1 AND type = 'execution.tool-sent' GROUP BY 1`

/** So long is an execution that was found nobody else's to find, and an end that was not told. */
const FOUND_MS = 5000

const DUE = `
  UPDATE agent_execution SET wake_at = now() + ${FOUND_MS} * interval '1 millisecond'
  WHERE id IN (
    SELECT id FROM agent_execution WHERE ended_at IS NULL AND wake_at <= now()
    ORDER BY wake_at LIMIT $1 FOR UPDATE SKIP LOCKED
  )
  RETURNING id, organization_id, project_id, token`

const UNTOLD = `
  SELECT ${EXECUTION_COLUMNS} FROM agent_execution
  WHERE ended_at < now() - ${FOUND_MS} * interval '1 millisecond' AND origin IS NOT NULL
    AND told_at IS NULL
  ORDER BY ended_at LIMIT $1`

type ClaimedRow = ExecutionRow & Omit<Claimed, 'execution' | 'hold'> & { readonly token: number }

const PAGE = 1000

export interface ExecutionWorkOptions {
  readonly pool: pg.Pool
  readonly threadLog: Pick<ThreadLog, 'append'>
  readonly events: Pick<EventStore, 'appendWith' | 'read'>
  readonly leaseMs: number
  /** Told of each append, when it is committed. */
  readonly changed?: (id: ExecutionId) => void
}

export function createExecutionWorkStore(options: ExecutionWorkOptions): ExecutionWorkStore {
  const { pool, events, threadLog, leaseMs, changed = () => {} } = options

  async function appendIn(client: Queryable, { hold, execution }: Claimed, recorded: Recorded) {
    const { before, after, events: happened } = recorded
    const { id: stream, tenant } = execution
    const appended = { stream, tenant, expectedVersion: before.version, events: happened }
    const isHeld = await events.appendWith(client, changeOf(hold, after, leaseMs), appended)
    if (!isHeld) throw new LeaseLostError(hold)
  }

  async function appended(claimed: Claimed, recorded: Recorded): Promise<void> {
    const { id: executionId, tenant, threadId } = claimed.execution
    const { ended, isTainted: isUntrusted } = recorded.after
    if (threadId === null || ended?.status !== 'succeeded') {
      return appendIn(pool, claimed, recorded)
    }
    await withTransaction(pool, async (client) => {
      await appendIn(client, claimed, recorded)
      // The end is recorded once, and with it, so is the answer.
      const said = [answerIn(ended.output, { isUntrusted })]
      await threadLog.append(client, { tenant, threadId }, { executionId, said })
    })
  }

  return {
    async claim(ref) {
      const query = { name: 'dure-claim-execution', text: CLAIM, values: [...place(ref), leaseMs] }
      const [row] = (await pool.query<ClaimedRow>(query)).rows
      if (!row) return undefined
      const { token, tries, isCancelled, leftMs, ...rest } = row
      const hold = { taskKey: row.id, token }
      return { execution: toExecution(rest), hold, tries, isCancelled, leftMs }
    },

    async renew({ taskKey, token }) {
      const values = [taskKey, token, leaseMs]
      const { rows } = await pool.query<{ cancelled: boolean }>({
        ...{ name: 'dure-renew-execution', text: RENEW, values },
      })
      if (!rows[0]) return 'lost'
      return rows[0].cancelled ? 'cancelled' : 'held'
    },

    release: async ({ taskKey, token }, { counted }) =>
      void (await pool.query(RELEASE, [taskKey, token, counted ? 0 : 1])),

    async find(ref) {
      const text = `SELECT ${EXECUTION_COLUMNS} FROM agent_execution
        WHERE id = $1 AND organization_id = $2 AND project_id = $3`
      const [row] = (await pool.query<ExecutionRow>(text, place(ref))).rows
      return row && toExecution(row)
    },

    async load(id) {
      let state = NOTHING_YET
      for (;;) {
        const page = await events.read(id, { afterVersion: state.version, limit: PAGE })
        // What is in the stream of an execution was recorded by `append`.
        for (const { type, data } of page)
          state = evolve(state, { ...data, type } as ExecutionEvent)
        if (page.length < PAGE) return state
      }
    },

    async append(claimed, recorded) {
      await appended(claimed, recorded)
      changed(claimed.execution.id)
    },

    async answers(ref) {
      const { rows } = await pool.query<{ answers: number }>(SEEN, place(ref))
      const found = await pool.query<Answer>(ANSWERS, place(ref))
      return { seen: rows[0]?.answers ?? 0, answers: found.rows }
    },

    sent: async (id) => (await pool.query<SentCall>(SENT, [id])).rows,

    async wait({ taskKey, token }, { seen, nextMs = null }) {
      return (await pool.query(WAIT, [taskKey, token, seen, nextMs])).rowCount === 1
    },

    async due(limit) {
      const { rows } = await pool.query<ClaimedRow>({ text: DUE, values: [limit] })
      return rows.map(refOf)
    },

    async untold(limit) {
      return (await pool.query<ExecutionRow>(UNTOLD, [limit])).rows.map(toExecution)
    },

    told: async (id) =>
      void (await pool.query('UPDATE agent_execution SET told_at = now() WHERE id = $1', [id])),
  }
}

function refOf({ id, token, ...row }: ClaimedRow): ExecutionRef & Pick<Hold, 'token'> {
  return { id, token, tenant: { organizationId: row.organization_id, projectId: row.project_id } }
}

function place({ id, tenant }: ExecutionRef): string[] {
  return [id, tenant.organizationId, tenant.projectId]
}

function changeOf({ token }: Hold, state: ExecutionState, leaseMs: number) {
  const { version, steps, usage, ended } = state
  const { inputTokens, outputTokens, costMicroUsd } = ended?.usage ?? usage
  const counted = [token, version, steps, inputTokens, outputTokens, costMicroUsd]
  if (!ended) {
    return { name: 'dure-record-execution', text: RECORD, values: [...counted, leaseMs] }
  }
  const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value))
  const { status, output, partial, error } = ended
  const result = [status, json(output), partial ?? null, json(error)]
  return { name: 'dure-end-execution', text: END, values: [...counted, ...result] }
}
