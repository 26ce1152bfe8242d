-- Beneath what 20261127101000_row_level_security left out: see docs/adr/0024.
-- An entry is of a project. A chain, and what was signed of it, is of an organization: who adds to it names no project.
ALTER TABLE "audit_entry" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "audit_head" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "audit_signature" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "audit_entry"
  USING (organization_id = current_setting('dure.organization', true)
    AND (coalesce(current_setting('dure.project', true), '') IN ('', project_id)));
CREATE POLICY "tenant" ON "audit_head"
  USING (organization_id = current_setting('dure.organization', true));
CREATE POLICY "tenant" ON "audit_signature"
  USING (organization_id = current_setting('dure.organization', true));
-- Which chains have grown since they were signed is asked of all of them, and so is whether all are whole. To read.
CREATE POLICY "service" ON "audit_entry" FOR SELECT
  USING (current_setting('dure.scope', true) = 'service');
CREATE POLICY "service" ON "audit_head" FOR SELECT
  USING (current_setting('dure.scope', true) = 'service');
CREATE POLICY "service" ON "audit_signature" FOR SELECT
  USING (current_setting('dure.scope', true) = 'service');

ALTER TABLE "idempotency_key" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "idempotency_key"
  USING (organization_id = current_setting('dure.organization', true)
    AND (coalesce(current_setting('dure.project', true), '') IN ('', project_id)));
-- What is expired goes, whoever's it is.
CREATE POLICY "service" ON "idempotency_key" USING (current_setting('dure.scope', true) = 'service');

-- Processes of the build before run beside the new ones while those are deployed. They say neither tenant nor scope, and
-- are known by the name of their connections, which no new one has. To be dropped one release later.
CREATE POLICY "build_before" ON "audit_entry" USING (current_setting('application_name') = 'dure');
CREATE POLICY "build_before" ON "audit_head" USING (current_setting('application_name') = 'dure');
CREATE POLICY "build_before" ON "audit_signature" USING (current_setting('application_name') = 'dure');
CREATE POLICY "build_before" ON "idempotency_key" USING (current_setting('application_name') = 'dure');
