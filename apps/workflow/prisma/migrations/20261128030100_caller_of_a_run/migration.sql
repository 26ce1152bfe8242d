-- For whom a run reads, as known when it was started: libs/contracts/src/identity.ts. A process of the build before says nothing of it.
ALTER TABLE run ADD COLUMN caller JSONB;

-- As it was, and it keeps the caller.
CREATE OR REPLACE FUNCTION commit_runs(
  run_ids text[], organization_ids text[], project_ids text[], expected int[], added int[],
  events json[], metas jsonb[], statuses text[], outputs json[], errors json[], costs bigint[],
  wakes_ms bigint[], owners text[], leases_ms int[], deadlines_ms bigint[],
  creations jsonb[], inputs json[],
  task_runs text[], task_paths text[], attempts int[], kinds text[], queues text[], messages text[],
  keys text[], payloads json[], requests json[], children text[], lookups text[],
  cache_keys text[], cache_ttls_s int[],
  folded_runs text[], folded_paths text[], cancelled_runs text[], cancelled_paths text[],
  consumed_runs text[], consumed_ids text[]
) RETURNS TABLE (id text, was_dirty boolean, now_ms float8)
LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
AS $$
#variable_conflict use_column
DECLARE
  held text[] := '{}';
  dirty_runs text[] := '{}';
  ended text[];
  created text[];
BEGIN
  IF array_remove(creations, NULL) <> '{}' THEN
    WITH made AS (
      INSERT INTO run (id, organization_id, project_id, workflow_id, version_id, version_number, input,
        started_by, idempotency_key, request_hash, trace, seed, depth, parent_run_id, parent_path,
        parent_attempt, priority, timeout_ms, concurrency_key, debounce_key, labels, expires_at,
        deadline_at, status, output, error, ended_at, wake_at, lease_owner, cost_micro_usd, version,
        lease_until, caller)
      SELECT c.id, organization_id, project_id, m->>'workflowId', m->>'versionId',
        (m->>'versionNumber')::int, input, m->>'startedBy', m->>'idempotencyKey', m->>'requestHash',
        m->'trace', m->>'seed', (m->>'depth')::int, m->'parent'->>'runId', m->'parent'->>'path',
        (m->'parent'->>'attempt')::int, (m->>'priority')::smallint, (m->>'timeoutMs')::bigint,
        m->>'concurrencyKey', m->>'debounceKey', m->'labels',
        now() + (m->>'ttlMs')::bigint * interval '1 ms', to_timestamp(deadline_ms / 1000.0),
        status, output, error, CASE WHEN over THEN now() END,
        CASE WHEN NOT over THEN least(
          to_timestamp(wake_ms / 1000.0),
          CASE WHEN owner IS NOT NULL THEN now() + lease_ms * interval '1 ms' END,
          CASE WHEN status = 'queued' THEN now() + (m->>'ttlMs')::bigint * interval '1 ms' END
        ) END,
        CASE WHEN NOT over THEN owner END, cost, added,
        CASE WHEN NOT over AND owner IS NOT NULL THEN now() + lease_ms * interval '1 ms' END,
        nullif(m->'caller', 'null')
      FROM (
        SELECT *, status NOT IN ('queued', 'running', 'paused') AS over
        FROM unnest(run_ids, organization_ids, project_ids, added, statuses, outputs, errors, costs,
          wakes_ms, owners, leases_ms, deadlines_ms, creations, inputs)
          AS c (id, organization_id, project_id, added, status, output, error, cost,
            wake_ms, owner, lease_ms, deadline_ms, m, input)
        WHERE m IS NOT NULL
      ) c
      ON CONFLICT DO NOTHING
      RETURNING run.id
    )
    SELECT coalesce(array_agg(made.id), '{}') INTO created FROM made;
    held := created;
  END IF;

  IF array_position(creations, NULL) IS NOT NULL THEN
    WITH changed AS (
      UPDATE run SET
        version = c.expected + c.added,
        status = c.status,
        output = c.output,
        error = c.error,
        cost_micro_usd = cost_micro_usd + c.cost,
        -- A command may come after the end: it is taken in, and the end stays when it was.
        ended_at = CASE WHEN over THEN coalesce(ended_at, now()) END,
        deadline_at = coalesce(to_timestamp(c.deadline_ms / 1000.0), deadline_at),
        dirty = false,
        lease_owner = CASE WHEN NOT over THEN c.owner END,
        lease_until = CASE WHEN NOT over AND c.owner IS NOT NULL
          THEN now() + c.lease_ms * interval '1 ms' END,
        -- A run that is held keeps an earlier time, if there is time left until then: whoever looks
        -- then finds the lease. So the index on it stays as it is.
        wake_at = CASE
          WHEN over THEN NULL
          WHEN c.owner IS NOT NULL AND wake_at >= now() + interval '5 s' AND wake_at <= least(
              to_timestamp(c.wake_ms / 1000.0), now() + c.lease_ms * interval '1 ms') THEN wake_at
          ELSE least(
            to_timestamp(c.wake_ms / 1000.0),
            CASE WHEN c.owner IS NOT NULL THEN now() + c.lease_ms * interval '1 ms' END,
            CASE WHEN c.status = 'queued' THEN expires_at END
          )
        END
      FROM (
        SELECT *, status NOT IN ('queued', 'running', 'paused') AS over
        FROM unnest(run_ids, expected, added, statuses, outputs, errors, costs, wakes_ms, owners,
          leases_ms, deadlines_ms, creations)
          AS c (id, expected, added, status, output, error, cost, wake_ms, owner,
            lease_ms, deadline_ms, creation)
        WHERE creation IS NULL
      ) c
      WHERE run.id = c.id AND run.version = c.expected
      RETURNING run.id, old.dirty
    )
    SELECT held || coalesce(array_agg(changed.id), '{}'),
      coalesce(array_agg(changed.id) FILTER (WHERE changed.dirty), '{}')
    INTO held, dirty_runs FROM changed;
  END IF;

  INSERT INTO run_commit (run_day, run_id, first_version, events_count, events, meta,
    organization_id, project_id)
  SELECT run_day(c.id), c.id, c.expected + 1, c.added, c.events, c.meta,
    c.organization_id, c.project_id
  FROM unnest(run_ids, organization_ids, project_ids, expected, added, events, metas)
    AS c (id, organization_id, project_id, expected, added, events, meta)
  WHERE c.id = ANY (held) AND c.added > 0;

  IF folded_runs <> '{}' THEN
    DELETE FROM node_task USING unnest(folded_runs, folded_paths) AS f (run_id, path)
    WHERE node_task.run_id = f.run_id AND node_task.path = f.path AND f.run_id = ANY (held);
  END IF;

  -- Who executes a task, or a child, is told to stop, until that is certain. Others have nobody.
  IF cancelled_runs <> '{}' THEN
    WITH stopped AS (
      UPDATE node_task SET status = 'cancelling', sent_at = now(), resends = 0
      FROM unnest(cancelled_runs, cancelled_paths) AS f (run_id, path)
      WHERE node_task.run_id = f.run_id AND node_task.path = f.path AND f.run_id = ANY (held)
        AND node_task.status = 'open' AND node_task.kind IN ('task', 'child')
    )
    DELETE FROM node_task USING unnest(cancelled_runs, cancelled_paths) AS f (run_id, path)
    WHERE node_task.run_id = f.run_id AND node_task.path = f.path AND f.run_id = ANY (held)
      AND NOT (node_task.status = 'open' AND node_task.kind IN ('task', 'child'));
  END IF;

  ended := ARRAY(
    SELECT c.id FROM unnest(run_ids, statuses, expected) AS c (id, status, expected)
    WHERE c.status NOT IN ('queued', 'running', 'paused') AND c.expected > 0 AND c.id = ANY (held)
  );
  IF ended <> '{}' THEN
    DELETE FROM node_task
    WHERE node_task.run_id = ANY (ended) AND node_task.status <> 'cancelling';
  END IF;

  IF task_runs <> '{}' THEN
    INSERT INTO node_task (run_id, path, attempt, kind, queue, message, key, payload, request,
      child_run_id, lookup, cache_key, cache_ttl_s, organization_id, project_id)
    SELECT t.run_id, t.path, t.attempt, t.kind, t.queue, t.message, t.key, t.payload, t.request,
      t.child_run_id, t.lookup, t.cache_key, t.cache_ttl_s, c.organization_id, c.project_id
    FROM unnest(task_runs, task_paths, attempts, kinds, queues, messages, keys, payloads, requests,
        children, lookups, cache_keys, cache_ttls_s)
      AS t (run_id, path, attempt, kind, queue, message, key, payload, request, child_run_id, lookup,
        cache_key, cache_ttl_s)
    JOIN unnest(run_ids, organization_ids, project_ids) AS c (id, organization_id, project_id)
      ON c.id = t.run_id
    WHERE t.run_id = ANY (held)
    ON CONFLICT (run_id, path) DO UPDATE SET
      attempt = excluded.attempt, kind = excluded.kind, queue = excluded.queue,
      message = excluded.message, key = excluded.key, payload = excluded.payload,
      request = excluded.request, child_run_id = excluded.child_run_id, lookup = excluded.lookup,
      cache_key = excluded.cache_key, cache_ttl_s = excluded.cache_ttl_s,
      sent_at = excluded.sent_at, resends = 0, status = 'open', outcome = NULL
    WHERE node_task.attempt < excluded.attempt;
  END IF;

  IF consumed_runs <> '{}' THEN
    UPDATE run_inbox SET consumed = true
    FROM unnest(consumed_runs, consumed_ids) AS f (run_id, id)
    WHERE run_inbox.run_id = f.run_id AND run_inbox.id = f.id AND f.run_id = ANY (held);
  END IF;

  RETURN QUERY SELECT h.id, h.id = ANY (dirty_runs),
      floor(extract(epoch FROM now()) * 1000)::float8
    FROM unnest(held) AS h (id);
END
$$;
