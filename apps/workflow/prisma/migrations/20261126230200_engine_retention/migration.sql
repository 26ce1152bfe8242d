-- Partitions of the coming days, and the end of old runs.

-- Makes those from yesterday up to `days_ahead` from today that are missing, and says how many. A day
-- whose rows lie in the default partition already stays there; one whose lock is taken is made by the
-- next call.
CREATE FUNCTION make_partitions(days_ahead int) RETURNS int
LANGUAGE plpgsql
SET lock_timeout = '2s'
AS $$
DECLARE
  today date := (now() AT TIME ZONE 'UTC')::date;
  made int := 0;
  day date;
  parent text;
  child text;
BEGIN
  PERFORM pg_advisory_xact_lock('run_commit'::regclass::oid::bigint);
  FOR day IN SELECT generate_series(today - 1, today + days_ahead, '1 day')::date LOOP
    FOREACH parent IN ARRAY ARRAY['run_commit', 'payload'] LOOP
      child := parent || to_char(day, '_YYYYMMDD');
      CONTINUE WHEN to_regclass(child) IS NOT NULL;
      BEGIN
        -- Attached, not made as a partition: whoever commits meanwhile does not wait.
        EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)',
          child, parent);
        EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
          parent, child, day, day + 1);
        made := made + 1;
      EXCEPTION WHEN check_violation OR lock_not_available THEN
        NULL;
      END;
    END LOOP;
  END LOOP;
  RETURN made;
END
$$;
SELECT make_partitions(3);

-- The least id that a run of this day can have.
CREATE FUNCTION first_run_id(day date) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN 'run_' || lpad(to_hex((day - DATE '1970-01-01') * 86400000::bigint), 12, '0');

-- Deletes up to `max_runs` runs that ended before a day (UTC), with all that only they use, except for
-- what the partitions of their days hold: those are dropped as a whole. Says how many runs.
CREATE FUNCTION delete_runs(before date, max_runs int) RETURNS int
LANGUAGE plpgsql
SET enable_seqscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
AS $$
DECLARE
  gone text[];
BEGIN
  WITH old AS (
    SELECT id FROM run
    WHERE id < first_run_id(before) AND ended_at < before::timestamp AT TIME ZONE 'UTC'
    ORDER BY id LIMIT max_runs FOR UPDATE SKIP LOCKED
  ), deleted AS (
    DELETE FROM run USING old WHERE run.id = old.id RETURNING run.id
  )
  SELECT coalesce(array_agg(id), '{}') INTO gone FROM deleted;
  DELETE FROM node_task WHERE run_id = ANY (gone);
  DELETE FROM run_inbox WHERE run_id = ANY (gone);
  DELETE FROM run_snapshot WHERE run_id = ANY (gone);
  DELETE FROM run_commit_default c USING unnest(gone) g (id)
  WHERE c.run_day = run_day(g.id) AND c.run_id = g.id;
  RETURN cardinality(gone);
END
$$;

-- The days before a day whose commits, or whose payloads, lie in a partition of their own.
CREATE FUNCTION partitioned_days(parent text, before date) RETURNS SETOF date
LANGUAGE sql STABLE
AS $$
  SELECT day FROM (
    SELECT to_date(right(c.relname, 8), 'YYYYMMDD') AS day
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = parent::regclass AND c.relname ~ '_[0-9]{8}$'
  ) d WHERE day < before ORDER BY day
$$;

-- Whether a consumer of the sealed order has not read all that was committed before a day (UTC).
CREATE FUNCTION unread_before(before date) RETURNS boolean
LANGUAGE sql STABLE
SET enable_seqscan = off
AS $$
  SELECT EXISTS (
    SELECT FROM relay_cursors WHERE g < (
      SELECT max(last_g) FROM sealed_commits WHERE at < before::timestamp AT TIME ZONE 'UTC'
    )
  ) OR EXISTS (SELECT FROM relay_cursors) AND EXISTS (
    SELECT FROM run_commit
    WHERE at < before::timestamp AT TIME ZONE 'UTC'
      AND pos > (SELECT greatest(floor_pos, target_pos) FROM seal_head)
      AND (tx = ANY (ARRAY(SELECT pg_snapshot_xip(snapshot) FROM seal_head))
        OR tx >= (SELECT pg_snapshot_xmax(snapshot) FROM seal_head))
  )
$$;

-- Drops the commits of one day. Runs of that day that are still there keep theirs: these move to the
-- default partition. Says false when it has to wait for a lock.
CREATE FUNCTION drop_commits(day date) RETURNS boolean
LANGUAGE plpgsql
SET lock_timeout = '1s'
SET enable_seqscan = off
AS $$
DECLARE
  part text := 'run_commit' || to_char(day, '_YYYYMMDD');
BEGIN
  EXECUTE format('ALTER TABLE run_commit DETACH PARTITION %I', part);
  EXECUTE format(
    'INSERT INTO run_commit_default
     SELECT c.* FROM run JOIN %I c ON c.run_day = %L AND c.run_id = run.id
     WHERE run.id >= first_run_id(%L) AND run.id < first_run_id(%L)',
    part, day, day, day + 1);
  EXECUTE format('DROP TABLE %I', part);
  RETURN true;
EXCEPTION WHEN lock_not_available THEN
  RETURN false;
END
$$;

-- Drops the payloads of one day, unless a run of that day or before is still there.
CREATE FUNCTION drop_payloads(day date) RETURNS boolean
LANGUAGE plpgsql
SET lock_timeout = '1s'
AS $$
BEGIN
  IF EXISTS (SELECT FROM run WHERE id < first_run_id(day + 1)) THEN RETURN false; END IF;
  EXECUTE format('DROP TABLE %I', 'payload' || to_char(day, '_YYYYMMDD'));
  RETURN true;
EXCEPTION WHEN lock_not_available THEN
  RETURN false;
END
$$;
