-- CreateEnum
CREATE TYPE "document_status" AS ENUM ('queued', 'ingesting', 'ready', 'failed');

-- CreateTable
CREATE TABLE "knowledge_base" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "generation" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "knowledge_base_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "document" (
    "id" TEXT NOT NULL,
    "knowledge_base_id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "content_hash" TEXT NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "status" "document_status" NOT NULL DEFAULT 'queued',
    "error_code" TEXT,
    "error_message" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "published_version" INTEGER NOT NULL DEFAULT 0,
    "chunk_count" INTEGER NOT NULL DEFAULT 0,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "alive_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "document_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "chunk" (
    "id" TEXT NOT NULL,
    "document_id" TEXT NOT NULL,
    "knowledge_base_id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "headings" TEXT[],
    "text" TEXT NOT NULL,
    "start_offset" INTEGER NOT NULL,
    "end_offset" INTEGER NOT NULL,
    "morphemes" TEXT[],
    "bigrams" TEXT[],
    "heading_morphemes" TEXT[],
    "analyzer_version" TEXT NOT NULL,

    CONSTRAINT "chunk_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "knowledge_base_organization_id_project_id_created_at_id_idx" ON "knowledge_base"("organization_id", "project_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "knowledge_base_deleted_at_idx" ON "knowledge_base"("deleted_at");

-- CreateIndex
CREATE INDEX "document_knowledge_base_id_created_at_id_idx" ON "document"("knowledge_base_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "document_status_alive_at_idx" ON "document"("status", "alive_at");

-- CreateIndex
CREATE UNIQUE INDEX "document_organization_id_project_id_knowledge_base_id_name_key" ON "document"("organization_id", "project_id", "knowledge_base_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "chunk_document_id_version_ordinal_key" ON "chunk"("document_id", "version", "ordinal");

-- AddForeignKey
ALTER TABLE "document" ADD CONSTRAINT "document_knowledge_base_id_fkey" FOREIGN KEY ("knowledge_base_id") REFERENCES "knowledge_base"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chunk" ADD CONSTRAINT "chunk_document_id_fkey" FOREIGN KEY ("document_id") REFERENCES "document"("id") ON DELETE CASCADE ON UPDATE CASCADE;
