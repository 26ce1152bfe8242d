import { agentEventVersions, type TaskOutcome, type TaskRef } from '@dure/contracts'
import { createEventRegistry } from '@dure/kernel'
import type { Queryable, TraceHeaders } from '@dure/platform'
import type { Finish, Hold, Recording } from './effect.ts'
import { byKey } from './task-row.ts'

// By `ON CONFLICT`, and in the order of the keys, for the reasons that stand in `claim-store.ts`.
const FINISH = `
  WITH asked AS (
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::int[], $6::json[],
        $7::boolean[], $8::boolean[], $9::text[], $10::int[], $11::json[], $12::jsonb[])
      AS asked (task_key, organization_id, project_id, attempt, token, outcome, in_doubt,
        outcome_unknown, type, schema_version, data, meta)
  ), finished AS (
    INSERT INTO task_effect AS e
      (task_key, organization_id, project_id, attempt, token, tries, status, lease_until, trace,
        outcome, in_doubt, outcome_unknown, version)
    SELECT task_key, organization_id, project_id, attempt, token, 1, 'finished', now(), meta,
      outcome, in_doubt, outcome_unknown, 1
    FROM asked ORDER BY task_key
    ON CONFLICT (task_key) DO UPDATE SET
      status = 'finished',
      outcome = excluded.outcome,
      in_doubt = e.in_doubt OR excluded.in_doubt,
      outcome_unknown = excluded.outcome_unknown,
      version = e.version + 1,
      updated_at = now()
    WHERE e.token = excluded.token AND e.status = 'executing'
    RETURNING task_key, version, organization_id, project_id
  ), appended AS (
    INSERT INTO events
      (stream, version, type, schema_version, data, meta, organization_id, project_id)
    SELECT task_key, version, type, schema_version, data, meta, finished.organization_id,
      finished.project_id
    FROM finished JOIN asked USING (task_key)
  )
  SELECT task_key, version FROM finished`

const registry = createEventRegistry(agentEventVersions)

const FIND_TOKENS = 'SELECT task_key, token FROM task_effect WHERE task_key = ANY ($1)'

export interface FinishAsked {
  readonly task: TaskRef
  readonly hold: Hold
  readonly recording: Recording
  readonly trace: TraceHeaders
}

export async function finishAll(db: Queryable, asked: readonly FinishAsked[]): Promise<Finish[]> {
  const { rows } = await db.query<{ task_key: string; version: number }>({
    name: 'dure-finish',
    text: FINISH,
    values: [
      asked.map(({ hold }) => hold.taskKey),
      asked.map(({ task }) => task.tenant.organizationId),
      asked.map(({ task }) => task.tenant.projectId),
      asked.map(({ task }) => task.attempt),
      asked.map(({ hold }) => hold.token),
      asked.map(({ recording }) => JSON.stringify(recording.outcome)),
      asked.map(({ recording }) => recording.isInDoubt === true || isUnknown(recording.outcome)),
      asked.map(({ recording }) => isUnknown(recording.outcome)),
      asked.map(({ recording }) => recording.event.type),
      asked.map(({ recording }) => registry.versionOf(recording.event.type)),
      asked.map(({ recording: { event } }) => JSON.stringify({ ...event, type: undefined })),
      asked.map(({ trace }) => JSON.stringify(trace)),
    ],
  })
  const finished = byKey(rows)
  const others = asked.map(({ hold }) => hold.taskKey).filter((key) => !finished.has(key))
  const tokens = others.length === 0 ? NOTHING : byKey(await findTokens(db, others))
  return asked.map(({ hold: { taskKey, token } }) => {
    const version = finished.get(taskKey)?.version
    if (version !== undefined) return { state: 'finished', version }
    return { state: tokens.get(taskKey)?.token === token ? 'repeated' : 'superseded' }
  })
}

interface TokenRow {
  readonly task_key: string
  readonly token: number
}

async function findTokens(db: Queryable, keys: readonly string[]): Promise<TokenRow[]> {
  const { rows } = await db.query<TokenRow>({ text: FIND_TOKENS, values: [keys] })
  return rows
}

const NOTHING: ReadonlyMap<string, TokenRow> = new Map()

function isUnknown(outcome: TaskOutcome): boolean {
  return outcome.status === 'failed' && outcome.error.code === 'effect.outcome-unknown'
}
