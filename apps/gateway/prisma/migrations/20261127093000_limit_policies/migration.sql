-- CreateTable
CREATE TABLE "limit_policy" (
    "organization_id" TEXT NOT NULL,
    "granted" JSONB NOT NULL DEFAULT '{}',
    "chosen" JSONB NOT NULL DEFAULT '{}',
    "revision" INTEGER NOT NULL DEFAULT 1,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "limit_policy_pkey" PRIMARY KEY ("organization_id")
);

-- AddForeignKey
ALTER TABLE "limit_policy" ADD CONSTRAINT "limit_policy_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
