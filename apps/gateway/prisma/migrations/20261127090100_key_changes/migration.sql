-- CreateTable
CREATE TABLE "key_change" (
    "seq" BIGINT NOT NULL,
    "subject_id" TEXT NOT NULL,

    CONSTRAINT "key_change_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "key_change_head" (
    "id" BOOLEAN NOT NULL DEFAULT true,
    "seq" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "key_change_head_pkey" PRIMARY KEY ("id")
);

ALTER TABLE "key_change_head" ADD CONSTRAINT "key_change_head_one_row" CHECK ("id");
INSERT INTO "key_change_head" DEFAULT VALUES;

-- The row of the head is held until the commit: numbers have no gaps, and appear in their order. Only
-- changes of what a key may do take it, never its use. The last 10,000 are kept: whoever missed more
-- forgets everything.
CREATE FUNCTION "append_key_changes"(subjects TEXT[]) RETURNS VOID LANGUAGE plpgsql AS $$
DECLARE
  last BIGINT;
BEGIN
  IF cardinality(subjects) IS NULL OR cardinality(subjects) = 0 THEN RETURN; END IF;
  UPDATE key_change_head SET seq = seq + cardinality(subjects) RETURNING seq INTO last;
  INSERT INTO key_change (seq, subject_id)
    SELECT last - cardinality(subjects) + place, subject
      FROM unnest(subjects) WITH ORDINALITY AS changed (subject, place);
  DELETE FROM key_change WHERE seq <= last - 10000;
END $$;

-- Per statement, not per row: all rows are locked before the head, so that no two statements wait for
-- each other.
CREATE FUNCTION "record_key_changes"() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    PERFORM append_key_changes(ARRAY(SELECT id FROM before ORDER BY id));
  ELSE
    PERFORM append_key_changes(ARRAY(
      SELECT after.id FROM after JOIN before ON before.id = after.id
       WHERE (after.hash, after.scopes, after.allowed_cidrs, after.expires_at, after.revoked_at)
             IS DISTINCT FROM
             (before.hash, before.scopes, before.allowed_cidrs, before.expires_at, before.revoked_at)
       ORDER BY after.id));
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER "api_key_changed" AFTER UPDATE ON "api_key"
  REFERENCING OLD TABLE AS before NEW TABLE AS after
  FOR EACH STATEMENT EXECUTE FUNCTION "record_key_changes"();
CREATE TRIGGER "api_key_deleted" AFTER DELETE ON "api_key"
  REFERENCING OLD TABLE AS before
  FOR EACH STATEMENT EXECUTE FUNCTION "record_key_changes"();
