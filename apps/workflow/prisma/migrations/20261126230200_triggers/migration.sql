-- CreateTable
CREATE TABLE "schedule" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "workflow_id" TEXT NOT NULL,
    "version_number" INTEGER,
    "alias" TEXT,
    "cron" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "input" JSON NOT NULL,
    "overlap" TEXT NOT NULL,
    "catch_up" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL,
    "due_at" TIMESTAMPTZ(3),
    "claimed_until" TIMESTAMPTZ(3),
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "schedule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_trigger" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "workflow_id" TEXT NOT NULL,
    "version_number" INTEGER,
    "alias" TEXT,
    "token_hash" TEXT NOT NULL,
    "auth" JSONB NOT NULL,
    "secret" TEXT,
    "dedupe" JSONB NOT NULL,
    "debounce" JSONB,
    "respond" TEXT NOT NULL,
    "headers" TEXT[],
    "enabled" BOOLEAN NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "webhook_trigger_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_delivery" (
    "trigger_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "input" JSON,
    "run_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "webhook_delivery_pkey" PRIMARY KEY ("trigger_id","key")
);

-- CreateTable
CREATE TABLE "event_trigger" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "workflow_id" TEXT NOT NULL,
    "version_number" INTEGER,
    "alias" TEXT,
    "event_name" TEXT NOT NULL,
    "filter" TEXT,
    "enabled" BOOLEAN NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "event_trigger_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "event_emitted" (
    "organization_id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "correlation" TEXT,
    "payload" JSON NOT NULL,
    "request_hash" TEXT NOT NULL,
    "emitted_by" TEXT NOT NULL,
    "run_ids" TEXT[],
    "attempts" INTEGER NOT NULL DEFAULT 1,
    "claimed_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "event_emitted_pkey" PRIMARY KEY ("organization_id","project_id","id")
);

-- CreateTable
CREATE TABLE "trigger_history" (
    "id" BIGSERIAL NOT NULL,
    "trigger_id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "reason" TEXT,
    "run_id" TEXT,
    "occasion" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "trigger_history_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "schedule_organization_id_project_id_created_at_id_idx" ON "schedule"("organization_id", "project_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "schedule_due_at_idx" ON "schedule"("due_at");

-- CreateIndex
CREATE UNIQUE INDEX "webhook_trigger_token_hash_key" ON "webhook_trigger"("token_hash");

-- CreateIndex
CREATE INDEX "webhook_trigger_organization_id_project_id_created_at_id_idx" ON "webhook_trigger"("organization_id", "project_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "webhook_delivery_created_at_idx" ON "webhook_delivery"("created_at");

-- CreateIndex
CREATE INDEX "event_trigger_organization_id_project_id_created_at_id_idx" ON "event_trigger"("organization_id", "project_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "event_trigger_organization_id_project_id_event_name_idx" ON "event_trigger"("organization_id", "project_id", "event_name");

-- CreateIndex
CREATE INDEX "event_emitted_claimed_until_idx" ON "event_emitted"("claimed_until");

-- CreateIndex
CREATE INDEX "event_emitted_created_at_idx" ON "event_emitted"("created_at");

-- CreateIndex
CREATE INDEX "trigger_history_trigger_id_id_idx" ON "trigger_history"("trigger_id", "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "trigger_history_trigger_id_occasion_key" ON "trigger_history"("trigger_id", "occasion");
