-- What the advice on a version is made from: its last runs that have ended. A run comes in when it ends,
-- when its row is changed in other indexes as well.
--
-- Not CONCURRENTLY: that waits for everybody who has a snapshot, and a process that waits for the lock
-- of the migrations has one.
CREATE INDEX run_ended_of_version ON run (version_id, created_at DESC) WHERE ended_at IS NOT NULL;
