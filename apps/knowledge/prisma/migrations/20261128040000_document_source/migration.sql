-- Where the content of a document comes from, when it is not sent: an address that is asked once, or again and again.
-- A process of the build before may take up a document that has no content yet, in vain: it has failed with `document.empty`
-- until the address is asked the next time, or it is sent again.
CREATE TABLE "document_source" (
    "document_id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "every_s" INTEGER,
    "etag" TEXT,
    "last_modified" TEXT,
    "due_at" TIMESTAMPTZ(3) DEFAULT CURRENT_TIMESTAMP,
    "fetches" INTEGER NOT NULL DEFAULT 0,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "checked_at" TIMESTAMPTZ(3),
    "error_code" TEXT,
    "error_message" TEXT,

    CONSTRAINT "document_source_pkey" PRIMARY KEY ("document_id")
);

CREATE INDEX "document_source_due_at_idx" ON "document_source"("due_at");

ALTER TABLE "document_source" ADD CONSTRAINT "document_source_document_id_fkey" FOREIGN KEY ("document_id") REFERENCES "document"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- As in the migration called row_level_security.
ALTER TABLE "document_source" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "document_source"
  USING (organization_id = current_setting('dure.organization', true)
    AND (coalesce(current_setting('dure.project', true), '') IN ('', project_id)));
CREATE POLICY "service" ON "document_source" USING (current_setting('dure.scope', true) = 'service');
