-- What the store does in one round trip each. Old and new processes run side by side during a
-- deployment: a function with other arguments is a new function, and the old one stays for a release.
--
-- Their plans are made once per connection, for few rows of large tables, whatever statistics that lag
-- behind may say: planning such statements takes longer than executing them.

-- Commits the decisions of several runs. Each array of the first group has one element per run, and no
-- run is named twice. A run whose version is not the expected one, or whose id or idempotency key is
-- taken, is left out of the answer, and nothing of it is stored.
--
-- Locks runs in the order of the arguments, which is that of their ids, and before their tasks, as
-- record_results does.
CREATE FUNCTION commit_runs(
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
        lease_until)
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
        CASE WHEN NOT over AND owner IS NOT NULL THEN now() + lease_ms * interval '1 ms' END
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

-- Notes results of tasks that wait for them, and says which of those given (counted from 1) did. What
-- was cancelled is answered by any result: then it is over. `fresh`: may be used again by the cache.
CREATE FUNCTION record_results(
  run_ids text[], organization_ids text[], project_ids text[], paths text[], attempts int[],
  outcomes json[], fresh boolean[]
) RETURNS SETOF int
LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
AS $$
BEGIN
  -- Before the tasks, and even if none of them waits: whoever holds the run looks once too often.
  UPDATE run SET dirty = true
  FROM (
    SELECT DISTINCT * FROM unnest(run_ids, organization_ids, project_ids) AS g (id, org, prj)
    ORDER BY id
  ) r
  WHERE run.id = r.id AND run.organization_id = r.org AND run.project_id = r.prj
    AND run.lease_owner IS NOT NULL;

  RETURN QUERY
  WITH given AS (
    SELECT * FROM unnest(run_ids, organization_ids, project_ids, paths, attempts, outcomes, fresh)
      WITH ORDINALITY AS r (run_id, org, prj, path, attempt, outcome, fresh, n)
  ), stopped AS (
    DELETE FROM node_task t USING given r
    WHERE t.run_id = r.run_id AND t.path = r.path AND t.attempt = r.attempt
      AND t.organization_id = r.org AND t.project_id = r.prj AND t.status = 'cancelling'
  ), recorded AS (
    UPDATE node_task t SET status = 'done', outcome = r.outcome
    FROM given r
    WHERE t.run_id = r.run_id AND t.path = r.path AND t.attempt = r.attempt
      AND t.organization_id = r.org AND t.project_id = r.prj AND t.status = 'open'
    RETURNING r.n, r.outcome, r.org, r.prj, r.fresh, t.cache_key, t.cache_ttl_s
  ), cached AS (
    INSERT INTO node_cache (organization_id, project_id, key, outcome, expires_at)
    SELECT DISTINCT ON (c.org, c.prj, c.cache_key) c.org, c.prj, c.cache_key, c.outcome,
      now() + c.cache_ttl_s * interval '1 s'
    FROM recorded c WHERE c.fresh AND c.cache_key IS NOT NULL
    ORDER BY c.org, c.prj, c.cache_key, c.n
    ON CONFLICT (organization_id, project_id, key)
      DO UPDATE SET outcome = excluded.outcome, expires_at = excluded.expires_at
  )
  SELECT recorded.n::int FROM recorded;
END
$$;

-- Gives the events of committed commits their next places `g`, and says to how many commits; fewer than
-- `max_commits` when none is left. See docs/adr/0002-sealing-by-visibility.md.
--
-- All that the snapshot of the head shows is sealed. A call takes a newer snapshot as its target, and
-- seals what that shows beyond it, lowest `pos` first; when that is more than it may, the next calls
-- go on with the same target. Then the target is the snapshot of the head.
--
-- Nothing is lost: what a target does not show, however low its `pos`, is found by its `tx` later.
-- Nothing waits: however long a transaction takes, anywhere in the cluster, it holds up its own events.
-- Runs stay in order: whoever committed version n + 1 saw n, so wherever n + 1 shows, n does too, and
-- it has the lower `pos`. (By `tx` they would not: a transaction may have written before.)
-- A restored cluster counts its transactions anew, so the old numbers may be above its own. The first
-- call, which knows it by its `system_identifier`, seals all that is not in the sealed order.
--
-- Any role may call pg_control_system(). The advisory lock makes callers take turns and, unlike a
-- row lock, writes nothing when there is nothing to seal. A primary key stands behind it.
CREATE FUNCTION seal_commits(max_commits int) RETURNS int
LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off
AS $$
DECLARE
  head seal_head;
  cluster bigint := (SELECT system_identifier FROM pg_control_system());
  goal pg_snapshot;
  resumed boolean;
  found record;
  total int := 0;
BEGIN
  PERFORM pg_advisory_xact_lock('seal_head'::regclass::oid::bigint);
  SELECT * INTO STRICT head FROM seal_head;
  IF head.system_identifier <> cluster THEN RETURN seal_restored(head, cluster); END IF;
  LOOP
    resumed := head.target IS NOT NULL;
    goal := coalesce(head.target, pg_current_snapshot());

    WITH unseen AS (
      SELECT run_day, tx, pos, events_count FROM run_commit
      WHERE tx = ANY (ARRAY(SELECT pg_snapshot_xip(head.snapshot)))
      UNION ALL
      SELECT run_day, tx, pos, events_count FROM run_commit
      WHERE tx >= pg_snapshot_xmax(head.snapshot) AND tx < pg_snapshot_xmax(goal)
    ), unsealed AS (
      SELECT * FROM unseen
      WHERE pos > greatest(head.target_pos, head.floor_pos)
        AND pg_visible_in_snapshot(tx, goal)
      ORDER BY pos LIMIT max_commits - total
    )
    SELECT count(*)::int AS commits, sum(events_count) AS events, max(pos) AS pos,
      array_agg(run_day ORDER BY pos) AS days, array_agg(tx ORDER BY pos) AS txs,
      array_agg(pos ORDER BY pos) AS positions, array_agg(events_count ORDER BY pos) AS counts
    INTO found FROM unsealed;

    IF found.commits > 0 THEN
      INSERT INTO sealed_commits (first_g, last_g, days, txs, positions, counts) VALUES
        (head.g + 1, head.g + found.events, found.days, found.txs, found.positions, found.counts);
    END IF;
    total := total + found.commits;
    IF total = max_commits THEN
      UPDATE seal_head SET g = head.g + found.events, pos = greatest(head.pos, found.pos),
        target = goal, target_pos = found.pos;
    ELSIF found.commits > 0 OR resumed THEN
      UPDATE seal_head SET g = head.g + coalesce(found.events, 0),
        pos = greatest(head.pos, found.pos), snapshot = goal, target = NULL, target_pos = 0
      RETURNING * INTO head;
    END IF;
    EXIT WHEN total = max_commits OR NOT resumed;
  END LOOP;
  RETURN total;
END
$$;

-- What the old cluster had not sealed is above the head, or of a transaction that its snapshot does not
-- show; what this one has added is above the head. Afterwards the numbers of the old cluster say
-- nothing any more: this one will come to use them.
CREATE FUNCTION seal_restored(head seal_head, cluster bigint) RETURNS int
LANGUAGE plpgsql
AS $$
DECLARE
  found record;
BEGIN
  WITH unsealed AS (
    SELECT run_day, tx, pos, events_count FROM run_commit
    WHERE pos > head.pos OR NOT pg_visible_in_snapshot(tx, head.snapshot)
    EXCEPT
    SELECT s.* FROM sealed_commits c, unnest(c.days, c.txs, c.positions, c.counts) s
  )
  SELECT count(*)::int AS commits, coalesce(sum(events_count), 0) AS events,
    coalesce(max(pos), 0) AS pos, pg_current_snapshot() AS goal,
    array_agg(run_day ORDER BY pos) AS days, array_agg(tx ORDER BY pos) AS txs,
    array_agg(pos ORDER BY pos) AS positions, array_agg(events_count ORDER BY pos) AS counts,
    coalesce(
      (SELECT max(pos) FROM run_commit WHERE tx >= pg_snapshot_xmax(pg_current_snapshot())), 0
    ) AS foreign_pos
  INTO found FROM unsealed;
  IF found.commits > 0 THEN
    INSERT INTO sealed_commits (first_g, last_g, days, txs, positions, counts)
    VALUES (head.g + 1, head.g + found.events, found.days, found.txs, found.positions, found.counts);
  END IF;
  UPDATE seal_head SET g = head.g + found.events, pos = greatest(head.pos, found.pos),
    floor_pos = greatest(head.pos, found.foreign_pos), snapshot = found.goal,
    target = NULL, target_pos = 0, system_identifier = cluster;
  RETURN found.commits;
END
$$;
