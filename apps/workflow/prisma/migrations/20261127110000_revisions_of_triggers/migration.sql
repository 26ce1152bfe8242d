-- What If-Match of a change names. Processes of the release before do not raise it: until they are gone,
-- a change of theirs is not seen.
ALTER TABLE schedule ADD COLUMN revision integer NOT NULL DEFAULT 1;
ALTER TABLE webhook_trigger ADD COLUMN revision integer NOT NULL DEFAULT 1;
ALTER TABLE event_trigger ADD COLUMN revision integer NOT NULL DEFAULT 1;
