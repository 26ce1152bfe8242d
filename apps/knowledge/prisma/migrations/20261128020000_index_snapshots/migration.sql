-- Search indexes as they were, so that a process need not build one from its rows. All of it can be made again.
CREATE TABLE "blob_part" (
    "organization_id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "folder" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "part" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "blob_part_pkey" PRIMARY KEY ("folder", "name", "part")
);
-- Postings and vectors do not become smaller: compressing them would only take time.
ALTER TABLE "blob_part" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;

-- Per base the newest snapshot, and who writes the next one. Its blobs are removed before it is.
CREATE TABLE "index_snapshot" (
    "knowledge_base_id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "manifest" TEXT,
    "blobs" TEXT[] NOT NULL DEFAULT '{}',
    "writer" TEXT,
    "writing_until" TIMESTAMPTZ(3),

    CONSTRAINT "index_snapshot_pkey" PRIMARY KEY ("knowledge_base_id")
);
CREATE INDEX "index_snapshot_writing_until_idx" ON "index_snapshot"("writing_until");

ALTER TABLE "index_snapshot" ADD CONSTRAINT "index_snapshot_knowledge_base_id_fkey" FOREIGN KEY ("knowledge_base_id") REFERENCES "knowledge_base"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- As in the migration called row_level_security.
ALTER TABLE "blob_part" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "index_snapshot" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "blob_part"
  USING (organization_id = current_setting('dure.organization', true)
    AND (coalesce(current_setting('dure.project', true), '') IN ('', project_id)));
CREATE POLICY "tenant" ON "index_snapshot"
  USING (organization_id = current_setting('dure.organization', true)
    AND (coalesce(current_setting('dure.project', true), '') IN ('', project_id)));
CREATE POLICY "service" ON "blob_part" USING (current_setting('dure.scope', true) = 'service');
CREATE POLICY "service" ON "index_snapshot" USING (current_setting('dure.scope', true) = 'service');
