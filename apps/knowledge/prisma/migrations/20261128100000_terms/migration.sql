-- Terms of passages by another analyzer, made beside those by which their base is searched: see apps/knowledge/src/reanalysis. A process of
-- the build before reads the terms that passages have themselves, by the words that the project has now.
ALTER TABLE "knowledge_base" ADD COLUMN "analyzer_version" TEXT,
                             ADD COLUMN "terms_build" TEXT NOT NULL DEFAULT '',
                             ADD COLUMN "terms_mixed" BOOLEAN NOT NULL DEFAULT false;

-- What the sweep looks for: nearly none.
CREATE INDEX "knowledge_base_terms_mixed_idx" ON "knowledge_base"("id") WHERE terms_mixed;

CREATE TABLE "chunk_terms" (
    "chunk_id" TEXT NOT NULL,
    "analyzer_version" TEXT NOT NULL,
    "knowledge_base_id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "morphemes" TEXT[],
    "bigrams" TEXT[],
    "heading_morphemes" TEXT[],

    CONSTRAINT "chunk_terms_pkey" PRIMARY KEY ("chunk_id", "analyzer_version")
);

CREATE INDEX "chunk_terms_knowledge_base_id_idx" ON "chunk_terms"("knowledge_base_id");

ALTER TABLE "chunk_terms" ADD CONSTRAINT "chunk_terms_chunk_id_fkey" FOREIGN KEY ("chunk_id") REFERENCES "chunk"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The last one of each base.
CREATE TABLE "reanalysis" (
    "knowledge_base_id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "analyzer_version" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'running',
    "done_count" INTEGER NOT NULL DEFAULT 0,
    "total_count" INTEGER NOT NULL,
    "error_code" TEXT,
    "error_message" TEXT,
    "fence" INTEGER NOT NULL DEFAULT 0,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "after_name" TEXT NOT NULL DEFAULT '',
    "since" TIMESTAMPTZ(3),
    "pass_began_at" TIMESTAMPTZ(3),
    "due_at" TIMESTAMPTZ(6) DEFAULT CURRENT_TIMESTAMP,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "reanalysis_pkey" PRIMARY KEY ("knowledge_base_id")
);

CREATE INDEX "reanalysis_due_at_idx" ON "reanalysis"("due_at");

ALTER TABLE "reanalysis" ADD CONSTRAINT "reanalysis_knowledge_base_id_fkey" FOREIGN KEY ("knowledge_base_id") REFERENCES "knowledge_base"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Words of a project as they were, as long as a base is searched by them.
CREATE TABLE "kept_dictionary" (
    "organization_id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "words" JSONB NOT NULL,

    CONSTRAINT "kept_dictionary_pkey" PRIMARY KEY ("organization_id", "project_id", "version")
);

-- As in the migration called row_level_security.
ALTER TABLE "chunk_terms" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "reanalysis" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "kept_dictionary" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "chunk_terms" USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "tenant" ON "reanalysis" USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "tenant" ON "kept_dictionary" USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "service" ON "chunk_terms" USING (is_for_every_tenant());
CREATE POLICY "service" ON "reanalysis" USING (is_for_every_tenant());
CREATE POLICY "service" ON "kept_dictionary" USING (is_for_every_tenant());
