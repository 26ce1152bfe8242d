-- Vectors of a base by another model, made beside those by which it is searched: see apps/knowledge/src/reindexing. A process of the build
-- before takes both for one: begin when that is gone.
ALTER TABLE "knowledge_base" ADD COLUMN "vector_build" TEXT NOT NULL DEFAULT '';
ALTER TABLE "chunk_vector" ADD COLUMN "build" TEXT NOT NULL DEFAULT '';
ALTER TABLE "chunk_vector" DROP CONSTRAINT "chunk_vector_pkey", ADD CONSTRAINT "chunk_vector_pkey" PRIMARY KEY ("chunk_id", "build");

-- The last one of each base. What it has made is in use when it is done, and removed when it failed or was cancelled.
CREATE TABLE "reindex" (
    "knowledge_base_id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "build" TEXT NOT NULL,
    "embedding_model" TEXT NOT NULL,
    "embedding_dimensions" INTEGER,
    "status" TEXT NOT NULL DEFAULT 'running',
    "done_count" INTEGER NOT NULL DEFAULT 0,
    "total_count" INTEGER NOT NULL,
    "error_code" TEXT,
    "error_message" TEXT,
    "fence" INTEGER NOT NULL DEFAULT 0,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3) DEFAULT CURRENT_TIMESTAMP,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "reindex_pkey" PRIMARY KEY ("knowledge_base_id")
);

CREATE INDEX "reindex_due_at_idx" ON "reindex"("due_at");

ALTER TABLE "reindex" ADD CONSTRAINT "reindex_knowledge_base_id_fkey" FOREIGN KEY ("knowledge_base_id") REFERENCES "knowledge_base"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- As in the migration called row_level_security.
ALTER TABLE "reindex" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "reindex" USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "service" ON "reindex" USING (is_for_every_tenant());
