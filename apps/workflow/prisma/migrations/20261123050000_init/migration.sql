-- CreateTable
CREATE TABLE "workflow" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "draft" JSONB NOT NULL,
    "latest_version" INTEGER NOT NULL DEFAULT 0,
    "published_version" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workflow_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workflow_version" (
    "id" TEXT NOT NULL,
    "workflow_id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "graph" JSONB NOT NULL,
    "hash" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "workflow_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "run" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "workflow_id" TEXT NOT NULL,
    "version_id" TEXT NOT NULL,
    "version_number" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "input" JSON NOT NULL,
    "output" JSON,
    "error" JSON,
    "cost_micro_usd" BIGINT NOT NULL DEFAULT 0,
    "started_by" TEXT NOT NULL,
    "idempotency_key" TEXT,
    "request_hash" TEXT,
    "trace" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deadline_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "node_task" (
    "run_id" TEXT NOT NULL,
    "node_id" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "queue" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "payload" JSON NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'open',
    "outcome" JSON,
    "sent_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "node_task_pkey" PRIMARY KEY ("run_id","node_id")
);

-- CreateIndex
CREATE INDEX "workflow_organization_id_project_id_created_at_id_idx" ON "workflow"("organization_id", "project_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "workflow_version_workflow_id_number_key" ON "workflow_version"("workflow_id", "number");

-- CreateIndex
CREATE INDEX "run_organization_id_project_id_created_at_id_idx" ON "run"("organization_id", "project_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "run_status_deadline_at_idx" ON "run"("status", "deadline_at");

-- CreateIndex
CREATE UNIQUE INDEX "run_organization_id_project_id_idempotency_key_key" ON "run"("organization_id", "project_id", "idempotency_key");

-- CreateIndex
CREATE INDEX "node_task_status_sent_at_idx" ON "node_task"("status", "sent_at");

-- AddForeignKey
ALTER TABLE "workflow_version" ADD CONSTRAINT "workflow_version_workflow_id_fkey" FOREIGN KEY ("workflow_id") REFERENCES "workflow"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

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
