-- The tables of the engine: a commit of a run is one row of `run_commit` and one changed row of `run`.
--
-- `json`, not `jsonb`, for what others wrote: a fact is kept to the byte, so that a replay sees the
-- same key order, and the NUL and lone surrogate escapes that a model or a site may answer with do
-- not fail the statement that records them.

-- The day (UTC) on which a run was made, from the time in its id (UUIDv7, RFC 9562). All rows of a run
-- lie in the partitions of that day, so that they can be found, and later be dropped, together.
CREATE FUNCTION run_day(run_id text) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN DATE '1970-01-01' + (('x' || substr(run_id, 5, 12))::bit(48)::bigint / 86400000)::int;

-- Made anew, for the order of its columns: those that never change come first, those that change with
-- every commit come last. The log then holds only the end of the row.
ALTER TABLE run RENAME TO old_run;
ALTER TABLE old_run RENAME CONSTRAINT run_pkey TO old_run_pkey;

CREATE TABLE run (
  id text NOT NULL,
  organization_id text NOT NULL,
  project_id text NOT NULL,
  workflow_id text NOT NULL,
  version_id text NOT NULL,
  version_number int NOT NULL,
  input json NOT NULL,
  started_by text NOT NULL,
  idempotency_key text,
  request_hash text,
  trace jsonb NOT NULL,
  seed text NOT NULL,
  depth int NOT NULL DEFAULT 0,
  parent_run_id text,
  parent_path text,
  parent_attempt int,
  priority smallint NOT NULL DEFAULT 5,
  timeout_ms bigint NOT NULL,
  concurrency_key text,
  debounce_key text,
  labels jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  expires_at timestamptz(3),
  deadline_at timestamptz(3),
  status text NOT NULL,
  output json,
  error json,
  ended_at timestamptz(3),
  wake_at timestamptz(3),
  lease_owner text,
  cost_micro_usd bigint NOT NULL DEFAULT 0,
  version int NOT NULL,
  dirty boolean NOT NULL DEFAULT false,
  lease_until timestamptz(3)
) WITH (fillfactor = 80);

INSERT INTO run (id, organization_id, project_id, workflow_id, version_id, version_number, input,
  started_by, idempotency_key, request_hash, trace, seed, timeout_ms, created_at, deadline_at, status,
  output, error, ended_at, wake_at, cost_micro_usd, version)
SELECT id, organization_id, project_id, workflow_id, version_id, version_number, input,
  started_by, idempotency_key, request_hash, trace, replace(gen_random_uuid()::text, '-', ''),
  extract(epoch FROM deadline_at - created_at) * 1000, created_at, deadline_at, status,
  output, error, ended_at, CASE WHEN status = 'running' THEN deadline_at END, cost_micro_usd, version
FROM old_run;
DROP TABLE old_run;

ALTER TABLE run ADD CONSTRAINT run_pkey PRIMARY KEY (id);
CREATE INDEX run_organization_id_project_id_created_at_id_idx
  ON run (organization_id, project_id, created_at DESC, id DESC);
CREATE UNIQUE INDEX run_organization_id_project_id_idempotency_key_key
  ON run (organization_id, project_id, idempotency_key)
  WHERE idempotency_key IS NOT NULL;
CREATE INDEX run_parent ON run (parent_run_id) WHERE parent_run_id IS NOT NULL;
-- Not by its lease: a commit moves that, and an indexed column that changes costs a row in each index.
CREATE INDEX run_due ON run (wake_at)
  WHERE wake_at IS NOT NULL AND status IN ('queued', 'running', 'paused');
CREATE INDEX run_backlog ON run (organization_id, project_id, priority DESC, created_at)
  WHERE status = 'queued';
CREATE INDEX run_active ON run (organization_id, project_id)
  WHERE status IN ('running', 'paused');
CREATE INDEX run_concurrency ON run (organization_id, project_id, concurrency_key)
  WHERE concurrency_key IS NOT NULL AND status IN ('queued', 'running', 'paused');
CREATE INDEX run_debounce ON run (organization_id, project_id, debounce_key)
  WHERE debounce_key IS NOT NULL AND status = 'queued';

-- One commit of a run: all events that it added, from `first_version` on. Replaces the table `events`.
CREATE SEQUENCE run_commit_pos_seq AS bigint;
CREATE TABLE run_commit (
  run_day date NOT NULL,
  first_version int NOT NULL,
  tx xid8 NOT NULL DEFAULT pg_current_xact_id(),
  pos bigint NOT NULL DEFAULT nextval('run_commit_pos_seq'),
  at timestamptz(3) NOT NULL DEFAULT now(),
  events_count int NOT NULL,
  run_id text NOT NULL,
  organization_id text NOT NULL,
  project_id text NOT NULL,
  -- `[{"type": …, …}, …]`
  events json NOT NULL,
  -- W3C headers; null: those of the run.
  meta jsonb,
  CONSTRAINT run_commit_pkey PRIMARY KEY (run_day, run_id, first_version)
) PARTITION BY RANGE (run_day);
ALTER SEQUENCE run_commit_pos_seq OWNED BY run_commit.pos;
CREATE INDEX run_commit_tx_pos_idx ON run_commit (tx, pos);
-- Takes what has no partition of its own, so that nothing ever fails for the lack of one.
CREATE TABLE run_commit_default PARTITION OF run_commit DEFAULT;

-- What is outstanding, and what came back: the outbox and the inbox of a run. `open`: no result yet;
-- `done`: a result that the run has not taken in; `cancelling`: nobody waits, who executes it is told.
ALTER TABLE node_task RENAME TO old_node_task;
ALTER TABLE old_node_task RENAME CONSTRAINT node_task_pkey TO old_node_task_pkey;
CREATE TABLE node_task (
  run_id text NOT NULL,
  path text NOT NULL,
  attempt int NOT NULL,
  kind text NOT NULL,
  queue text,
  message text,
  key text,
  payload json,
  request json,
  child_run_id text,
  cache_key text,
  cache_ttl_s int,
  -- What a waiting node can be found by: an approval by its id, an event by what it is about.
  lookup text,
  organization_id text NOT NULL,
  project_id text NOT NULL,
  sent_at timestamptz(3) NOT NULL DEFAULT now(),
  resends smallint NOT NULL DEFAULT 0,
  status text NOT NULL DEFAULT 'open',
  outcome json
) WITH (fillfactor = 80);
INSERT INTO node_task (run_id, path, attempt, kind, queue, message, key, payload, organization_id,
  project_id, sent_at, status, outcome)
SELECT run_id, node_id, attempt, 'task', queue, message, key, payload, organization_id,
  project_id, sent_at, t.status, outcome
FROM old_node_task t JOIN run ON run.id = run_id WHERE t.status <> 'closed';
DROP TABLE old_node_task;
ALTER TABLE node_task ADD CONSTRAINT node_task_pkey PRIMARY KEY (run_id, path);
CREATE INDEX node_task_lookup ON node_task (lookup) WHERE lookup IS NOT NULL;
-- Neither column changes when a result comes, and what waits for people or events is not sent again.
CREATE INDEX node_task_sent ON node_task (sent_at) WHERE kind IN ('task', 'child');
CREATE INDEX node_task_waiting
  ON node_task (organization_id, project_id, kind, sent_at DESC, lookup DESC)
  WHERE kind IN ('approval', 'event');
CREATE INDEX node_task_child ON node_task (child_run_id) WHERE kind = 'child';

-- What was asked of a run from outside. Rows stay, so that the same is not done twice.
CREATE TABLE run_inbox (
  run_id text NOT NULL,
  id text NOT NULL,
  seq bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  command json NOT NULL,
  consumed boolean NOT NULL DEFAULT false,
  at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT run_inbox_pkey PRIMARY KEY (run_id, id)
);
CREATE INDEX run_inbox_open ON run_inbox (at) WHERE NOT consumed;

-- A cache: without it, a run is read from its first event on.
CREATE TABLE run_snapshot (
  run_id text NOT NULL,
  version int NOT NULL,
  -- Hash of the code that made it: another one cannot go on from it.
  reducer text NOT NULL,
  state json NOT NULL,
  CONSTRAINT run_snapshot_pkey PRIMARY KEY (run_id)
);

-- Data too large for an event, by its hash. Kept once for each day on which it was written.
CREATE TABLE payload (
  run_day date NOT NULL,
  organization_id text NOT NULL,
  project_id text NOT NULL,
  hash text NOT NULL,
  size int NOT NULL,
  body json NOT NULL,
  CONSTRAINT payload_pkey PRIMARY KEY (organization_id, project_id, hash, run_day)
) PARTITION BY RANGE (run_day);
CREATE TABLE payload_default PARTITION OF payload DEFAULT;

CREATE TABLE node_cache (
  organization_id text NOT NULL,
  project_id text NOT NULL,
  key text NOT NULL,
  -- The outcome that succeeded, with its output.
  outcome json NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  CONSTRAINT node_cache_pkey PRIMARY KEY (organization_id, project_id, key)
);
CREATE INDEX node_cache_expires_at_idx ON node_cache (expires_at);

CREATE TABLE dead_letter (
  id text NOT NULL,
  organization_id text NOT NULL,
  project_id text NOT NULL,
  run_id text,
  path text,
  queue text NOT NULL,
  message text NOT NULL,
  payload json NOT NULL,
  error json NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT now(),
  redriven_at timestamptz(3),
  CONSTRAINT dead_letter_pkey PRIMARY KEY (id)
);
CREATE INDEX dead_letter_organization_id_project_id_at_id_idx
  ON dead_letter (organization_id, project_id, at DESC, id DESC);

-- The one order in which events are read across runs: dense, and never changed once given. A row holds
-- the places of many commits, each with as many positions as it has events: `first_g` is that of the
-- first event of the first of them, `last_g` that of the last event of the last.
CREATE TABLE sealed_commits (
  last_g bigint NOT NULL,
  first_g bigint NOT NULL,
  days date[] NOT NULL,
  txs xid8[] NOT NULL,
  positions bigint[] NOT NULL,
  counts int[] NOT NULL,
  at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT sealed_commits_pkey PRIMARY KEY (last_g)
);

-- What was recorded so far, one event per commit, in the order in which it was sealed.
INSERT INTO run_commit (run_day, first_version, tx, pos, at, events_count, run_id,
  organization_id, project_id, events, meta)
SELECT run_day(stream), version, tx, nextval('run_commit_pos_seq'), at, 1, stream,
  organization_id, project_id,
  ('[{"type":' || to_json(type) || CASE data::text WHEN '{}' THEN '}]'
    ELSE ',' || substr(data::text, 2) || ']' END)::json, meta
FROM events LEFT JOIN sealed_events USING (pos) ORDER BY g NULLS LAST, pos;
INSERT INTO sealed_commits (first_g, last_g, days, txs, positions, counts)
SELECT min(g), max(g), array_agg(run_day ORDER BY g), array_agg(tx ORDER BY g),
  array_agg(pos ORDER BY g), array_agg(1 ORDER BY g)
FROM (SELECT *, row_number() OVER (ORDER BY pos) AS g FROM run_commit) c
GROUP BY (g - 1) / 500;
UPDATE seal_head SET g = (SELECT count(*) FROM run_commit), pos = (SELECT count(*) FROM run_commit),
  snapshot = pg_current_snapshot();

-- One row. `snapshot` shows whose commits are all sealed. `target` is set while those are sealed, in
-- several calls, that it shows beyond them: then all up to `target_pos` are. `pos`: the highest sealed.
-- `floor_pos`: up to there all is sealed, whatever `tx` says; it came from another cluster.
ALTER TABLE seal_head
  ADD COLUMN target pg_snapshot,
  ADD COLUMN target_pos bigint NOT NULL DEFAULT 0,
  ADD COLUMN floor_pos bigint NOT NULL DEFAULT 0;

DROP FUNCTION seal_events(int);
DROP TABLE sealed_events, commands, events;
