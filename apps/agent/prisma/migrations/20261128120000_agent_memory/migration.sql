-- What is remembered for executions of agents, beyond what was said in a thread.
CREATE TABLE agent_memory (
  organization_id text NOT NULL,
  project_id text NOT NULL,
  -- `agent`, `project`, `thread`, `user`: of which of them, says the owner.
  scope text NOT NULL,
  owner text NOT NULL,
  key text COLLATE "C" NOT NULL,
  value json NOT NULL,
  -- What search looks in, and what it looks for there.
  text text NOT NULL,
  terms text[] NOT NULL,
  source text NOT NULL,
  written_by text NOT NULL,
  revision int NOT NULL DEFAULT 1,
  expires_at timestamptz(3),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT agent_memory_pkey PRIMARY KEY (organization_id, project_id, scope, owner, key)
);
CREATE INDEX agent_memory_expires_at_idx ON agent_memory (expires_at) WHERE expires_at IS NOT NULL;

ALTER TABLE agent_memory ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON agent_memory USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "service" ON agent_memory USING (is_for_every_tenant());
