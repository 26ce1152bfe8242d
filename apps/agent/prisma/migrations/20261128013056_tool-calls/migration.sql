-- CreateEnum
CREATE TYPE "tool_call_status" AS ENUM ('executing', 'free', 'finished');

-- CreateTable
CREATE TABLE "tool_call" (
    "call_key" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "tool" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "token" INTEGER NOT NULL,
    "tries" INTEGER NOT NULL,
    "in_doubt" BOOLEAN NOT NULL DEFAULT false,
    "status" "tool_call_status" NOT NULL,
    "lease_until" TIMESTAMPTZ(6) NOT NULL,
    "outcome" JSON,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tool_call_pkey" PRIMARY KEY ("call_key")
);

-- Row level security: docs/adr/0024.
ALTER TABLE "tool_call" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "tool_call" USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "service" ON "tool_call" USING (is_for_every_tenant());
