-- The name of a tool ends as the id of its workflow does.
--
-- Not CONCURRENTLY: that waits for everybody who has a snapshot, and a process that waits for the lock
-- of the migrations has one.
CREATE INDEX workflow_end_of_id ON workflow (organization_id, project_id, right(id, 12))
  WHERE published_version IS NOT NULL AND deleted_at IS NULL;
