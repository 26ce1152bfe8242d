-- What a call is for, so that one that nobody settles can be told of as well. Null: an older process has reserved.
ALTER TABLE reservation ADD COLUMN kind text, ADD COLUMN workflow_id text;

-- With what a call is for. Older processes leave that out.
DROP FUNCTION reserve_money(text, text, text, text, text, text, text, bigint, int, jsonb);
CREATE FUNCTION reserve_money(
  organization text, project text, asked_key text, run text, agent text, api_key text, asked_model text,
  asked bigint, lasts_ms int, meta jsonb, asked_kind text DEFAULT NULL, workflow text DEFAULT NULL
) RETURNS jsonb
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  r reservation;
  known boolean;
  b budget;
  a ledger_account;
  account bigint;
  accounts bigint[] := '{}';
  refusal jsonb;
  lowest bigint;
  share numeric;
  nearest numeric := -1;
  cheaper text;
BEGIN
  SELECT * INTO r FROM reservation
    WHERE organization_id = organization AND project_id = project AND call_key = asked_key FOR UPDATE;
  known := FOUND;
  IF known AND r.state = 'reserved' THEN
    RETURN jsonb_build_object('outcome', 'reserved', 'reservedMicroUsd', r.estimate, 'degradeTo', r.degrade_to);
  END IF;
  r.organization_id := organization;
  r.project_id := project;

  FOR b IN
    SELECT * FROM budget
    WHERE organization_id = organization AND deleted_at IS NULL
      AND (scope = 'organization' OR (project_id = project AND CASE scope
        WHEN 'project' THEN true
        WHEN 'run' THEN run IS NOT NULL
        WHEN 'agent' THEN subject_id = agent
        WHEN 'key' THEN subject_id = api_key END))
    ORDER BY id
  LOOP
    a := open_account(b, CASE b.scope WHEN 'run' THEN run ELSE '' END);
    accounts := accounts || a.id;
    IF a.available < asked THEN
      IF a.exceeded_revision < a.revision THEN
        PERFORM tell_of_budget(a, 'budget.exceeded', NULL, r, meta);
      END IF;
      IF lowest IS NULL OR a.available < lowest THEN
        lowest := a.available;
        refusal := jsonb_build_object('outcome', 'exceeded', 'budgetId', b.id, 'scope', b.scope,
          'leftMicroUsd', a.available, 'policy', b.policy, 'cheaperModel', nullif(b.cheaper_model, ''));
      END IF;
    END IF;
    IF b.policy = 'cheaper-model' AND a.outside < 0 THEN
      share := (a.reserved + a.spent + asked) * 100.0 / -a.outside;
      IF share >= b.degrade_at_percent AND share > nearest THEN
        nearest := share;
        cheaper := b.cheaper_model;
      END IF;
    END IF;
  END LOOP;

  IF accounts = '{}' THEN
    RETURN jsonb_build_object('outcome', CASE WHEN EXISTS (
      SELECT FROM budget WHERE organization_id = organization AND deleted_at IS NULL) THEN 'free' ELSE 'none' END);
  END IF;
  IF refusal IS NOT NULL THEN RETURN refusal; END IF;

  IF known THEN
    UPDATE reservation SET run_id = run, agent_id = agent, key_id = api_key, model = asked_model, estimate = asked,
      kind = asked_kind, workflow_id = workflow,
      cost = NULL, state = 'reserved', account_ids = accounts, degrade_to = cheaper, round = round + 1,
      deadline = now() + lasts_ms * interval '1 millisecond'
    WHERE organization_id = organization AND project_id = project AND call_key = asked_key RETURNING * INTO r;
  ELSE
    INSERT INTO reservation (organization_id, project_id, call_key, run_id, agent_id, key_id, model, estimate,
        kind, workflow_id, account_ids, degrade_to, deadline)
      VALUES (organization, project, asked_key, run, agent, api_key, asked_model, asked,
        asked_kind, workflow, accounts, cheaper, now() + lasts_ms * interval '1 millisecond')
      ON CONFLICT DO NOTHING RETURNING * INTO r;
    -- Somebody has reserved the same meanwhile: from the beginning, and then that one is found.
    IF NOT FOUND THEN RAISE EXCEPTION 'reserved meanwhile' USING ERRCODE = 'serialization_failure'; END IF;
  END IF;
  FOREACH account IN ARRAY accounts LOOP
    PERFORM post_money(account, 'reserve', r, -asked, asked, 0, meta);
  END LOOP;
  RETURN jsonb_build_object('outcome', 'reserved', 'reservedMicroUsd', asked, 'degradeTo', cheaper);
END
$$;

-- The event of a call, once. `schema_version`: of this build.
CREATE FUNCTION tell_of_call(
  organization text, project text, call_key text, told_version int, told json, meta jsonb
) RETURNS void
LANGUAGE sql AS $$
  INSERT INTO events (stream, version, type, schema_version, data, meta, organization_id, project_id)
  VALUES ('call/' || project || '/' || call_key, told_version, 'call.paid', 2, told, meta, organization, project)
  ON CONFLICT DO NOTHING;
$$;

-- What is told of a call that nobody has told of.
CREATE FUNCTION call_reserved(r reservation, micro_usd bigint) RETURNS json
LANGUAGE sql STABLE
RETURN json_strip_nulls(json_build_object(
  'kind', r.kind, 'runId', r.run_id, 'workflowId', r.workflow_id, 'agentId', r.agent_id, 'keyId', r.key_id,
  'usage', json_build_object('model', r.model, 'inputTokens', 0, 'outputTokens', 0, 'costMicroUsd', micro_usd),
  'durationMs', 0));

-- Books what a call cost, and tells of it, both or neither. What was told in full when nobody settled it is set right.
CREATE FUNCTION settle_call(
  organization text, project text, asked_key text, paid bigint, paid_model text, meta jsonb, told json, was_made boolean
) RETURNS text
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  earlier text := settle_money(organization, project, asked_key, paid, paid_model, meta);
  r reservation;
BEGIN
  IF earlier = 'settled' THEN RETURN earlier; END IF;
  IF earlier = 'unknown' THEN
    -- No books depend on it: nobody waits for a disk.
    PERFORM set_config('synchronous_commit', 'off', true);
  ELSIF earlier = 'expired' THEN
    SELECT * INTO r FROM reservation
      WHERE organization_id = organization AND project_id = project AND call_key = asked_key;
  END IF;
  IF r.kind IS NOT NULL AND r.estimate > 0 THEN
    PERFORM tell_of_call(organization, project, asked_key, 2,
      (coalesce(told, call_reserved(r, paid))::jsonb || jsonb_build_object('correctsMicroUsd', r.estimate))::json, meta);
  ELSIF was_made THEN
    PERFORM tell_of_call(organization, project, asked_key, 1, told, meta);
  END IF;
  RETURN earlier;
END
$$;

-- As before, and tells of the call: the provider may have charged all of it.
CREATE OR REPLACE FUNCTION expire_money(organization text, project text, asked_key text, meta jsonb) RETURNS boolean
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  r reservation;
  account bigint;
BEGIN
  UPDATE reservation SET state = 'expired', cost = estimate
    WHERE organization_id = organization AND project_id = project AND call_key = asked_key
      AND state = 'reserved' AND deadline <= now() RETURNING * INTO r;
  IF NOT FOUND THEN RETURN false; END IF;
  FOREACH account IN ARRAY r.account_ids LOOP
    PERFORM post_money(account, 'expire', r, 0, -r.estimate, r.estimate, meta);
  END LOOP;
  IF r.kind IS NOT NULL AND r.estimate > 0 THEN
    PERFORM tell_of_call(organization, project, asked_key, 1, call_reserved(r, r.estimate), meta);
  END IF;
  RETURN true;
END
$$;
