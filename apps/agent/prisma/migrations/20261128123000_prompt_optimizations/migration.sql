-- Searches for better instructions of an agent. Each measures by experiments of its own.
CREATE TABLE prompt_optimization (
  id text NOT NULL,
  organization_id text NOT NULL,
  project_id text NOT NULL,
  agent_id text NOT NULL,
  base_version int NOT NULL,
  dataset_id text NOT NULL,
  dataset_revision int NOT NULL,
  evaluators json NOT NULL,
  settings json NOT NULL,
  -- Which cases are learned from, chosen by and confirmed on.
  parts json NOT NULL,
  status text NOT NULL DEFAULT 'running',
  phase text NOT NULL DEFAULT 'measuring',
  round int NOT NULL DEFAULT 0,
  plan json,
  baseline json NOT NULL,
  conclusion json,
  error json,
  -- Of proposals. What its experiments cost, they know themselves.
  proposing_micro_usd bigint NOT NULL DEFAULT 0,
  proposing_input_tokens bigint NOT NULL DEFAULT 0,
  proposing_output_tokens bigint NOT NULL DEFAULT 0,
  -- Until then somebody works on it.
  lease_until timestamptz(3) NOT NULL DEFAULT '-infinity',
  tries int NOT NULL DEFAULT 0,
  caller json NOT NULL,
  key_id text,
  created_by text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  ended_at timestamptz(3),
  CONSTRAINT prompt_optimization_pkey PRIMARY KEY (id)
);
CREATE INDEX prompt_optimization_organization_id_project_id_created_at_i_idx
  ON prompt_optimization (organization_id, project_id, created_at DESC, id DESC);
CREATE INDEX prompt_optimization_running_idx ON prompt_optimization (lease_until) WHERE status = 'running';

CREATE TABLE prompt_candidate (
  optimization_id text NOT NULL,
  number int NOT NULL,
  organization_id text NOT NULL,
  project_id text NOT NULL,
  method text NOT NULL,
  -- Null: what was proposed cannot be used.
  instructions text,
  refusal text,
  explanation text NOT NULL,
  example_case_ids text[] NOT NULL,
  -- The version of the agent that it is run as.
  version int,
  validation json,
  test json,
  left_in_round int,
  CONSTRAINT prompt_candidate_pkey PRIMARY KEY (optimization_id, number),
  CONSTRAINT prompt_candidate_optimization_id_fkey FOREIGN KEY (optimization_id)
    REFERENCES prompt_optimization (id) ON DELETE CASCADE ON UPDATE CASCADE
);

-- An experiment on a part of a dataset, for an optimization: one for each of its rounds.
ALTER TABLE experiment ADD COLUMN optimization_id text, ADD COLUMN optimization_round int;
ALTER TABLE experiment ADD CONSTRAINT experiment_optimization_id_fkey FOREIGN KEY (optimization_id)
  REFERENCES prompt_optimization (id) ON DELETE CASCADE ON UPDATE CASCADE;
CREATE UNIQUE INDEX experiment_optimization_id_optimization_round_key
  ON experiment (optimization_id, optimization_round);

ALTER TABLE prompt_optimization ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE prompt_candidate ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON prompt_optimization USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "tenant" ON prompt_candidate USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "service" ON prompt_optimization USING (is_for_every_tenant());
CREATE POLICY "service" ON prompt_candidate USING (is_for_every_tenant());
