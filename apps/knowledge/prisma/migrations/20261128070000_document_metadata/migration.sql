-- What is said of a document, for filters: see apps/knowledge/src/documents/metadata.ts. A process of the build before does not filter: use
-- filters when that is gone. No index: indexes in memory hold it, and what is shown is looked up by id.
ALTER TABLE "document" ADD COLUMN "metadata" JSONB NOT NULL DEFAULT '{}',
                       ADD COLUMN "metadata_revision" INTEGER NOT NULL DEFAULT 0;

-- Which documents an evaluation searches; null: all.
ALTER TABLE "evaluation" ADD COLUMN "filter" JSONB;
