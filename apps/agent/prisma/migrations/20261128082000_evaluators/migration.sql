-- How answers of agents are scored. `json`, not `jsonb`: a schema is shown as it was written.
CREATE TABLE evaluator (
  id text NOT NULL,
  organization_id text NOT NULL,
  project_id text NOT NULL,
  name text NOT NULL,
  config json NOT NULL,
  revision int NOT NULL DEFAULT 1,
  created_by text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT evaluator_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX evaluator_name_key ON evaluator (organization_id, project_id, name);
CREATE INDEX evaluator_organization_id_project_id_created_at_id_idx
  ON evaluator (organization_id, project_id, created_at DESC, id DESC);

ALTER TABLE evaluator ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON evaluator USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "service" ON evaluator USING (is_for_every_tenant());
