-- What a version of an agent has to have reached before it is published.
CREATE TABLE agent_gate (
  agent_id text NOT NULL,
  organization_id text NOT NULL,
  project_id text NOT NULL,
  dataset_id text NOT NULL,
  evaluator_ids text[] NOT NULL,
  min_score double precision NOT NULL,
  no_worse_than_published boolean NOT NULL,
  revision int NOT NULL DEFAULT 1,
  updated_by text NOT NULL,
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT agent_gate_pkey PRIMARY KEY (agent_id)
);

ALTER TABLE agent_gate ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON agent_gate USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "service" ON agent_gate USING (is_for_every_tenant());

-- Why a version was published although it did not meet its gate. Null: it met it, or there was none.
ALTER TABLE agent_publication ADD COLUMN force_reason text;
