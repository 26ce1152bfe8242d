-- When somebody asks again for vectors that could not be had: see apps/knowledge/src/ingestion/late-vectors-store.ts. What a process of the build before
-- publishes without vectors is found when the next process starts.
ALTER TABLE "document" ADD COLUMN "embedding_attempts" INTEGER NOT NULL DEFAULT 0,
                       ADD COLUMN "embedding_retry_at" TIMESTAMPTZ(3),
                       ADD COLUMN "embedding_settings" TEXT;

-- Nearly none have one.
CREATE INDEX "document_embedding_retry_at_idx" ON "document"("embedding_retry_at") WHERE embedding_retry_at IS NOT NULL;
CREATE INDEX "document_embedding_error_code_idx" ON "document"("embedding_error_code") WHERE embedding_error_code IS NOT NULL;
