-- Secrets of projects, by envelope encryption: `payload` under a data key of its own, and that, in
-- `wrapped_key`, under the key of the installation that `key_id` names.
CREATE TABLE secret (
  id text NOT NULL,
  organization_id text NOT NULL,
  project_id text NOT NULL,
  name text NOT NULL,
  description text NOT NULL,
  hosts text[] NOT NULL,
  version int NOT NULL DEFAULT 1,
  key_id text NOT NULL,
  wrapped_key bytea NOT NULL,
  payload bytea NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT secret_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX secret_organization_id_project_id_name_key
  ON secret (organization_id, project_id, name);
CREATE INDEX secret_organization_id_project_id_created_at_id_idx
  ON secret (organization_id, project_id, created_at DESC, id DESC);
