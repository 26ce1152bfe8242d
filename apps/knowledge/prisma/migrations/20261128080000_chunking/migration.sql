-- Small passages that are found, of larger ones that are given: see apps/knowledge/src/ingestion/chunking.ts. A process of the build before
-- gives the small ones, and makes passages as before: their documents are made anew when it is gone.
ALTER TABLE "knowledge_base" ADD COLUMN "chunking" TEXT NOT NULL DEFAULT '',
                             ADD COLUMN "chunked" TEXT NOT NULL DEFAULT '';
ALTER TABLE "chunk" ADD COLUMN "chunking" TEXT NOT NULL DEFAULT '',
                    ADD COLUMN "parent_ordinal" INTEGER,
                    ADD COLUMN "parent_end" INTEGER,
                    ADD COLUMN "parent_text" TEXT;

-- What the sweep looks for: nearly none.
CREATE INDEX "knowledge_base_chunking_idx" ON "knowledge_base"("id") WHERE chunking <> chunked;
