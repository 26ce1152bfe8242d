-- Versions of an agent on the cases of a dataset. Evaluators are kept as they were: later changes are for later experiments.
CREATE TABLE experiment (
  id text NOT NULL,
  organization_id text NOT NULL,
  project_id text NOT NULL,
  name text NOT NULL,
  agent_id text NOT NULL,
  versions int[] NOT NULL,
  dataset_id text NOT NULL,
  dataset_revision int NOT NULL,
  evaluators json NOT NULL,
  repetitions int NOT NULL,
  concurrency int NOT NULL,
  budget_micro_usd bigint,
  -- What one run may cost by the limits of its version.
  run_limit_micro_usd bigint NOT NULL,
  status text NOT NULL DEFAULT 'running',
  total int NOT NULL,
  done int NOT NULL DEFAULT 0,
  cost_micro_usd bigint NOT NULL DEFAULT 0,
  summary json,
  error json,
  -- For whom the tools of its runs read.
  caller json NOT NULL,
  key_id text,
  created_by text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  ended_at timestamptz(3),
  CONSTRAINT experiment_pkey PRIMARY KEY (id),
  CONSTRAINT experiment_dataset_id_fkey FOREIGN KEY (dataset_id)
    REFERENCES dataset (id) ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX experiment_organization_id_project_id_created_at_id_idx
  ON experiment (organization_id, project_id, created_at DESC, id DESC);
CREATE INDEX experiment_agent_id_created_at_id_idx ON experiment (agent_id, created_at DESC, id DESC);
CREATE INDEX experiment_dataset_id_idx ON experiment (dataset_id);
CREATE INDEX experiment_running_idx ON experiment (id) WHERE status = 'running';

-- One run of one version on one case. Its execution is started under the name of this row: once, however often that is tried.
CREATE TABLE experiment_run (
  experiment_id text NOT NULL,
  ordinal int NOT NULL,
  organization_id text NOT NULL,
  project_id text NOT NULL,
  version int NOT NULL,
  repetition int NOT NULL,
  case_id text NOT NULL,
  case_since int NOT NULL,
  execution_id text,
  status text NOT NULL DEFAULT 'waiting',
  is_started boolean NOT NULL DEFAULT false,
  -- Until then somebody starts or scores it.
  lease_until timestamptz(3) NOT NULL DEFAULT '-infinity',
  tries int NOT NULL DEFAULT 0,
  outcome json,
  scores json,
  CONSTRAINT experiment_run_pkey PRIMARY KEY (experiment_id, ordinal),
  CONSTRAINT experiment_run_experiment_id_fkey FOREIGN KEY (experiment_id)
    REFERENCES experiment (id) ON DELETE CASCADE ON UPDATE CASCADE
) WITH (fillfactor = 70);
-- What is under way is little, however many there were.
CREATE INDEX experiment_run_open_idx ON experiment_run (experiment_id, status) WHERE status IN ('running', 'ended');
CREATE INDEX experiment_run_waiting_idx ON experiment_run (experiment_id, ordinal) WHERE status = 'waiting';

ALTER TABLE experiment ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE experiment_run ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON experiment USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "tenant" ON experiment_run USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "service" ON experiment USING (is_for_every_tenant());
CREATE POLICY "service" ON experiment_run USING (is_for_every_tenant());
