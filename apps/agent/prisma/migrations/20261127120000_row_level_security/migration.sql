-- Without a tenant no row is seen, with one only its own: see docs/adr/0024. FORCE, because the service owns its tables.
-- Without a project: of all projects of the organization. `service`: of what works for every tenant, such as relays and sweeps.
ALTER TABLE "events" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "task_effect" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "secret" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "idempotency_key" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "events"
  USING (organization_id = current_setting('dure.organization', true)
    AND (coalesce(current_setting('dure.project', true), '') IN ('', project_id)));
CREATE POLICY "tenant" ON "task_effect"
  USING (organization_id = current_setting('dure.organization', true)
    AND (coalesce(current_setting('dure.project', true), '') IN ('', project_id)));
CREATE POLICY "tenant" ON "secret"
  USING (organization_id = current_setting('dure.organization', true)
    AND (coalesce(current_setting('dure.project', true), '') IN ('', project_id)));
CREATE POLICY "tenant" ON "idempotency_key"
  USING (organization_id = current_setting('dure.organization', true)
    AND (coalesce(current_setting('dure.project', true), '') IN ('', project_id)));
CREATE POLICY "service" ON "events" USING (current_setting('dure.scope', true) = 'service');
CREATE POLICY "service" ON "task_effect" USING (current_setting('dure.scope', true) = 'service');
CREATE POLICY "service" ON "secret" USING (current_setting('dure.scope', true) = 'service');
CREATE POLICY "service" ON "idempotency_key" USING (current_setting('dure.scope', true) = 'service');

-- No columns of a tenant: only what works for all of them has business here.
ALTER TABLE "commands" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "sealed_events" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "seal_head" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "relay_cursors" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "service" ON "commands" USING (current_setting('dure.scope', true) = 'service');
CREATE POLICY "service" ON "sealed_events" USING (current_setting('dure.scope', true) = 'service');
CREATE POLICY "service" ON "seal_head" USING (current_setting('dure.scope', true) = 'service');
CREATE POLICY "service" ON "relay_cursors" USING (current_setting('dure.scope', true) = 'service');

-- Processes of the build before run beside the new ones while those are deployed. They say neither tenant nor scope, and
-- are known by the name of their connections, which no new one has. To be dropped one release later.
CREATE POLICY "build_before" ON "events" USING (current_setting('application_name') = 'dure');
CREATE POLICY "build_before" ON "task_effect" USING (current_setting('application_name') = 'dure');
CREATE POLICY "build_before" ON "secret" USING (current_setting('application_name') = 'dure');
CREATE POLICY "build_before" ON "idempotency_key" USING (current_setting('application_name') = 'dure');
CREATE POLICY "build_before" ON "commands" USING (current_setting('application_name') = 'dure');
CREATE POLICY "build_before" ON "sealed_events" USING (current_setting('application_name') = 'dure');
CREATE POLICY "build_before" ON "seal_head" USING (current_setting('application_name') = 'dure');
CREATE POLICY "build_before" ON "relay_cursors" USING (current_setting('application_name') = 'dure');
