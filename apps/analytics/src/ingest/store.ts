import type { EventSource, RecordedEvent } from '@dure/contracts'
import { withTransaction } from '@dure/platform'
import type pg from 'pg'
import { currentEvents, REGISTRIES, type Registries } from './current.ts'
import {
  COUNTED,
  type Facts,
  factsOf,
  type ModelCall,
  type RunEnd,
  type RunStart,
} from './facts.ts'

export interface IngestStore {
  /**
   * Takes in what was not taken in before, in one transaction: an event counts once, however often
   * and in whatever order it comes, and from however many processes.
   *
   * @returns the facts of the events that were new, and those events that it did not take in
   */
  record(source: EventSource, events: readonly RecordedEvent[]): Promise<Recorded>
}

export interface Recorded extends Facts {
  /** A newer build has recorded them, and this one does not know their form. */
  readonly newer: readonly RecordedEvent[]
}

// A crash of PostgreSQL may forget the last moments, `received` together with the facts: then they
// are missing, and are asked for again. So nobody waits for a disk while this row is locked.
const LOCK = `
  SELECT set_config('synchronous_commit', 'off', true),
         ARRAY(SELECT g::text FROM unnest($2::bigint[]) AS g WHERE NOT received @> g) AS fresh
    FROM source_progress WHERE source = $1 FOR UPDATE`

const ADD_SOURCE = `
  INSERT INTO source_progress (source, received, missing) VALUES ($1, '{}', '{}')
  ON CONFLICT (source) DO NOTHING`

const RECEIVE = `
  UPDATE source_progress
     SET received_at = now(),
         received = received + (SELECT range_agg(int8range(g, g, '[]')) FROM unnest($2::bigint[]) AS g)
   WHERE source = $1`

const START_RUNS = `
  INSERT INTO run_fact AS known
    (organization_id, project_id, run_id, workflow_id, version_id, started_at, day)
  SELECT organization_id, project_id, run_id, workflow_id, version_id, at, (at AT TIME ZONE 'UTC')::date
    FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[])
      AS started (organization_id, project_id, run_id, workflow_id, version_id, at)
  ON CONFLICT (organization_id, project_id, run_id) DO UPDATE
     SET workflow_id = excluded.workflow_id, version_id = excluded.version_id,
         started_at = excluded.started_at, day = excluded.day
   WHERE known.started_at IS NULL OR known.started_at > excluded.started_at`

const END_RUNS = `
  INSERT INTO run_fact AS known
    (organization_id, project_id, run_id, status, ended_at, ended_version, error_code, failed_node_id)
  SELECT *
    FROM unnest($1::text[], $2::text[], $3::text[], $4::run_status[], $5::timestamptz[], $6::int[],
                $7::text[], $8::text[])
  ON CONFLICT (organization_id, project_id, run_id) DO UPDATE
     SET status = excluded.status, ended_at = excluded.ended_at,
         ended_version = excluded.ended_version, error_code = excluded.error_code,
         failed_node_id = excluded.failed_node_id
   WHERE known.ended_version < excluded.ended_version`

const CALL_MODELS = `
  INSERT INTO model_call_fact
    (source, g, organization_id, project_id, run_id, workflow_id, node_id, attempt, model, at, day,
     input_tokens, output_tokens, cost_micro_usd, duration_ms, error_code, is_part)
  SELECT $1, g, organization_id, project_id, run_id, workflow_id, node_id, attempt, model, at,
         (at AT TIME ZONE 'UTC')::date, input_tokens, output_tokens, cost_micro_usd, duration_ms,
         error_code, is_part
    FROM unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::int[],
                $9::text[], $10::timestamptz[], $11::bigint[], $12::bigint[], $13::bigint[],
                $14::bigint[], $15::text[], $16::boolean[])
      AS called (g, organization_id, project_id, run_id, workflow_id, node_id, attempt, model, at,
                 input_tokens, output_tokens, cost_micro_usd, duration_ms, error_code, is_part)`

/** @param registries absent: of the events that this build knows */
export function createIngestStore(pool: pg.Pool, registries: Registries = REGISTRIES): IngestStore {
  return {
    record: (source, all) =>
      withTransaction(pool, async (client) => {
        const { events, newer } = currentEvents(all, COUNTED[source], registries[source])
        const fresh = await lockFresh(client, source, events)
        const facts = { ...factsOf(source, fresh), newer }
        if (fresh.length === 0) return facts
        await client.query(RECEIVE, [source, fresh.map(({ g }) => g)])
        await startRuns(client, facts.runStarts)
        await endRuns(client, facts.runEnds)
        await callModels(client, source, facts.modelCalls)
        return facts
      }),
  }
}

/** Until the end of the transaction, nobody else takes in events of this source. */
async function lockFresh(
  client: pg.PoolClient,
  source: EventSource,
  events: readonly RecordedEvent[],
): Promise<RecordedEvent[]> {
  const values = [source, events.map(({ g }) => g)]
  const lock = async () => (await client.query<{ fresh: string[] }>(LOCK, values)).rows[0]
  let locked = await lock()
  if (!locked) {
    await client.query(ADD_SOURCE, [source])
    locked = await lock()
  }
  const fresh = new Set(locked?.fresh.map(Number))
  // `delete` says whether it was there: of an event that is in the batch twice, one is taken.
  return events.filter(({ g }) => fresh.delete(g))
}

async function startRuns(client: pg.PoolClient, starts: readonly RunStart[]): Promise<void> {
  if (starts.length === 0) return
  await client.query(START_RUNS, [
    ...runColumns(starts),
    starts.map(({ workflowId }) => workflowId),
    starts.map(({ versionId }) => versionId),
    starts.map(({ at }) => at),
  ])
}

async function endRuns(client: pg.PoolClient, ends: readonly RunEnd[]): Promise<void> {
  if (ends.length === 0) return
  await client.query(END_RUNS, [
    ...runColumns(ends),
    ends.map(({ status }) => status),
    ends.map(({ at }) => at),
    ends.map(({ version }) => version),
    ends.map(({ errorCode }) => errorCode),
    ends.map(({ failedNodeId }) => failedNodeId),
  ])
}

async function callModels(
  client: pg.PoolClient,
  source: EventSource,
  calls: readonly ModelCall[],
): Promise<void> {
  if (calls.length === 0) return
  await client.query(CALL_MODELS, [
    source,
    calls.map(({ g }) => g),
    ...runColumns(calls),
    calls.map(({ workflowId }) => workflowId),
    calls.map(({ nodeId }) => nodeId),
    calls.map(({ attempt }) => attempt),
    calls.map(({ model }) => model),
    calls.map(({ at }) => at),
    calls.map(({ inputTokens }) => inputTokens),
    calls.map(({ outputTokens }) => outputTokens),
    calls.map(({ costMicroUsd }) => costMicroUsd),
    calls.map(({ durationMs }) => durationMs),
    calls.map(({ errorCode }) => errorCode),
    calls.map(({ isPart }) => isPart),
  ])
}

/** Organisation, project and run: the first three columns of every fact. */
function runColumns(facts: readonly (RunStart | RunEnd | ModelCall)[]): string[][] {
  return [
    facts.map(({ tenant }) => tenant.organizationId),
    facts.map(({ tenant }) => tenant.projectId),
    facts.map(({ runId }) => runId),
  ]
}
