-- Budgets and their books: see docs/adr/0050. Money is whole micro-US-dollars. Without a project: of an organization.
CREATE TABLE budget (
  id text NOT NULL,
  organization_id text NOT NULL,
  project_id text NOT NULL,
  scope text NOT NULL DEFAULT 'project',
  subject_id text NOT NULL DEFAULT '',
  name text NOT NULL DEFAULT '',
  limit_micro_usd bigint NOT NULL DEFAULT 0,
  period text NOT NULL DEFAULT 'none',
  time_zone text NOT NULL DEFAULT 'UTC',
  policy text NOT NULL DEFAULT 'stop',
  cheaper_model text NOT NULL DEFAULT '',
  degrade_at_percent int NOT NULL DEFAULT 100,
  warn_at_percents int[] NOT NULL DEFAULT '{}',
  revision int NOT NULL DEFAULT 1,
  created_by text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  deleted_at timestamptz(3),
  CONSTRAINT budget_pkey PRIMARY KEY (id),
  CONSTRAINT budget_scope_check CHECK (scope IN ('run', 'agent', 'project', 'organization', 'key')),
  CONSTRAINT budget_period_check CHECK (period IN ('none', 'day', 'month')),
  CONSTRAINT budget_policy_check CHECK (policy IN ('stop', 'cheaper-model', 'ask')),
  CONSTRAINT budget_limit_check CHECK (limit_micro_usd >= 0)
);
CREATE INDEX budget_organization_id_project_id_created_at_id_idx
  ON budget (organization_id, project_id, created_at DESC, id DESC);
CREATE UNIQUE INDEX budget_subject_key
  ON budget (organization_id, project_id, scope, subject_id, period) WHERE deleted_at IS NULL;

-- What is left of one budget in one period, of a budget for runs, of one run. `outside` is where its money came from.
CREATE TABLE ledger_account (
  id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  organization_id text NOT NULL,
  project_id text NOT NULL,
  budget_id text NOT NULL,
  period text NOT NULL DEFAULT '',
  run_id text NOT NULL DEFAULT '',
  available bigint NOT NULL DEFAULT 0,
  reserved bigint NOT NULL DEFAULT 0,
  spent bigint NOT NULL DEFAULT 0,
  outside bigint NOT NULL DEFAULT 0,
  -- Of the budget, when its limit was last entered here.
  revision int NOT NULL DEFAULT 0,
  -- What was told already, so that it is told once.
  warned_percent int NOT NULL DEFAULT 0,
  exceeded_revision int NOT NULL DEFAULT 0,
  event_version int NOT NULL DEFAULT 0,
  CONSTRAINT ledger_account_pkey PRIMARY KEY (id),
  CONSTRAINT ledger_account_balanced CHECK (available + reserved + spent + outside = 0),
  CONSTRAINT ledger_account_owned CHECK (reserved >= 0 AND spent >= 0 AND outside <= 0)
);
CREATE UNIQUE INDEX ledger_account_budget_id_period_run_id_key ON ledger_account (budget_id, period, run_id);

-- One transaction of money each, by what it moves into and out of each side of an account: no sum but zero can be written.
CREATE TABLE ledger_entry (
  id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  organization_id text NOT NULL,
  project_id text NOT NULL,
  budget_id text NOT NULL,
  account_id bigint NOT NULL,
  kind text NOT NULL DEFAULT 'fund',
  available bigint NOT NULL DEFAULT 0,
  reserved bigint NOT NULL DEFAULT 0,
  spent bigint NOT NULL DEFAULT 0,
  outside bigint NOT NULL DEFAULT 0,
  -- What was available after it.
  balance bigint NOT NULL DEFAULT 0,
  call_key text,
  payer_project_id text,
  run_id text,
  agent_id text,
  key_id text,
  model text,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT ledger_entry_pkey PRIMARY KEY (id),
  CONSTRAINT ledger_entry_balanced CHECK (available + reserved + spent + outside = 0),
  CONSTRAINT ledger_entry_kind_check CHECK (kind IN ('fund', 'limit', 'reserve', 'settle', 'expire', 'correct'))
);
CREATE INDEX ledger_entry_budget_id_id_idx ON ledger_entry (budget_id, id DESC);

CREATE FUNCTION ledger_entries_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'An entry of the ledger is never changed: enter another one that corrects it';
END
$$;
CREATE TRIGGER ledger_entries_stay BEFORE UPDATE OR DELETE ON ledger_entry
  FOR EACH ROW EXECUTE FUNCTION ledger_entries_stay();

CREATE TABLE reservation (
  organization_id text NOT NULL,
  project_id text NOT NULL,
  call_key text NOT NULL,
  run_id text,
  agent_id text,
  key_id text,
  model text,
  estimate bigint NOT NULL DEFAULT 0,
  cost bigint,
  state text NOT NULL DEFAULT 'reserved',
  -- In the order of their budgets: whoever locks several accounts does it in this one.
  account_ids bigint[] NOT NULL DEFAULT '{}',
  degrade_to text,
  -- How often the call was reserved anew after it was settled: a call is paid for as often as it is made.
  round int NOT NULL DEFAULT 1,
  deadline timestamptz(3) NOT NULL DEFAULT now(),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT reservation_pkey PRIMARY KEY (organization_id, project_id, call_key),
  CONSTRAINT reservation_state_check CHECK (state IN ('reserved', 'settled', 'expired'))
);
CREATE INDEX reservation_open_idx ON reservation (deadline) WHERE state = 'reserved';

-- As `is_of_tenant`, and what belongs to the organization is shown to all of its projects.
CREATE FUNCTION is_of_tenant_or_organization(organization text, project text) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE WHEN organization = current_setting('dure.organization', true)
    AND (project = '' OR coalesce(current_setting('dure.project', true), '') IN ('', project)) THEN 1 ELSE 0 END <> 0;

ALTER TABLE budget ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE ledger_account ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE ledger_entry ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE reservation ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY "tenant" ON budget USING (is_of_tenant_or_organization(organization_id, project_id));
CREATE POLICY "tenant" ON ledger_account USING (is_of_tenant_or_organization(organization_id, project_id));
CREATE POLICY "tenant" ON ledger_entry USING (is_of_tenant_or_organization(organization_id, project_id));
CREATE POLICY "tenant" ON reservation USING (is_of_tenant(organization_id, project_id));
CREATE POLICY "service" ON budget USING (is_for_every_tenant());
CREATE POLICY "service" ON ledger_account USING (is_for_every_tenant());
CREATE POLICY "service" ON ledger_entry USING (is_for_every_tenant());
CREATE POLICY "service" ON reservation USING (is_for_every_tenant());

CREATE FUNCTION budget_period(period text, time_zone text) RETURNS text
LANGUAGE sql STABLE
RETURN CASE period
  WHEN 'day' THEN to_char(now() AT TIME ZONE time_zone, 'YYYY-MM-DD')
  WHEN 'month' THEN to_char(now() AT TIME ZONE time_zone, 'YYYY-MM')
  ELSE '' END;

-- Appends to the event stream of a locked account. `schema_version`: of both events, 1.
CREATE FUNCTION tell_of_budget(a ledger_account, type text, percent int, r reservation, meta jsonb) RETURNS void
LANGUAGE sql AS $$
  INSERT INTO events (stream, version, type, schema_version, data, meta, organization_id, project_id)
  SELECT b.id || '/' || a.id, a.event_version + 1, type, 1, json_strip_nulls(json_build_object(
      'budgetId', b.id, 'scope', b.scope, 'subjectId', nullif(b.subject_id, ''),
      'period', nullif(a.period, ''), 'runId', nullif(a.run_id, ''), 'percent', percent, 'policy', b.policy,
      'limitMicroUsd', -a.outside, 'reservedMicroUsd', a.reserved, 'spentMicroUsd', a.spent)),
    meta, r.organization_id, r.project_id
  FROM budget b WHERE b.id = a.budget_id;
  UPDATE ledger_account SET
    event_version = event_version + 1,
    warned_percent = coalesce(percent, warned_percent),
    exceeded_revision = CASE WHEN percent IS NULL THEN revision ELSE exceeded_revision END
  WHERE id = a.id;
$$;

-- Locks the account of a budget for this period and run, made if need be, with the limit that the budget has now.
CREATE FUNCTION open_account(b budget, run text) RETURNS ledger_account
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  a ledger_account;
  this_period text := budget_period(b.period, b.time_zone);
  raise_by bigint;
BEGIN
  SELECT * INTO a FROM ledger_account
    WHERE budget_id = b.id AND period = this_period AND run_id = run FOR UPDATE;
  IF NOT FOUND THEN
    INSERT INTO ledger_account (organization_id, project_id, budget_id, period, run_id)
      VALUES (b.organization_id, b.project_id, b.id, this_period, run) ON CONFLICT DO NOTHING;
    SELECT * INTO STRICT a FROM ledger_account
      WHERE budget_id = b.id AND period = this_period AND run_id = run FOR UPDATE;
  END IF;
  -- Whoever read the budget before its last change, and waited here meanwhile, enters nothing.
  IF a.revision < b.revision THEN
    raise_by := b.limit_micro_usd + a.outside;
    UPDATE ledger_account SET
      available = available + raise_by,
      outside = outside - raise_by,
      warned_percent = coalesce((
        SELECT max(percent) FROM unnest(b.warn_at_percents) percent
        WHERE percent <= warned_percent AND spent * 100 >= b.limit_micro_usd * percent), 0),
      revision = b.revision
    WHERE id = a.id RETURNING * INTO a;
    IF raise_by <> 0 THEN
      INSERT INTO ledger_entry (organization_id, project_id, budget_id, account_id, kind, available, outside, balance)
        VALUES (a.organization_id, a.project_id, a.budget_id, a.id,
          CASE WHEN raise_by = -a.outside THEN 'fund' ELSE 'limit' END, raise_by, -raise_by, a.available);
    END IF;
  END IF;
  RETURN a;
END
$$;

-- Moves money between the sides of one account: the balances, and the entry that says why, or neither.
CREATE FUNCTION post_money(
  account bigint, entry_kind text, r reservation, to_available bigint, to_reserved bigint, to_spent bigint, meta jsonb
) RETURNS void
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  a ledger_account;
  crossed int;
BEGIN
  UPDATE ledger_account SET
    available = available + to_available,
    reserved = reserved + to_reserved,
    spent = spent + to_spent
  WHERE id = account RETURNING * INTO STRICT a;
  INSERT INTO ledger_entry (organization_id, project_id, budget_id, account_id, kind, available, reserved, spent,
      balance, call_key, payer_project_id, run_id, agent_id, key_id, model)
    VALUES (a.organization_id, a.project_id, a.budget_id, a.id, entry_kind, to_available, to_reserved, to_spent,
      a.available, r.call_key, r.project_id, r.run_id, r.agent_id, r.key_id, r.model);
  IF to_spent <= 0 THEN RETURN; END IF;
  SELECT max(percent) INTO crossed FROM budget b, unnest(b.warn_at_percents) percent
    WHERE b.id = a.budget_id AND percent > a.warned_percent AND a.spent * 100 >= -a.outside * percent;
  IF crossed IS NOT NULL THEN
    PERFORM tell_of_budget(a, 'budget.warning', crossed, r, meta);
    a.event_version := a.event_version + 1;
  END IF;
  IF a.available < 0 AND a.exceeded_revision < a.revision THEN
    PERFORM tell_of_budget(a, 'budget.exceeded', NULL, r, meta);
  END IF;
END
$$;

-- Takes an estimate from every budget that applies to a payer, or says which one has not got it. Accounts are locked in
-- the order of their budgets, everywhere.
CREATE FUNCTION reserve_money(
  organization text, project text, asked_key text, run text, agent text, api_key text, asked_model text,
  asked bigint, lasts_ms int, meta jsonb
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
      cost = NULL, state = 'reserved', account_ids = accounts, degrade_to = cheaper, round = round + 1,
      deadline = now() + lasts_ms * interval '1 millisecond'
    WHERE organization_id = organization AND project_id = project AND call_key = asked_key RETURNING * INTO r;
  ELSE
    INSERT INTO reservation (organization_id, project_id, call_key, run_id, agent_id, key_id, model, estimate,
        account_ids, degrade_to, deadline)
      VALUES (organization, project, asked_key, run, agent, api_key, asked_model, asked,
        accounts, cheaper, now() + lasts_ms * interval '1 millisecond')
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

-- Books what a call cost. Of one that was given up as lost, and was not, the difference.
CREATE FUNCTION settle_money(
  organization text, project text, asked_key text, paid bigint, paid_model text, meta jsonb
) RETURNS text
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  r reservation;
  earlier text;
  account bigint;
BEGIN
  SELECT * INTO r FROM reservation
    WHERE organization_id = organization AND project_id = project AND call_key = asked_key FOR UPDATE;
  IF NOT FOUND THEN RETURN 'unknown'; END IF;
  earlier := r.state;
  IF earlier = 'settled' THEN RETURN earlier; END IF;
  UPDATE reservation SET state = 'settled', cost = paid, model = coalesce(paid_model, model)
    WHERE organization_id = organization AND project_id = project AND call_key = asked_key RETURNING * INTO r;
  FOREACH account IN ARRAY r.account_ids LOOP
    IF earlier = 'reserved' THEN
      PERFORM post_money(account, 'settle', r, r.estimate - paid, -r.estimate, paid, meta);
    ELSE
      PERFORM post_money(account, 'correct', r, r.estimate - paid, 0, paid - r.estimate, meta);
    END IF;
  END LOOP;
  RETURN earlier;
END
$$;

-- The owner of a reservation has died, or so it seems: the provider may have charged all of it.
CREATE FUNCTION expire_money(organization text, project text, asked_key text, meta jsonb) RETURNS boolean
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
  RETURN true;
END
$$;

-- Accounts whose balances are not what their entries and reservations add up to. There are none.
CREATE FUNCTION ledger_faults() RETURNS TABLE (account_id bigint, fault text)
LANGUAGE sql STABLE AS $$
  WITH entered AS (
    SELECT account_id, sum(available) AS available, sum(reserved) AS reserved, sum(spent) AS spent,
      sum(outside) AS outside
    FROM ledger_entry GROUP BY account_id
  ), held AS (
    SELECT account, sum(estimate) AS reserved FROM reservation, unnest(account_ids) account
    WHERE state = 'reserved' GROUP BY account
  )
  SELECT a.id, CASE
      WHEN a.available + a.reserved + a.spent + a.outside <> 0 THEN 'its sides do not add up to zero'
      WHEN a.reserved <> coalesce(h.reserved, 0) THEN 'more or less is reserved than reservations hold'
      ELSE 'its balances are not the sum of its entries' END
  FROM ledger_account a LEFT JOIN entered e ON e.account_id = a.id LEFT JOIN held h ON h.account = a.id
  WHERE a.available + a.reserved + a.spent + a.outside <> 0
    OR a.reserved <> coalesce(h.reserved, 0)
    OR (a.available, a.reserved, a.spent, a.outside) IS DISTINCT FROM
      (coalesce(e.available, 0), coalesce(e.reserved, 0), coalesce(e.spent, 0), coalesce(e.outside, 0));
$$;
