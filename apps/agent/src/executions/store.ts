import type { AgentId, ExecutionId, Tenant } from '@dure/contracts'
import { currentTrace, type EventStore, type PageKey, withTransaction } from '@dure/platform'
import type { ModelMessage } from 'ai'
import type pg from 'pg'
import { MAX_AFTER_SUMMARY } from '../threads/summary.ts'
import {
  historyOf,
  NOTHING_SAID,
  saidIn,
  type ThreadLog,
  threadBusy,
  threadNotFound,
} from '../threads/thread.ts'
import {
  EXECUTION_COLUMNS,
  type Execution,
  type ExecutionRow,
  type ExecutionStatus,
  ownerOf,
  toExecution,
} from './execution-row.ts'

export type NewExecution = Pick<
  Execution,
  | 'id'
  | 'tenant'
  | 'agentId'
  | 'agentVersion'
  | 'threadId'
  | 'input'
  | 'origin'
  | 'caller'
  | 'keyId'
  | 'startedBy'
  | 'priority'
  | 'limits'
> & {
  /** Somebody outside may have written the input. */
  readonly isUntrusted: boolean
  /** So many messages of the thread is the model told before the input. */
  readonly maxHistory: number
  /** What is older is told as the summary of the thread says it; then all is told that was said since. */
  readonly isSummarised: boolean
  /** What of the thread the model may be told. @throws InvalidInputError `guardrail.blocked` */
  readonly guard: (history: readonly ModelMessage[]) => readonly ModelMessage[]
}

/** Something from outside that an execution waits for. */
export interface Answer {
  readonly callId: string
  readonly kind: 'result' | `decision:${string}`
  readonly answer: unknown
}

export interface ExecutionPage {
  readonly limit: number
  readonly after: PageKey | undefined
  readonly agentId?: AgentId | undefined
  readonly status?: ExecutionStatus | undefined
  readonly threadId?: string | undefined
}

/** Executions as requests start, read and change them. */
export interface ExecutionStore {
  /**
   * Once for each id, with its first event, and with its input in the thread.
   *
   * @returns whether it is a new one
   * @throws NotFoundError `thread.not-found`
   * @throws ConflictError `thread.busy` while another one has not ended
   * @throws InvalidInputError `guardrail.blocked`
   */
  insert(execution: NewExecution): Promise<{ execution: Execution; isNew: boolean } | undefined>
  find(tenant: Tenant, id: ExecutionId): Promise<Execution | undefined>
  /** Newest first. */
  page(tenant: Tenant, page: ExecutionPage): Promise<Execution[]>
  /** @returns undefined when there is none; one that is over stays as it is */
  requestCancel(tenant: Tenant, id: ExecutionId): Promise<Execution | undefined>
  /** Keeps it until the execution takes it. @returns what is kept: the first of its kind for this call */
  answer(tenant: Tenant, id: ExecutionId, answer: Answer): Promise<unknown>
}

/** Whoever has just sent the message that wakes it needs no help for so long. */
const GRACE_MS = 5000

const INSERT = `
  INSERT INTO agent_execution (organization_id, project_id, id, agent_id, agent_version, thread_id,
    input, origin, caller, key_id, started_by, priority, limits, deadline_at, trace, wake_at,
    event_version)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,
    now() + $14 * interval '1 millisecond', $15, now() + ${GRACE_MS} * interval '1 millisecond', 1)
  ON CONFLICT (id) DO NOTHING
  RETURNING ${EXECUTION_COLUMNS}`

const FIND = `
  SELECT ${EXECUTION_COLUMNS} FROM agent_execution
  WHERE organization_id = $1 AND project_id = $2 AND id = $3`

const SPEAKING = `
  SELECT 1 FROM agent_execution
  WHERE organization_id = $1 AND project_id = $2 AND thread_id = $3 AND id <> $4
    AND ended_at IS NULL
  LIMIT 1`

const PAGE = `
  SELECT ${EXECUTION_COLUMNS} FROM agent_execution
  WHERE organization_id = $1 AND project_id = $2
    AND ($3::timestamptz IS NULL OR (created_at, id) < ($3, $4))
    AND ($5::text IS NULL OR agent_id = $5) AND ($6::text IS NULL OR status = $6)
    AND ($7::text IS NULL OR thread_id = $7)
  ORDER BY created_at DESC, id DESC LIMIT $8`

const CANCEL = `
  UPDATE agent_execution SET cancel_requested_at = coalesce(cancel_requested_at, now()),
    wake_at = now() + ${GRACE_MS} * interval '1 millisecond'
  WHERE organization_id = $1 AND project_id = $2 AND id = $3 AND ended_at IS NULL`

/** In this order: who goes to sleep meanwhile waits for the row, and then sees that there is an answer. */
const NOTE_ANSWER = `
  UPDATE agent_execution SET answers = answers + 1,
    wake_at = least(wake_at, now() + ${GRACE_MS} * interval '1 millisecond')
  WHERE organization_id = $1 AND project_id = $2 AND id = $3 AND ended_at IS NULL`
const KEEP_ANSWER = `
  INSERT INTO agent_execution_answer
    (organization_id, project_id, execution_id, call_id, kind, answer)
  VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`
const FIND_ANSWER = `
  SELECT answer FROM agent_execution_answer
  WHERE organization_id = $1 AND project_id = $2 AND execution_id = $3 AND call_id = $4 AND kind = $5`

export function createExecutionStore(
  pool: pg.Pool,
  events: Pick<EventStore, 'append'>,
  threadLog: ThreadLog,
): ExecutionStore {
  const rowsOf = async (text: string, values: unknown[]) =>
    (await pool.query<ExecutionRow>(text, values)).rows.map(toExecution)

  const find: ExecutionStore['find'] = async (tenant, id) =>
    (await rowsOf(FIND, [...ownerOf(tenant), id]))[0]

  /** Whoever has the thread's row has it alone: nobody else begins, and no answer comes in between. */
  async function goOnWith(client: pg.PoolClient, { tenant, id, ...of }: NewExecution) {
    if (of.threadId === null) return NOTHING_SAID
    const thread = { tenant, threadId: of.threadId }
    if (!(await threadLog.lock(client, thread))) throw threadNotFound()
    const busy = await client.query(SPEAKING, [...ownerOf(tenant), of.threadId, id])
    if (busy.rowCount !== 0) throw threadBusy()
    const summary = of.isSummarised ? await threadLog.summary(client, thread) : undefined
    const after = summary?.upToPosition ?? 0
    const limit = of.isSummarised ? MAX_AFTER_SUMMARY : of.maxHistory
    return historyOf(await threadLog.newest(client, thread, { limit, after }), summary)
  }

  async function insertNew(client: pg.PoolClient, execution: NewExecution) {
    const { tenant, id, agentId, agentVersion, threadId, input } = execution
    const { messages, ...history } = await goOnWith(client, execution)
    const isUntrusted = execution.isUntrusted || history.isUntrusted
    const { rows } = await client.query<ExecutionRow>(INSERT, valuesOf(execution))
    if (!rows[0]) return undefined
    const started = {
      ...{
        type: 'execution.started',
        agentId,
        agentVersion,
        messages: [...execution.guard(messages), ...input],
      },
      ...(threadId !== null && { threadId }),
      ...(isUntrusted && { isUntrusted }),
    }
    await events.append(client, { stream: id, expectedVersion: 0, events: [started], tenant })
    if (threadId !== null) {
      await threadLog.append(
        client,
        { tenant, threadId },
        { executionId: id, said: saidIn(execution) },
      )
    }
    return rows[0]
  }

  return {
    find,

    async insert(execution) {
      // One that is asked for again stands in its thread already, and may have ended long ago.
      const begun = execution.threadId && (await find(execution.tenant, execution.id))
      if (begun) return { execution: begun, isNew: false }
      const row = await withTransaction(pool, (client) => insertNew(client, execution))
      if (row) return { execution: toExecution(row), isNew: true }
      const known = await find(execution.tenant, execution.id)
      return known && { execution: known, isNew: false }
    },

    page: (tenant, { limit, after, agentId, status, threadId }) =>
      rowsOf(PAGE, [
        ...ownerOf(tenant),
        ...[after?.createdAt ?? null, after?.id ?? null],
        ...[agentId ?? null, status ?? null, threadId ?? null, limit],
      ]),

    async requestCancel(tenant, id) {
      await pool.query(CANCEL, [...ownerOf(tenant), id])
      return find(tenant, id)
    },

    answer: (tenant, id, { callId, kind, answer }) =>
      withTransaction(pool, async (client) => {
        const place = [...ownerOf(tenant), id]
        await client.query(NOTE_ANSWER, place)
        await client.query(KEEP_ANSWER, [...place, callId, kind, JSON.stringify(answer)])
        const { rows } = await client.query(FIND_ANSWER, [...place, callId, kind])
        return rows[0]?.answer
      }),
  }
}

function valuesOf(execution: NewExecution): unknown[] {
  const { tenant, id, agentId, agentVersion, threadId, input, origin, caller } = execution
  const { keyId, startedBy, priority, limits } = execution
  const json = (value: unknown) => (value == null ? null : JSON.stringify(value))
  return [
    ...ownerOf(tenant),
    ...[id, agentId, agentVersion, threadId, json(input), json(origin), json(caller)],
    ...[keyId, startedBy, priority, json(limits), limits.timeoutMs, json(currentTrace())],
  ]
}
