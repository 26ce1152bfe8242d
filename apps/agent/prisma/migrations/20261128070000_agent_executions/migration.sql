-- Executions of agents. What happened in one is its stream of events; this row says who works on it, and how far it is.
CREATE TABLE agent_execution (
  id text NOT NULL,
  organization_id text NOT NULL,
  project_id text NOT NULL,
  agent_id text NOT NULL,
  agent_version int NOT NULL,
  thread_id text,
  status text NOT NULL DEFAULT 'queued',
  input json NOT NULL,
  output json,
  -- What the model had said when it failed or was cancelled.
  partial text,
  error json,
  -- Who is told of the end; null when nobody is.
  origin json,
  -- For whom tools read.
  caller json,
  key_id text,
  started_by text NOT NULL,
  priority text NOT NULL,
  limits json NOT NULL,
  deadline_at timestamptz(3) NOT NULL,
  -- Rises with each claim: whoever holds a lower one has lost the execution, whatever it thinks.
  token int NOT NULL DEFAULT 0,
  lease_until timestamptz(3) NOT NULL DEFAULT '-infinity',
  -- Claims since something was last recorded, crashes included.
  tries int NOT NULL DEFAULT 0,
  -- When somebody has to look after it, whatever became of its messages.
  wake_at timestamptz(3) NOT NULL,
  cancel_requested_at timestamptz(3),
  -- Rises with each answer from outside: who goes to sleep has seen all of them, or does not sleep.
  answers int NOT NULL DEFAULT 0,
  -- Of its stream.
  event_version int NOT NULL DEFAULT 0,
  steps int NOT NULL DEFAULT 0,
  input_tokens bigint NOT NULL DEFAULT 0,
  output_tokens bigint NOT NULL DEFAULT 0,
  cost_micro_usd bigint NOT NULL DEFAULT 0,
  trace jsonb NOT NULL,
  -- When its origin was told of the end.
  told_at timestamptz(3),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  started_at timestamptz(3),
  ended_at timestamptz(3),
  CONSTRAINT agent_execution_pkey PRIMARY KEY (id)
) WITH (fillfactor = 70);
CREATE INDEX agent_execution_organization_id_project_id_created_at_id_idx
  ON agent_execution (organization_id, project_id, created_at DESC, id DESC);
CREATE INDEX agent_execution_agent_id_created_at_id_idx
  ON agent_execution (agent_id, created_at DESC, id DESC);
-- What somebody has to look after is little, however many there were.
CREATE INDEX agent_execution_due_idx ON agent_execution (wake_at) WHERE ended_at IS NULL;
CREATE INDEX agent_execution_untold_idx ON agent_execution (ended_at)
  WHERE ended_at IS NOT NULL AND origin IS NOT NULL AND told_at IS NULL;

-- What came from outside for an execution: answers of tools in other services, decisions of people. Once each.
CREATE TABLE agent_execution_answer (
  execution_id text NOT NULL,
  call_id text NOT NULL,
  -- `result`, or `decision:` and the hash that it is on.
  kind text NOT NULL,
  organization_id text NOT NULL,
  project_id text NOT NULL,
  answer json NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT agent_execution_answer_pkey PRIMARY KEY (execution_id, call_id, kind),
  CONSTRAINT agent_execution_answer_execution_id_fkey FOREIGN KEY (execution_id)
    REFERENCES agent_execution (id) ON DELETE CASCADE ON UPDATE CASCADE
);

ALTER TABLE agent_execution ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE agent_execution_answer ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON agent_execution USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "tenant" ON agent_execution_answer USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "service" ON agent_execution USING (is_for_every_tenant());
CREATE POLICY "service" ON agent_execution_answer USING (is_for_every_tenant());
