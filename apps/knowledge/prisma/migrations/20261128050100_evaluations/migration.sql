-- How well a knowledge base finds what people have judged to be the answers. Worked on in the background, a query at a
-- time: what has no result yet is still to be done.
CREATE TABLE "evaluation" (
    "id" TEXT NOT NULL,
    "knowledge_base_id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'queued',
    "modes" TEXT[],
    "query_count" INTEGER NOT NULL,
    "done_count" INTEGER NOT NULL DEFAULT 0,
    "outcome" JSONB,
    "error_code" TEXT,
    "error_message" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "alive_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "evaluation_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "evaluation_query" (
    "evaluation_id" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "organization_id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "labels" JSONB NOT NULL,
    "result" JSONB,

    CONSTRAINT "evaluation_query_pkey" PRIMARY KEY ("evaluation_id", "ordinal")
);

CREATE INDEX "evaluation_knowledge_base_id_created_at_id_idx" ON "evaluation"("knowledge_base_id", "created_at" DESC, "id" DESC);

ALTER TABLE "evaluation" ADD CONSTRAINT "evaluation_knowledge_base_id_fkey" FOREIGN KEY ("knowledge_base_id") REFERENCES "knowledge_base"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "evaluation_query" ADD CONSTRAINT "evaluation_query_evaluation_id_fkey" FOREIGN KEY ("evaluation_id") REFERENCES "evaluation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- One at a time per base, and what the sweep looks for.
CREATE UNIQUE INDEX "evaluation_under_way_idx" ON "evaluation"("knowledge_base_id") WHERE status IN ('queued', 'running');
CREATE INDEX "evaluation_unfinished_idx" ON "evaluation"("alive_at") WHERE status IN ('queued', 'running');

-- As in the migration called row_level_security.
ALTER TABLE "evaluation" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "evaluation_query" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "evaluation" USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "tenant" ON "evaluation_query" USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "service" ON "evaluation" USING (is_for_every_tenant());
CREATE POLICY "service" ON "evaluation_query" USING (is_for_every_tenant());
