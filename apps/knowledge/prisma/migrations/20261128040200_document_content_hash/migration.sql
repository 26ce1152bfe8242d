-- The same file under another name is found by its hash, and need not be parsed again.
CREATE INDEX "document_knowledge_base_id_content_hash_idx" ON "document"("knowledge_base_id", "content_hash");
