-- AlterTable
ALTER TABLE "api_key" ADD COLUMN     "roles" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "service_principal_id" TEXT;

-- AlterTable
ALTER TABLE "organization" ADD COLUMN     "revision" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "project" ADD COLUMN     "revision" INTEGER NOT NULL DEFAULT 1;

-- CreateTable
CREATE TABLE "member" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "email" TEXT,
    "external_subject" TEXT,
    "role" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "member_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "service_principal" (
    "id" TEXT NOT NULL,
    "organization_id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "disabled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "service_principal_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "member_organization_id_created_at_id_idx" ON "member"("organization_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "member_organization_id_email_key" ON "member"("organization_id", "email");

-- CreateIndex
CREATE UNIQUE INDEX "member_organization_id_external_subject_key" ON "member"("organization_id", "external_subject");

-- CreateIndex
CREATE INDEX "service_principal_organization_id_project_id_created_at_id_idx" ON "service_principal"("organization_id", "project_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "service_principal_organization_id_project_id_id_key" ON "service_principal"("organization_id", "project_id", "id");

-- CreateIndex
CREATE INDEX "project_organization_id_created_at_id_idx" ON "project"("organization_id", "created_at" DESC, "id" DESC);

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service_principal" ADD CONSTRAINT "service_principal_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "service_principal" ADD CONSTRAINT "service_principal_organization_id_project_id_fkey" FOREIGN KEY ("organization_id", "project_id") REFERENCES "project"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_organization_id_project_id_service_principal_id_fkey" FOREIGN KEY ("organization_id", "project_id", "service_principal_id") REFERENCES "service_principal"("organization_id", "project_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "member" ADD CONSTRAINT "member_is_somebody"
  CHECK (email IS NOT NULL OR external_subject IS NOT NULL);

-- What a principal may do is believed by every instance for some seconds, as with keys.
CREATE FUNCTION "record_principal_changes"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  PERFORM append_key_changes(ARRAY(SELECT id FROM before ORDER BY id));
  RETURN NULL;
END $$;

CREATE TRIGGER "member_changed" AFTER UPDATE ON "member"
  REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION "record_principal_changes"();
CREATE TRIGGER "member_deleted" AFTER DELETE ON "member"
  REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION "record_principal_changes"();
CREATE TRIGGER "service_principal_changed" AFTER UPDATE ON "service_principal"
  REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION "record_principal_changes"();
