-- Beneath the conditions of every query: without a tenant no row is seen, with one only its own. FORCE, because the
-- service owns its tables. Settings last until the end of a transaction; a setting that was never made, or has ended,
-- is NULL or empty, and equals nothing. See docs/adr/0022.
ALTER TABLE "organization" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "project" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "member" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "service_principal" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "api_key" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE "limit_policy" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

CREATE POLICY "tenant" ON "organization" USING (id = current_setting('dure.organization', true));
CREATE POLICY "tenant" ON "project"
  USING (organization_id = current_setting('dure.organization', true));
CREATE POLICY "tenant" ON "member"
  USING (organization_id = current_setting('dure.organization', true));
CREATE POLICY "tenant" ON "limit_policy"
  USING (organization_id = current_setting('dure.organization', true));
-- Without a project: of all projects of the organization.
CREATE POLICY "tenant" ON "service_principal"
  USING (organization_id = current_setting('dure.organization', true)
    AND (coalesce(current_setting('dure.project', true), '') IN ('', project_id)));
CREATE POLICY "tenant" ON "api_key"
  USING (organization_id = current_setting('dure.organization', true)
    AND (coalesce(current_setting('dure.project', true), '') IN ('', project_id)));

-- Who somebody is, is asked before their tenant is known: by one name, and only to read.
CREATE POLICY "look_up" ON "api_key" FOR SELECT
  USING (public_id = current_setting('dure.looked_up', true));
CREATE POLICY "look_up" ON "project" FOR SELECT
  USING (id = current_setting('dure.looked_up', true));

-- Keys of many tenants, each in the name of its own. In order, so that no two calls wait for each other.
CREATE FUNCTION "mark_keys_used"(organizations TEXT[], keys TEXT[]) RETURNS VOID LANGUAGE plpgsql AS $$
DECLARE
  tenant RECORD;
BEGIN
  FOR tenant IN
    SELECT organization, array_agg(key ORDER BY key) AS ids
      FROM unnest(organizations, keys) AS used (organization, key) GROUP BY organization ORDER BY organization
  LOOP
    PERFORM set_config('dure.organization', tenant.organization, true);
    PERFORM FROM api_key WHERE id = ANY (tenant.ids) ORDER BY id FOR NO KEY UPDATE;
    UPDATE api_key SET last_used_at = now() WHERE id = ANY (tenant.ids);
  END LOOP;
  PERFORM set_config('dure.organization', '', true);
END $$;
