-- Without a tenant no row is seen, with one only its own: see docs/adr/0024. FORCE, because the service owns its tables.
-- Partitions are reached through their parents, and have the policies of those.

-- Whether a row is shown: to whoever works for its project, or for all projects of its organization, and to what works for
-- every tenant. With `<>`, since PostgreSQL takes `=` for something that holds for few rows: it would plan as if hardly
-- any were shown.
CREATE FUNCTION is_of_tenant(organization text, project text) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE WHEN organization = current_setting('dure.organization', true)
    AND coalesce(current_setting('dure.project', true), '') IN ('', project) THEN 1 ELSE 0 END <> 0;
CREATE FUNCTION is_for_every_tenant() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE current_setting('dure.scope', true) WHEN 'service' THEN 1 ELSE 0 END <> 0;

ALTER TABLE "workflow" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "workflow_version" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "workflow_publication" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "workflow_alias" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "workflow_alias_change" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "run" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "run_commit" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "node_task" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "payload" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "node_cache" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "dead_letter" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "schedule" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "webhook_trigger" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "event_trigger" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "event_emitted" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "trigger_history" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "idempotency_key" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "webhook_endpoint" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "webhook_secret" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "event_delivery" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "variable" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "workflow" USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "tenant" ON "workflow_version" USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "tenant" ON "workflow_publication" USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "tenant" ON "workflow_alias" USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "tenant" ON "workflow_alias_change" USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "tenant" ON "run" USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "tenant" ON "run_commit" USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "tenant" ON "node_task" USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "tenant" ON "payload" USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "tenant" ON "node_cache" USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "tenant" ON "dead_letter" USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "tenant" ON "schedule" USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "tenant" ON "webhook_trigger" USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "tenant" ON "event_trigger" USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "tenant" ON "event_emitted" USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "tenant" ON "trigger_history" USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "tenant" ON "idempotency_key" USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "tenant" ON "webhook_endpoint" USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "tenant" ON "webhook_secret" USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "tenant" ON "event_delivery" USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "tenant" ON "variable" USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "service" ON "workflow" USING (is_for_every_tenant());
CREATE POLICY "service" ON "workflow_version" USING (is_for_every_tenant());
CREATE POLICY "service" ON "workflow_publication" USING (is_for_every_tenant());
CREATE POLICY "service" ON "workflow_alias" USING (is_for_every_tenant());
CREATE POLICY "service" ON "workflow_alias_change" USING (is_for_every_tenant());
CREATE POLICY "service" ON "run" USING (is_for_every_tenant());
CREATE POLICY "service" ON "run_commit" USING (is_for_every_tenant());
CREATE POLICY "service" ON "node_task" USING (is_for_every_tenant());
CREATE POLICY "service" ON "payload" USING (is_for_every_tenant());
CREATE POLICY "service" ON "node_cache" USING (is_for_every_tenant());
CREATE POLICY "service" ON "dead_letter" USING (is_for_every_tenant());
CREATE POLICY "service" ON "schedule" USING (is_for_every_tenant());
CREATE POLICY "service" ON "webhook_trigger" USING (is_for_every_tenant());
CREATE POLICY "service" ON "event_trigger" USING (is_for_every_tenant());
CREATE POLICY "service" ON "event_emitted" USING (is_for_every_tenant());
CREATE POLICY "service" ON "trigger_history" USING (is_for_every_tenant());
CREATE POLICY "service" ON "idempotency_key" USING (is_for_every_tenant());
CREATE POLICY "service" ON "webhook_endpoint" USING (is_for_every_tenant());
CREATE POLICY "service" ON "webhook_secret" USING (is_for_every_tenant());
CREATE POLICY "service" ON "event_delivery" USING (is_for_every_tenant());
CREATE POLICY "service" ON "variable" USING (is_for_every_tenant());

-- No columns of a tenant: only what works for all of them has business here.
ALTER TABLE "run_inbox" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "run_snapshot" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "sealed_commits" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "webhook_delivery" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "service" ON "run_inbox" USING (is_for_every_tenant());
CREATE POLICY "service" ON "run_snapshot" USING (is_for_every_tenant());
CREATE POLICY "service" ON "sealed_commits" USING (is_for_every_tenant());
CREATE POLICY "service" ON "webhook_delivery" USING (is_for_every_tenant());

-- Counted for an alias, and of the tenant whose alias it is.
ALTER TABLE "workflow_alias_outcome" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON "workflow_alias_outcome"
  USING (EXISTS (SELECT FROM workflow_alias WHERE workflow_alias.id = alias_id));

-- Processes of the build before run beside the new ones while those are deployed. They say neither tenant nor scope, and
-- are known by the name of their connections, which no new one has. To be dropped one release later.
CREATE POLICY "build_before" ON "workflow" USING (current_setting('application_name') = 'dure');
CREATE POLICY "build_before" ON "workflow_version" USING (current_setting('application_name') = 'dure');
CREATE POLICY "build_before" ON "workflow_publication" USING (current_setting('application_name') = 'dure');
CREATE POLICY "build_before" ON "workflow_alias" USING (current_setting('application_name') = 'dure');
CREATE POLICY "build_before" ON "workflow_alias_change" USING (current_setting('application_name') = 'dure');
CREATE POLICY "build_before" ON "run" USING (current_setting('application_name') = 'dure');
CREATE POLICY "build_before" ON "run_commit" USING (current_setting('application_name') = 'dure');
CREATE POLICY "build_before" ON "node_task" USING (current_setting('application_name') = 'dure');
CREATE POLICY "build_before" ON "payload" USING (current_setting('application_name') = 'dure');
CREATE POLICY "build_before" ON "node_cache" USING (current_setting('application_name') = 'dure');
CREATE POLICY "build_before" ON "dead_letter" USING (current_setting('application_name') = 'dure');
CREATE POLICY "build_before" ON "schedule" USING (current_setting('application_name') = 'dure');
CREATE POLICY "build_before" ON "webhook_trigger" USING (current_setting('application_name') = 'dure');
CREATE POLICY "build_before" ON "event_trigger" USING (current_setting('application_name') = 'dure');
CREATE POLICY "build_before" ON "event_emitted" USING (current_setting('application_name') = 'dure');
CREATE POLICY "build_before" ON "trigger_history" USING (current_setting('application_name') = 'dure');
CREATE POLICY "build_before" ON "idempotency_key" USING (current_setting('application_name') = 'dure');
CREATE POLICY "build_before" ON "webhook_endpoint" USING (current_setting('application_name') = 'dure');
CREATE POLICY "build_before" ON "webhook_secret" USING (current_setting('application_name') = 'dure');
CREATE POLICY "build_before" ON "event_delivery" USING (current_setting('application_name') = 'dure');
CREATE POLICY "build_before" ON "variable" USING (current_setting('application_name') = 'dure');
CREATE POLICY "build_before" ON "run_inbox" USING (current_setting('application_name') = 'dure');
CREATE POLICY "build_before" ON "run_snapshot" USING (current_setting('application_name') = 'dure');
CREATE POLICY "build_before" ON "sealed_commits" USING (current_setting('application_name') = 'dure');
CREATE POLICY "build_before" ON "webhook_delivery" USING (current_setting('application_name') = 'dure');
CREATE POLICY "build_before" ON "workflow_alias_outcome" USING (current_setting('application_name') = 'dure');
