-- CreateTable
CREATE TABLE "tool" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "input_schema" JSON NOT NULL,
    "effect" TEXT NOT NULL,
    "idempotent" BOOLEAN NOT NULL,
    "spec" JSON NOT NULL,
    "import_name" TEXT,
    "operation" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tool_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mcp_server" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "auth" JSON,
    "allowed_tools" JSON,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "refreshed_at" TIMESTAMPTZ(3),
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "mcp_server_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mcp_tool" (
    "server_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "definition" JSON NOT NULL,
    "hash" TEXT NOT NULL,
    "approved_hash" TEXT,
    "approved_definition" JSON,
    "effect" TEXT NOT NULL DEFAULT 'write',
    "approved_by" TEXT,
    "approved_at" TIMESTAMPTZ(3),

    CONSTRAINT "mcp_tool_pkey" PRIMARY KEY ("server_id","name")
);

-- CreateIndex
CREATE INDEX "tool_organization_id_project_id_created_at_id_idx" ON "tool"("organization_id", "project_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "tool_organization_id_project_id_import_name_idx" ON "tool"("organization_id", "project_id", "import_name");

-- CreateIndex
CREATE UNIQUE INDEX "tool_organization_id_project_id_name_key" ON "tool"("organization_id", "project_id", "name");

-- CreateIndex
CREATE INDEX "mcp_server_organization_id_project_id_created_at_id_idx" ON "mcp_server"("organization_id", "project_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "mcp_server_organization_id_project_id_name_key" ON "mcp_server"("organization_id", "project_id", "name");

-- AddForeignKey
ALTER TABLE "mcp_tool" ADD CONSTRAINT "mcp_tool_server_id_fkey" FOREIGN KEY ("server_id") REFERENCES "mcp_server"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Row level security: docs/adr/0024.
ALTER TABLE "tool" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "mcp_server" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "mcp_tool" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "tool" USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "tenant" ON "mcp_server" USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "tenant" ON "mcp_tool" USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "service" ON "tool" USING (is_for_every_tenant());
CREATE POLICY "service" ON "mcp_server" USING (is_for_every_tenant());
CREATE POLICY "service" ON "mcp_tool" USING (is_for_every_tenant());
