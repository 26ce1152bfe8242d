-- What was answered to requests with an Idempotency-Key. Every service that has such routes has this
-- table; libs/platform/src/http/idempotency-store.ts is the only one that reads and writes it.
CREATE TABLE idempotency_key (
  -- SHA-256 of tenant and key. The key itself is nowhere.
  id              text        NOT NULL,
  organization_id text        NOT NULL,
  project_id      text        NOT NULL,
  -- SHA-256 of method, URL and body: the same key with something else is refused.
  request_hash    text        NOT NULL,
  -- Sealed with the key. Null: begun, and not answered yet.
  answer          bytea,
  expires_at      timestamptz(3) NOT NULL,

  CONSTRAINT idempotency_key_pkey PRIMARY KEY (id)
);

CREATE INDEX idempotency_key_expires_at_idx ON idempotency_key (expires_at);
