-- Words of a project, by which its documents and questions are read, beside those of the Korean dictionary.
CREATE TABLE "dictionary_entry" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "surface" TEXT NOT NULL,
    "normalised" TEXT NOT NULL,
    "parts" TEXT[],
    "tag" TEXT NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dictionary_entry_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "dictionary_entry_organization_id_project_id_normalised_key" ON "dictionary_entry"("organization_id", "project_id", "normalised");
CREATE INDEX "dictionary_entry_organization_id_project_id_created_at_id_idx" ON "dictionary_entry"("organization_id", "project_id", "created_at" DESC, "id" DESC);

-- Of all words of a project: a digest of them, which is part of the version of its analyzer, and the one that all its
-- documents have been made anew for.
CREATE TABLE "user_dictionary" (
    "organization_id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "version" TEXT,
    "renewed_version" TEXT,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "user_dictionary_pkey" PRIMARY KEY ("organization_id", "project_id")
);

-- The few whose documents are being made anew: a sweep asks for them every other second.
CREATE INDEX "user_dictionary_not_renewed_idx" ON "user_dictionary" ("changed_at") WHERE renewed_version IS DISTINCT FROM version;

-- As in the migration called row_level_security_estimates.
ALTER TABLE "dictionary_entry" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "user_dictionary" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "dictionary_entry" USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "tenant" ON "user_dictionary" USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "service" ON "dictionary_entry" USING (is_for_every_tenant());
CREATE POLICY "service" ON "user_dictionary" USING (is_for_every_tenant());
