-- The model that makes the vectors of a base; without one, it is searched by words alone. Its vectors are all of one
-- length, which the first one decides.
ALTER TABLE "knowledge_base" ADD COLUMN "embedding_model" TEXT;
ALTER TABLE "knowledge_base" ADD COLUMN "embedding_dimensions" INTEGER;

-- Passages of the published version that have a vector, and why the others have none.
ALTER TABLE "document" ADD COLUMN "vector_count" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "document" ADD COLUMN "embedding_error_code" TEXT;
ALTER TABLE "document" ADD COLUMN "embedding_error_message" TEXT;

-- The direction of a passage: a scale as a float, then a byte per dimension; see libs/retrieval/src/vectors/quantise.ts.
CREATE TABLE "chunk_vector" (
    "chunk_id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "vector" BYTEA NOT NULL,

    CONSTRAINT "chunk_vector_pkey" PRIMARY KEY ("chunk_id")
);

ALTER TABLE "chunk_vector" ADD CONSTRAINT "chunk_vector_chunk_id_fkey" FOREIGN KEY ("chunk_id") REFERENCES "chunk"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What was paid for once: the vector of a text by SHA-256 of model, dimensions and text, in floats.
CREATE TABLE "embedding" (
    "organization_id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "vector" BYTEA NOT NULL,
    "used_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "embedding_pkey" PRIMARY KEY ("organization_id", "project_id", "id")
);

CREATE INDEX "embedding_used_at_idx" ON "embedding"("used_at");

-- As in the migration called row_level_security.
ALTER TABLE "chunk_vector" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "embedding" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "chunk_vector"
  USING (organization_id = current_setting('dure.organization', true)
    AND (coalesce(current_setting('dure.project', true), '') IN ('', project_id)));
CREATE POLICY "tenant" ON "embedding"
  USING (organization_id = current_setting('dure.organization', true)
    AND (coalesce(current_setting('dure.project', true), '') IN ('', project_id)));
CREATE POLICY "service" ON "chunk_vector" USING (current_setting('dure.scope', true) = 'service');
CREATE POLICY "service" ON "embedding" USING (current_setting('dure.scope', true) = 'service');
