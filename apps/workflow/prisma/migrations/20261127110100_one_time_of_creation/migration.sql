-- A column of milliseconds rounds, and `commit_runs` cuts off: a start was answered with another time of
-- creation than the run has, every other time.
ALTER TABLE run ALTER COLUMN created_at SET DEFAULT date_trunc('milliseconds', now());
