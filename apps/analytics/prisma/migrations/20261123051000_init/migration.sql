-- CreateEnum
CREATE TYPE "run_status" AS ENUM ('running', 'completed', 'failed');

-- CreateTable
CREATE TABLE "source_progress" (
    "source" TEXT NOT NULL,
    "received" int8multirange NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "reported_head" BIGINT NOT NULL DEFAULT 0,
    "missing" int8multirange NOT NULL,
    "checked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "source_progress_pkey" PRIMARY KEY ("source")
);

-- CreateTable
CREATE TABLE "resend_request" (
    "source" TEXT NOT NULL,
    "from_g" BIGINT NOT NULL,
    "to_g" BIGINT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "resend_request_pkey" PRIMARY KEY ("source","from_g")
);

-- CreateTable
CREATE TABLE "run_fact" (
    "organization_id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "run_id" TEXT NOT NULL,
    "workflow_id" TEXT,
    "version_id" TEXT,
    "started_at" TIMESTAMPTZ(3),
    "day" DATE,
    "status" "run_status" NOT NULL DEFAULT 'running',
    "ended_at" TIMESTAMPTZ(3),
    "ended_version" INTEGER NOT NULL DEFAULT 0,
    "error_code" TEXT,
    "failed_node_id" TEXT,

    CONSTRAINT "run_fact_pkey" PRIMARY KEY ("organization_id","project_id","run_id")
);

-- CreateTable
CREATE TABLE "model_call_fact" (
    "source" TEXT NOT NULL,
    "g" BIGINT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "run_id" TEXT NOT NULL,
    "workflow_id" TEXT NOT NULL,
    "node_id" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "model" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "day" DATE NOT NULL,
    "input_tokens" BIGINT NOT NULL,
    "output_tokens" BIGINT NOT NULL,
    "cost_micro_usd" BIGINT NOT NULL,
    "duration_ms" BIGINT NOT NULL,
    "error_code" TEXT,

    CONSTRAINT "model_call_fact_pkey" PRIMARY KEY ("source","g")
);

-- CreateIndex
CREATE INDEX "run_fact_organization_id_project_id_day_idx" ON "run_fact"("organization_id", "project_id", "day");

-- CreateIndex
CREATE INDEX "model_call_fact_organization_id_project_id_day_idx" ON "model_call_fact"("organization_id", "project_id", "day");
