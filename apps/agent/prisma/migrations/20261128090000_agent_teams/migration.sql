-- Teams of agents, what they were asked to do, and each time that a member was asked.
CREATE TABLE agent_team (
  id text NOT NULL,
  organization_id text NOT NULL,
  project_id text NOT NULL,
  name text NOT NULL,
  description text NOT NULL,
  definition json NOT NULL,
  revision int NOT NULL DEFAULT 1,
  created_by text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  -- Nothing is removed: its runs can still be read.
  deleted_at timestamptz(3),
  CONSTRAINT agent_team_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX agent_team_name_key ON agent_team (organization_id, project_id, name) WHERE deleted_at IS NULL;
CREATE INDEX agent_team_organization_id_project_id_created_at_id_idx
  ON agent_team (organization_id, project_id, created_at DESC, id DESC);

CREATE TABLE agent_team_run (
  id text NOT NULL,
  organization_id text NOT NULL,
  project_id text NOT NULL,
  team_id text NOT NULL,
  -- As it was when the run began, each member with the version that it had then.
  definition json NOT NULL,
  task text NOT NULL,
  status text NOT NULL DEFAULT 'running',
  answer text,
  output json,
  error json,
  -- Who has started it, and for whom is read.
  identity json NOT NULL,
  -- When somebody looks after it who was not told of anything: whoever asks members moves it on.
  wake_at timestamptz(3) NOT NULL DEFAULT now(),
  trace json NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  ended_at timestamptz(3),
  CONSTRAINT agent_team_run_pkey PRIMARY KEY (id),
  CONSTRAINT agent_team_run_team_id_fkey FOREIGN KEY (team_id)
    REFERENCES agent_team (id) ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX agent_team_run_team_id_created_at_id_idx ON agent_team_run (team_id, created_at DESC, id DESC);
CREATE INDEX agent_team_run_wake_at_idx ON agent_team_run (wake_at) WHERE ended_at IS NULL;

CREATE TABLE agent_team_turn (
  run_id text NOT NULL,
  -- Says which asking it is, for ever: `deb2/ann`.
  key text NOT NULL,
  organization_id text NOT NULL,
  project_id text NOT NULL,
  -- In the order of the asking, from 1.
  position int NOT NULL,
  member text NOT NULL,
  execution_id text NOT NULL,
  ask json NOT NULL,
  -- What came of it; null: nothing yet.
  turn json,
  asked_at timestamptz(3) NOT NULL DEFAULT now(),
  ended_at timestamptz(3),
  CONSTRAINT agent_team_turn_pkey PRIMARY KEY (run_id, key),
  CONSTRAINT agent_team_turn_run_id_fkey FOREIGN KEY (run_id)
    REFERENCES agent_team_run (id) ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX agent_team_turn_run_id_position_key ON agent_team_turn (run_id, position);

ALTER TABLE agent_team ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE agent_team_run ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE agent_team_turn ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON agent_team USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "tenant" ON agent_team_run USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "tenant" ON agent_team_turn USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "service" ON agent_team USING (is_for_every_tenant());
CREATE POLICY "service" ON agent_team_run USING (is_for_every_tenant());
CREATE POLICY "service" ON agent_team_turn USING (is_for_every_tenant());
