-- What agents are tested with. A revision of a dataset is the set of cases that it had: `added_in <= revision < removed_in`.
CREATE TABLE dataset (
  id text NOT NULL,
  organization_id text NOT NULL,
  project_id text NOT NULL,
  name text NOT NULL,
  description text NOT NULL,
  revision int NOT NULL DEFAULT 1,
  case_count int NOT NULL DEFAULT 0,
  next_ordinal int NOT NULL DEFAULT 0,
  created_by text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  -- Experiments that ran on it can still be read.
  deleted_at timestamptz(3),
  CONSTRAINT dataset_pkey PRIMARY KEY (id)
);
-- The name of a dataset that was deleted is free again.
CREATE UNIQUE INDEX dataset_name_key ON dataset (organization_id, project_id, name) WHERE deleted_at IS NULL;
CREATE INDEX dataset_organization_id_project_id_created_at_id_idx
  ON dataset (organization_id, project_id, created_at DESC, id DESC);

-- `json`, not `jsonb`: a case is asked as it was sent.
CREATE TABLE dataset_case (
  dataset_id text NOT NULL,
  id text NOT NULL,
  added_in int NOT NULL,
  organization_id text NOT NULL,
  project_id text NOT NULL,
  ordinal int NOT NULL,
  removed_in int,
  body json NOT NULL,
  CONSTRAINT dataset_case_pkey PRIMARY KEY (dataset_id, id, added_in),
  CONSTRAINT dataset_case_dataset_id_fkey FOREIGN KEY (dataset_id)
    REFERENCES dataset (id) ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX dataset_case_dataset_id_ordinal_idx ON dataset_case (dataset_id, ordinal);

ALTER TABLE dataset ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE dataset_case ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON dataset USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "tenant" ON dataset_case USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "service" ON dataset USING (is_for_every_tenant());
CREATE POLICY "service" ON dataset_case USING (is_for_every_tenant());
