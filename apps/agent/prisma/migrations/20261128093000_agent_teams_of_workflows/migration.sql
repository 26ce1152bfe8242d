-- Teams that the node of a workflow gives a task: it is told of their end.
ALTER TABLE agent_team_run
  -- { task, caller }; null: somebody asked by the API.
  ADD COLUMN origin json,
  -- Somebody outside may have written the task.
  ADD COLUMN is_untrusted boolean NOT NULL DEFAULT false,
  -- After that, nobody is asked any more; null: it may take any time.
  ADD COLUMN deadline_at timestamptz(3),
  -- Since then its origin knows that it is over.
  ADD COLUMN told_at timestamptz(3);
CREATE INDEX agent_team_run_ended_at_idx ON agent_team_run (ended_at)
  WHERE origin IS NOT NULL AND told_at IS NULL;
