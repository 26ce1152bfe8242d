-- Variables of projects: what `vars` of a new run begins with. `json`, not `jsonb`: a run gets the value
-- as it was written.
CREATE TABLE variable (
  id text NOT NULL,
  organization_id text NOT NULL,
  project_id text NOT NULL,
  name text NOT NULL,
  value json NOT NULL,
  description text NOT NULL,
  revision int NOT NULL DEFAULT 1,
  created_by text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT variable_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX variable_organization_id_project_id_name_key
  ON variable (organization_id, project_id, name);
CREATE INDEX variable_organization_id_project_id_created_at_id_idx
  ON variable (organization_id, project_id, created_at DESC, id DESC);
