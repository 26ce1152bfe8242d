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

ALTER POLICY "tenant" ON "events" USING (is_of_tenant(organization_id, project_id));
ALTER POLICY "tenant" ON "task_effect" USING (is_of_tenant(organization_id, project_id));
ALTER POLICY "tenant" ON "secret" USING (is_of_tenant(organization_id, project_id));
ALTER POLICY "tenant" ON "idempotency_key" USING (is_of_tenant(organization_id, project_id));
ALTER POLICY "service" ON "events" USING (is_for_every_tenant());
ALTER POLICY "service" ON "task_effect" USING (is_for_every_tenant());
ALTER POLICY "service" ON "secret" USING (is_for_every_tenant());
ALTER POLICY "service" ON "idempotency_key" USING (is_for_every_tenant());
ALTER POLICY "service" ON "commands" USING (is_for_every_tenant());
ALTER POLICY "service" ON "sealed_events" USING (is_for_every_tenant());
ALTER POLICY "service" ON "seal_head" USING (is_for_every_tenant());
ALTER POLICY "service" ON "relay_cursors" USING (is_for_every_tenant());
