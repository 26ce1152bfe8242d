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

ALTER POLICY "tenant" ON "audit_entry" USING (is_of_tenant(organization_id, project_id));
ALTER POLICY "tenant" ON "idempotency_key" USING (is_of_tenant(organization_id, project_id));
ALTER POLICY "tenant" ON "api_key" USING (is_of_tenant(organization_id, project_id));
ALTER POLICY "tenant" ON "service_principal" USING (is_of_tenant(organization_id, project_id));
ALTER POLICY "service" ON "audit_entry" USING (is_for_every_tenant());
ALTER POLICY "service" ON "audit_head" USING (is_for_every_tenant());
ALTER POLICY "service" ON "audit_signature" USING (is_for_every_tenant());
ALTER POLICY "service" ON "idempotency_key" USING (is_for_every_tenant());

-- What is of an organization, and of no project.
CREATE FUNCTION is_of_organization(organization text) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE organization WHEN current_setting('dure.organization', true) THEN 1 ELSE 0 END <> 0;
ALTER POLICY "tenant" ON "organization" USING (is_of_organization(id));
ALTER POLICY "tenant" ON "project" USING (is_of_organization(organization_id));
ALTER POLICY "tenant" ON "member" USING (is_of_organization(organization_id));
ALTER POLICY "tenant" ON "limit_policy" USING (is_of_organization(organization_id));
ALTER POLICY "tenant" ON "audit_head" USING (is_of_organization(organization_id));
ALTER POLICY "tenant" ON "audit_signature" USING (is_of_organization(organization_id));
