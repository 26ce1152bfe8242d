-- Beneath the table of idempotency.sql: a request sees the keys of its own project. See docs/adr/0024.
ALTER TABLE idempotency_key ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON idempotency_key
  USING (organization_id = current_setting('dure.organization', true)
    AND (coalesce(current_setting('dure.project', true), '') IN ('', project_id)));
-- What is expired goes, whoever's it is.
CREATE POLICY service ON idempotency_key USING (current_setting('dure.scope', true) = 'service');
