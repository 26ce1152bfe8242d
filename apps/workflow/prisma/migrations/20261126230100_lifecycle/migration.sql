-- Rises with each change of what is edited: two people who save at the same time notice it.
ALTER TABLE workflow
  ADD COLUMN revision int NOT NULL DEFAULT 1,
  -- Nothing is removed: runs and versions can still be read.
  ADD COLUMN deleted_at timestamptz(3);

-- What new runs took from when on. The newest row of a workflow is what they take now.
CREATE TABLE workflow_publication (
  id bigint GENERATED ALWAYS AS IDENTITY,
  workflow_id text NOT NULL,
  organization_id text NOT NULL,
  project_id text NOT NULL,
  version_number int NOT NULL,
  kind text NOT NULL CHECK (kind IN ('publish', 'rollback')),
  -- The one that a rollback goes back to; null when there is none before.
  previous_id bigint,
  published_by text NOT NULL,
  published_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT workflow_publication_pkey PRIMARY KEY (id),
  CONSTRAINT workflow_publication_workflow_id_fkey FOREIGN KEY (workflow_id)
    REFERENCES workflow (id) ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX workflow_publication_workflow_id_id_idx ON workflow_publication (workflow_id, id DESC);

INSERT INTO workflow_publication
  (workflow_id, organization_id, project_id, version_number, kind, published_by, published_at)
SELECT id, organization_id, project_id, published_version, 'publish', 'unknown', updated_at
FROM workflow WHERE published_version IS NOT NULL;

-- A name for versions of one workflow. `targets` is [{version, weight}]: the first is the stable one.
CREATE TABLE workflow_alias (
  id text NOT NULL,
  workflow_id text NOT NULL,
  organization_id text NOT NULL,
  project_id text NOT NULL,
  name text NOT NULL,
  targets jsonb NOT NULL,
  -- {windowRuns, maxErrorRate}; null when nothing is rolled back by itself.
  rollback jsonb,
  revision int NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT workflow_alias_pkey PRIMARY KEY (id),
  CONSTRAINT workflow_alias_workflow_id_fkey FOREIGN KEY (workflow_id)
    REFERENCES workflow (id) ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX workflow_alias_workflow_id_name_key ON workflow_alias (workflow_id, name);
CREATE INDEX workflow_alias_organization_id_project_id_created_at_id_idx
  ON workflow_alias (organization_id, project_id, created_at DESC, id DESC);

-- How the last runs of each target ended: one character a run, `1` for a failure, the newest last.
-- Half of each page stays free, so that a run that ends changes no index.
CREATE TABLE workflow_alias_outcome (
  alias_id text NOT NULL,
  version_number int NOT NULL,
  outcomes text NOT NULL,
  CONSTRAINT workflow_alias_outcome_pkey PRIMARY KEY (alias_id, version_number),
  CONSTRAINT workflow_alias_outcome_alias_id_fkey FOREIGN KEY (alias_id)
    REFERENCES workflow_alias (id) ON DELETE CASCADE ON UPDATE CASCADE
) WITH (fillfactor = 50);

-- Who led an alias where, and why. Outlives the alias.
CREATE TABLE workflow_alias_change (
  id bigint GENERATED ALWAYS AS IDENTITY,
  alias_id text NOT NULL,
  organization_id text NOT NULL,
  project_id text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('created', 'changed', 'promoted', 'rolled-back', 'deleted')),
  targets jsonb NOT NULL,
  reason text,
  changed_by text NOT NULL,
  changed_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT workflow_alias_change_pkey PRIMARY KEY (id)
);
CREATE INDEX workflow_alias_change_alias_id_id_idx ON workflow_alias_change (alias_id, id DESC);
