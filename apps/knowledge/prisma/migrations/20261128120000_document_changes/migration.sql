-- Which documents of a base have become others for those who search: see apps/knowledge/src/search/changes-store.ts. One row for each
-- document that did since this migration, also for one that is gone. Processes of the build before read all documents instead.
CREATE TABLE "document_change" (
    "knowledge_base_id" TEXT NOT NULL,
    "document_id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "generation" BIGINT NOT NULL,
    "gone_at" TIMESTAMPTZ(3),

    CONSTRAINT "document_change_pkey" PRIMARY KEY ("knowledge_base_id", "document_id")
);

CREATE INDEX "document_change_knowledge_base_id_generation_idx" ON "document_change"("knowledge_base_id", "generation");

-- What the sweeper looks for: those that were deleted of late.
CREATE INDEX "document_change_gone_at_idx" ON "document_change"("gone_at") WHERE gone_at IS NOT NULL;

ALTER TABLE "document_change" ADD CONSTRAINT "document_change_knowledge_base_id_fkey" FOREIGN KEY ("knowledge_base_id") REFERENCES "knowledge_base"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Up to this generation, changes may be forgotten.
ALTER TABLE "knowledge_base" ADD COLUMN "changes_from" BIGINT NOT NULL DEFAULT 0;

-- As in the migration called row_level_security.
ALTER TABLE "document_change" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "document_change" USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "service" ON "document_change" USING (is_for_every_tenant());

-- At the end of a transaction: then it has raised the generation of the base, whose row it holds until it is over, so that
-- changes are visible in the order of their generations. By a trigger, so that no statement, of no build, can forget it.
CREATE FUNCTION "record_document_change"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO document_change (knowledge_base_id, document_id, organization_id, project_id, generation)
    SELECT id, NEW.id, organization_id, project_id, generation FROM knowledge_base WHERE id = NEW.knowledge_base_id
    ON CONFLICT (knowledge_base_id, document_id) DO UPDATE SET generation = excluded.generation;
    RETURN NULL;
  END IF;
  INSERT INTO document_change (knowledge_base_id, document_id, organization_id, project_id, generation, gone_at)
  SELECT id, OLD.id, organization_id, project_id, generation, now() FROM knowledge_base
   WHERE id = OLD.knowledge_base_id AND deleted_at IS NULL
  ON CONFLICT (knowledge_base_id, document_id) DO UPDATE SET generation = excluded.generation, gone_at = excluded.gone_at;
  -- Of a base that is deleted, nobody has to hear anything.
  IF NOT FOUND THEN
    DELETE FROM document_change WHERE knowledge_base_id = OLD.knowledge_base_id AND document_id = OLD.id;
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER "document_published" AFTER INSERT ON "document"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.published_version > 0)
  EXECUTE FUNCTION "record_document_change"();
CREATE CONSTRAINT TRIGGER "document_changed" AFTER UPDATE OF published_version, access, metadata_revision ON "document"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.published_version <> NEW.published_version
        OR (NEW.published_version > 0 AND (OLD.access <> NEW.access OR OLD.metadata_revision <> NEW.metadata_revision)))
  EXECUTE FUNCTION "record_document_change"();
CREATE CONSTRAINT TRIGGER "document_removed" AFTER DELETE ON "document"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.published_version > 0)
  EXECUTE FUNCTION "record_document_change"();
