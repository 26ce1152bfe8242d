-- Whom a project wants to be told of what happens in its runs.
CREATE TABLE webhook_endpoint (
  id text NOT NULL,
  organization_id text NOT NULL,
  project_id text NOT NULL,
  url text NOT NULL,
  description text NOT NULL,
  event_types text[] NOT NULL,
  enabled boolean NOT NULL DEFAULT true,
  disabled_reason text,
  failing_since timestamptz(3),
  revision int NOT NULL DEFAULT 1,
  created_by text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT webhook_endpoint_pkey PRIMARY KEY (id)
);
CREATE INDEX webhook_endpoint_organization_id_project_id_created_at_id_idx
  ON webhook_endpoint (organization_id, project_id, created_at DESC, id DESC);

-- What is signed with: several while a secret is changed. Encrypted as `secret` of the agent service.
CREATE TABLE webhook_secret (
  id text NOT NULL,
  endpoint_id text NOT NULL,
  organization_id text NOT NULL,
  project_id text NOT NULL,
  version int NOT NULL DEFAULT 1,
  key_id text NOT NULL,
  wrapped_key bytea NOT NULL,
  payload bytea NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  expires_at timestamptz(3),
  CONSTRAINT webhook_secret_pkey PRIMARY KEY (id)
);
CREATE INDEX webhook_secret_endpoint_id_created_at_idx
  ON webhook_secret (endpoint_id, created_at DESC);
ALTER TABLE webhook_secret ADD CONSTRAINT webhook_secret_endpoint_id_fkey
  FOREIGN KEY (endpoint_id) REFERENCES webhook_endpoint (id) ON DELETE CASCADE ON UPDATE CASCADE;

-- What each of them is told. `payload` is text: what was signed once is sent to the byte each time.
-- No foreign key: an endpoint may have a million of them, and goes at once. They follow in portions.
CREATE TABLE event_delivery (
  id text NOT NULL,
  endpoint_id text NOT NULL,
  organization_id text NOT NULL,
  project_id text NOT NULL,
  -- Place of the event in the sealed order; null for what is no event of a run.
  g bigint,
  event_type text NOT NULL,
  run_id text,
  payload text NOT NULL,
  status text NOT NULL DEFAULT 'pending',
  -- All there were; the number of the newest is its fence.
  attempts int NOT NULL DEFAULT 0,
  -- Since somebody asked for it again.
  tries int NOT NULL DEFAULT 0,
  -- Null when there is nothing left to do.
  due_at timestamptz(3) DEFAULT now(),
  -- Until then, one process has it in hand.
  leased_until timestamptz(3),
  response_status int,
  error text,
  duration_ms int,
  attempted_at timestamptz(3),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT event_delivery_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX event_delivery_endpoint_id_g_key ON event_delivery (endpoint_id, g);
CREATE INDEX event_delivery_endpoint_id_created_at_id_idx
  ON event_delivery (endpoint_id, created_at DESC, id DESC);
CREATE INDEX event_delivery_created_at_idx ON event_delivery (created_at);
CREATE INDEX event_delivery_due_idx ON event_delivery (endpoint_id, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX event_delivery_leased_idx ON event_delivery (leased_until) WHERE leased_until IS NOT NULL;
