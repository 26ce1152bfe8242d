-- CreateTable
CREATE TABLE "audit_entry" (
    "organization_id" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "content" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "project_id" TEXT NOT NULL,
    "principal_id" TEXT NOT NULL,
    "targets" TEXT[],

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("organization_id","seq")
);

-- CreateTable
CREATE TABLE "audit_head" (
    "organization_id" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "hash" BYTEA NOT NULL,
    "signed_seq" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "audit_head_pkey" PRIMARY KEY ("organization_id")
);

-- CreateTable
CREATE TABLE "audit_signature" (
    "organization_id" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "jws" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_signature_pkey" PRIMARY KEY ("organization_id","seq")
);

-- CreateIndex
CREATE INDEX "audit_entry_organization_id_project_id_seq_idx" ON "audit_entry"("organization_id", "project_id", "seq" DESC);

-- Whoever may write here may still not change what was written: the service neither, and nobody by mistake. Who can
-- remove this can be found out by the heads that were signed (apps/gateway/src/audit).
CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit entries are never changed' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON "audit_entry"
  FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER audit_entry_not_truncated BEFORE TRUNCATE ON "audit_entry"
  FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER audit_signature_append_only BEFORE UPDATE OR DELETE ON "audit_signature"
  FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER audit_signature_not_truncated BEFORE TRUNCATE ON "audit_signature"
  FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
