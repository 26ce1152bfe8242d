-- What is old is found by its time: calls of tools, and reservations that hold nothing.
CREATE INDEX "tool_call_updated_at_idx" ON "tool_call" ("updated_at");
CREATE INDEX reservation_done_idx ON reservation (created_at) WHERE state <> 'reserved';
