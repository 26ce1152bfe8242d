-- What an engine outside holds of a knowledge base: apps/knowledge/src/stores/external/journal.ts.
CREATE TABLE "index_journal" (
    "knowledge_base_id" TEXT NOT NULL,
    "engine" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "organization_id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "generation" BIGINT,
    "is_whole" BOOLEAN NOT NULL,
    "change" TEXT NOT NULL,
    "written_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "index_journal_pkey" PRIMARY KEY ("knowledge_base_id", "engine", "sequence")
);

ALTER TABLE "index_journal" ADD CONSTRAINT "index_journal_knowledge_base_id_fkey" FOREIGN KEY ("knowledge_base_id") REFERENCES "knowledge_base"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- As in the migrations called row_level_security.
ALTER TABLE "index_journal" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "index_journal" USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "service" ON "index_journal" USING (is_for_every_tenant());
