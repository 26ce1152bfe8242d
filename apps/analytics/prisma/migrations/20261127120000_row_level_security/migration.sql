-- Without a tenant no row is seen, with one only its own: see docs/adr/0024. FORCE, because the service owns its tables.
-- Without a project: of all projects of the organization. `service`: of what works for every tenant, such as relays and sweeps.
ALTER TABLE "run_fact" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "model_call_fact" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "run_fact"
  USING (organization_id = current_setting('dure.organization', true)
    AND (coalesce(current_setting('dure.project', true), '') IN ('', project_id)));
CREATE POLICY "tenant" ON "model_call_fact"
  USING (organization_id = current_setting('dure.organization', true)
    AND (coalesce(current_setting('dure.project', true), '') IN ('', project_id)));
CREATE POLICY "service" ON "run_fact" USING (current_setting('dure.scope', true) = 'service');
CREATE POLICY "service" ON "model_call_fact" USING (current_setting('dure.scope', true) = 'service');

-- No columns of a tenant: only what works for all of them has business here.
ALTER TABLE "source_progress" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "resend_request" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "service" ON "source_progress" USING (current_setting('dure.scope', true) = 'service');
CREATE POLICY "service" ON "resend_request" USING (current_setting('dure.scope', true) = 'service');

-- Processes of the build before run beside the new ones while those are deployed. They say neither tenant nor scope, and
-- are known by the name of their connections, which no new one has. To be dropped one release later.
CREATE POLICY "build_before" ON "run_fact" USING (current_setting('application_name') = 'dure');
CREATE POLICY "build_before" ON "model_call_fact" USING (current_setting('application_name') = 'dure');
CREATE POLICY "build_before" ON "source_progress" USING (current_setting('application_name') = 'dure');
CREATE POLICY "build_before" ON "resend_request" USING (current_setting('application_name') = 'dure');
