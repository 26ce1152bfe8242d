-- What is older in a conversation, in short.
CREATE TABLE agent_thread_summary (
  thread_id text NOT NULL,
  organization_id text NOT NULL,
  project_id text NOT NULL,
  -- Of the last message that is in it.
  up_to_position int NOT NULL,
  text text NOT NULL,
  -- Something is in it that somebody outside may have written.
  is_untrusted boolean NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT agent_thread_summary_pkey PRIMARY KEY (thread_id),
  CONSTRAINT agent_thread_summary_thread_id_fkey FOREIGN KEY (thread_id)
    REFERENCES agent_thread (id) ON DELETE CASCADE ON UPDATE CASCADE
);
ALTER TABLE agent_thread_summary ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON agent_thread_summary USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "service" ON agent_thread_summary USING (is_for_every_tenant());
