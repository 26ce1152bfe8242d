-- `cancelled_attempt`: up to this one, nobody needs the task any more. `outcome_unknown`: the outcome
-- that is recorded says that the effect is not known, so a newer attempt is somebody's decision.
ALTER TABLE task_effect
  ADD COLUMN cancelled_attempt int NOT NULL DEFAULT 0,
  ADD COLUMN outcome_unknown boolean NOT NULL DEFAULT false;
