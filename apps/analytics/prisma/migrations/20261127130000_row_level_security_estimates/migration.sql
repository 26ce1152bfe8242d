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

ALTER POLICY "tenant" ON "run_fact" USING (is_of_tenant(organization_id, project_id));
ALTER POLICY "tenant" ON "model_call_fact" USING (is_of_tenant(organization_id, project_id));
ALTER POLICY "service" ON "run_fact" USING (is_for_every_tenant());
ALTER POLICY "service" ON "model_call_fact" USING (is_for_every_tenant());
ALTER POLICY "service" ON "source_progress" USING (is_for_every_tenant());
ALTER POLICY "service" ON "resend_request" USING (is_for_every_tenant());
