-- Models and tools name a workflow by its name.
--
-- Not CONCURRENTLY: that waits for everybody who has a snapshot, and a process that waits for the lock
-- of the migrations has one.
CREATE INDEX "workflow_organization_id_project_id_name_idx" ON "workflow" ("organization_id", "project_id", "name");
