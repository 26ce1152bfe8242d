-- The event store. Every event-sourced service puts this file, as it is, into a migration of its own.
--
-- `json`, not `jsonb`, for what others wrote: a fact is kept to the byte, so that a replay sees the
-- same key order, and the NUL and lone surrogate escapes that a model or a site may answer with do
-- not fail the transaction that records them.

CREATE TABLE events (
  stream text NOT NULL,
  version int NOT NULL,
  type text NOT NULL,
  schema_version int NOT NULL,
  data json NOT NULL,
  meta jsonb NOT NULL,
  organization_id text NOT NULL,
  project_id text NOT NULL,
  tx xid8 NOT NULL DEFAULT pg_current_xact_id(),
  pos bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT events_pkey PRIMARY KEY (stream, version)
);
CREATE UNIQUE INDEX events_pos_key ON events (pos);
CREATE INDEX events_tx_pos_idx ON events (tx, pos);

-- A row says that a command was carried out: the answer to its repetition, and to whoever lost the
-- connection during the commit.
CREATE TABLE commands (
  id text NOT NULL,
  stream text NOT NULL,
  result json NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT commands_pkey PRIMARY KEY (id)
);

-- The one order in which events are read across streams: dense, and never changed once given.
CREATE TABLE sealed_events (
  g bigint NOT NULL,
  pos bigint NOT NULL,
  CONSTRAINT sealed_events_pkey PRIMARY KEY (g)
);
CREATE UNIQUE INDEX sealed_events_pos_key ON sealed_events (pos);

-- One row. `pos` is the highest that is sealed; lower ones that are not come from transactions whose
-- work `snapshot` does not show: some were open when it was taken, the others began later.
CREATE TABLE seal_head (
  id int NOT NULL DEFAULT 1 CHECK (id = 1),
  g bigint NOT NULL DEFAULT 0,
  pos bigint NOT NULL DEFAULT 0,
  snapshot pg_snapshot NOT NULL DEFAULT pg_current_snapshot(),
  system_identifier bigint NOT NULL,
  CONSTRAINT seal_head_pkey PRIMARY KEY (id)
);
INSERT INTO seal_head (system_identifier) SELECT system_identifier FROM pg_control_system();

-- How far each consumer of the sealed order has come.
CREATE TABLE relay_cursors (
  consumer text NOT NULL,
  g bigint NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT relay_cursors_pkey PRIMARY KEY (consumer)
);

-- Gives the next `g` to each committed event that has none, lowest `pos` first, and says to how many.
--
-- Nothing is lost: a transaction that commits late leaves a `pos` below the head, and is found by its
-- `tx`, which is one of those that the snapshot of the last call does not show.
-- Nothing waits: however long a transaction takes, anywhere in the cluster, it holds up its own events.
-- Streams stay in order: whoever appended version n + 1 saw n, so n has the lower `pos` and is visible
-- wherever n + 1 is. (By `tx` they would not: a transaction may have written before it appended.)
-- A restored cluster counts its transactions anew, so the old numbers may be above its own. The first
-- call, which knows it by its `system_identifier`, looks at all of those; then its own snapshot counts.
--
-- Any role may call pg_control_system(). The advisory lock makes callers take turns and, unlike a
-- row lock, writes nothing when there is nothing to seal. A primary key stands behind it.
CREATE FUNCTION seal_events(max_events int) RETURNS int
LANGUAGE plpgsql
-- Few rows of large tables, whatever statistics that lag behind may say.
SET enable_hashjoin = off
SET enable_mergejoin = off
AS $$
DECLARE
  head seal_head;
  cluster bigint := (SELECT system_identifier FROM pg_control_system());
  same_cluster boolean;
  open_then xid8[];
  began_since xid8;
  sealed_count int;
BEGIN
  PERFORM pg_advisory_xact_lock('seal_head'::regclass::oid::bigint);
  SELECT * INTO STRICT head FROM seal_head;
  same_cluster := head.system_identifier = cluster;
  open_then := ARRAY(SELECT pg_snapshot_xip(head.snapshot));
  began_since := pg_snapshot_xmax(head.snapshot);

  WITH unseen AS (
    SELECT pos FROM events WHERE tx = ANY (open_then)
    UNION ALL
    SELECT pos FROM events
    WHERE tx >= began_since
      AND tx < CASE
        WHEN same_cluster THEN pg_snapshot_xmax(pg_current_snapshot())
        ELSE '18446744073709551615'::xid8
      END
  ), late AS (
    SELECT pos FROM unseen
    WHERE pos <= head.pos AND NOT EXISTS (SELECT FROM sealed_events s WHERE s.pos = unseen.pos)
    ORDER BY pos LIMIT max_events
  ), fresh AS (
    SELECT pos FROM events WHERE pos > head.pos ORDER BY pos LIMIT max_events
  ), unsealed AS (
    SELECT pos FROM late UNION ALL SELECT pos FROM fresh ORDER BY pos LIMIT max_events
  ), sealed AS (
    INSERT INTO sealed_events (g, pos)
    SELECT head.g + row_number() OVER (ORDER BY pos), pos FROM unsealed
    RETURNING pos
  ), done AS (
    -- With as many late ones as fit, there may be more: then look from the same place again.
    SELECT (SELECT count(*) FROM late) < max_events AS with_late,
           count(*) AS sealed, max(pos) AS pos
    FROM sealed
  )
  UPDATE seal_head SET
    g = head.g + done.sealed,
    pos = greatest(head.pos, done.pos),
    snapshot = CASE WHEN done.with_late THEN pg_current_snapshot() ELSE head.snapshot END,
    system_identifier = CASE WHEN done.with_late THEN cluster ELSE head.system_identifier END
  FROM done
  WHERE done.sealed > 0 OR NOT same_cluster
  RETURNING done.sealed INTO sealed_count;

  RETURN coalesce(sealed_count, 0);
END
$$;

-- The effect ledger: what became of each task, over all of its attempts and deliveries.
--
-- `outcome` is json, not jsonb, for the same reason as `data` above.

CREATE TYPE task_effect_status AS ENUM ('executing', 'finished');
CREATE TABLE task_effect (
  task_key text NOT NULL,
  organization_id text NOT NULL,
  project_id text NOT NULL,
  attempt int NOT NULL,
  token int NOT NULL,
  lease_until timestamptz NOT NULL,
  tries int NOT NULL,
  in_doubt boolean NOT NULL DEFAULT false,
  status task_effect_status NOT NULL,
  outcome json,
  version int NOT NULL DEFAULT 0,
  trace jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT task_effect_pkey PRIMARY KEY (task_key)
);
