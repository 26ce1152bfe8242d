-- Agents as people edit them, and the versions that executions are pinned to.
-- `json`, not `jsonb`, for definitions: a version is what was sent, in the order in which it was written.
CREATE TABLE agent (
  id text NOT NULL,
  organization_id text NOT NULL,
  project_id text NOT NULL,
  name text NOT NULL,
  description text NOT NULL,
  draft json NOT NULL,
  latest_version int NOT NULL DEFAULT 0,
  published_version int,
  -- Rises with each change of name, description and draft: two people who save at the same time notice it.
  revision int NOT NULL DEFAULT 1,
  created_by text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  -- Nothing is removed: executions and versions can still be read.
  deleted_at timestamptz(3),
  CONSTRAINT agent_pkey PRIMARY KEY (id)
);
-- The name of an agent that was deleted is free again.
CREATE UNIQUE INDEX agent_name_key ON agent (organization_id, project_id, name) WHERE deleted_at IS NULL;
CREATE INDEX agent_organization_id_project_id_created_at_id_idx
  ON agent (organization_id, project_id, created_at DESC, id DESC);

CREATE TABLE agent_version (
  agent_id text NOT NULL,
  number int NOT NULL,
  organization_id text NOT NULL,
  project_id text NOT NULL,
  definition json NOT NULL,
  -- Of the definition, whatever the order of its keys: the same draft makes no second version.
  hash text NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT agent_version_pkey PRIMARY KEY (agent_id, number),
  CONSTRAINT agent_version_agent_id_fkey FOREIGN KEY (agent_id)
    REFERENCES agent (id) ON DELETE RESTRICT ON UPDATE CASCADE
);

-- What new executions took from when on. The newest row of an agent is what they take now.
CREATE TABLE agent_publication (
  id bigint GENERATED ALWAYS AS IDENTITY,
  agent_id text NOT NULL,
  organization_id text NOT NULL,
  project_id text NOT NULL,
  version_number int NOT NULL,
  kind text NOT NULL,
  -- The one that a rollback goes back to; null when there is none before.
  previous_id bigint,
  published_by text NOT NULL,
  published_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT agent_publication_pkey PRIMARY KEY (id),
  CONSTRAINT agent_publication_agent_id_fkey FOREIGN KEY (agent_id)
    REFERENCES agent (id) ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX agent_publication_agent_id_id_idx ON agent_publication (agent_id, id DESC);

CREATE TABLE agent_alias (
  agent_id text NOT NULL,
  name text NOT NULL,
  organization_id text NOT NULL,
  project_id text NOT NULL,
  version_number int NOT NULL,
  revision int NOT NULL DEFAULT 1,
  changed_by text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT agent_alias_pkey PRIMARY KEY (agent_id, name),
  CONSTRAINT agent_alias_agent_id_fkey FOREIGN KEY (agent_id)
    REFERENCES agent (id) ON DELETE RESTRICT ON UPDATE CASCADE
);

ALTER TABLE agent ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE agent_version ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE agent_publication ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE agent_alias ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON agent USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "tenant" ON agent_version USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "tenant" ON agent_publication USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "tenant" ON agent_alias USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "service" ON agent USING (is_for_every_tenant());
CREATE POLICY "service" ON agent_version USING (is_for_every_tenant());
CREATE POLICY "service" ON agent_publication USING (is_for_every_tenant());
CREATE POLICY "service" ON agent_alias USING (is_for_every_tenant());
