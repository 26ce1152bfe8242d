-- Without a tenant no row is seen, with one only its own: see docs/adr/0024. FORCE, because the service owns its tables.
-- Without a project: of all projects of the organization. `service`: of what works for every tenant, such as relays and sweeps.
ALTER TABLE "knowledge_base" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "document" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "chunk" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "idempotency_key" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "knowledge_base"
  USING (organization_id = current_setting('dure.organization', true)
    AND (coalesce(current_setting('dure.project', true), '') IN ('', project_id)));
CREATE POLICY "tenant" ON "document"
  USING (organization_id = current_setting('dure.organization', true)
    AND (coalesce(current_setting('dure.project', true), '') IN ('', project_id)));
CREATE POLICY "tenant" ON "chunk"
  USING (organization_id = current_setting('dure.organization', true)
    AND (coalesce(current_setting('dure.project', true), '') IN ('', project_id)));
CREATE POLICY "tenant" ON "idempotency_key"
  USING (organization_id = current_setting('dure.organization', true)
    AND (coalesce(current_setting('dure.project', true), '') IN ('', project_id)));
CREATE POLICY "service" ON "knowledge_base" USING (current_setting('dure.scope', true) = 'service');
CREATE POLICY "service" ON "document" USING (current_setting('dure.scope', true) = 'service');
CREATE POLICY "service" ON "chunk" USING (current_setting('dure.scope', true) = 'service');
CREATE POLICY "service" ON "idempotency_key" USING (current_setting('dure.scope', true) = 'service');

-- Processes of the build before run beside the new ones while those are deployed. They say neither tenant nor scope, and
-- are known by the name of their connections, which no new one has. To be dropped one release later.
CREATE POLICY "build_before" ON "knowledge_base" USING (current_setting('application_name') = 'dure');
CREATE POLICY "build_before" ON "document" USING (current_setting('application_name') = 'dure');
CREATE POLICY "build_before" ON "chunk" USING (current_setting('application_name') = 'dure');
CREATE POLICY "build_before" ON "idempotency_key" USING (current_setting('application_name') = 'dure');

-- Beneath a policy an index serves only comparisons that are leakproof, which those of an enumeration are not: the sweep
-- would read every document. What an index is made of is no comparison.
CREATE INDEX "document_unfinished_idx" ON "document" ("alive_at") WHERE status IN ('queued', 'ingesting');
