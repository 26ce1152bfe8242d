-- Conversations with agents: what was said in them, in order.
CREATE TABLE agent_thread (
  id text NOT NULL,
  organization_id text NOT NULL,
  project_id text NOT NULL,
  title text NOT NULL,
  metadata json NOT NULL,
  -- The position of the last message.
  last_position int NOT NULL DEFAULT 0,
  created_by text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  -- Its messages are gone; executions that name it are kept.
  deleted_at timestamptz(3),
  CONSTRAINT agent_thread_pkey PRIMARY KEY (id)
);
CREATE INDEX agent_thread_organization_id_project_id_created_at_id_idx
  ON agent_thread (organization_id, project_id, created_at DESC, id DESC);

CREATE TABLE agent_thread_message (
  thread_id text NOT NULL,
  position int NOT NULL,
  organization_id text NOT NULL,
  project_id text NOT NULL,
  role text NOT NULL,
  content text NOT NULL,
  -- Before it was said, something was read that somebody outside may have written.
  is_untrusted boolean NOT NULL,
  execution_id text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT agent_thread_message_pkey PRIMARY KEY (thread_id, position),
  CONSTRAINT agent_thread_message_thread_id_fkey FOREIGN KEY (thread_id)
    REFERENCES agent_thread (id) ON DELETE CASCADE ON UPDATE CASCADE
);

-- In a thread, one speaks at a time.
CREATE UNIQUE INDEX agent_execution_thread_id_key ON agent_execution (thread_id)
  WHERE ended_at IS NULL AND thread_id IS NOT NULL;

ALTER TABLE agent_thread ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE agent_thread_message ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON agent_thread USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "tenant" ON agent_thread_message USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "service" ON agent_thread USING (is_for_every_tenant());
CREATE POLICY "service" ON agent_thread_message USING (is_for_every_tenant());
