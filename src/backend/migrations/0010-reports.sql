-- Reports: what they are made of, and sums of it for every quarter of an hour. Figures: docs/reports.md.

-- The queue that offered this leg (a contact may pass several) and who began the call, as its own facts tell; without
-- direction: no customer's call.
ALTER TABLE legs ADD COLUMN queue text, ADD COLUMN direction text CHECK (direction IN ('inbound', 'outbound'));
UPDATE legs g SET queue = k.queue, direction = CASE WHEN g.is_consult THEN NULL WHEN g.dial_ms > 0 THEN 'outbound' ELSE k.direction END
FROM contacts k WHERE k.id = g.contact_id;

ALTER TABLE queues
  -- An answer within this time is in time.
  ADD COLUMN service_level_ms integer NOT NULL DEFAULT 20000 CHECK (service_level_ms > 0),
  -- Who gives up before that did not mean to wait.
  ADD COLUMN short_abandon_ms integer NOT NULL DEFAULT 5000 CHECK (short_abandon_ms >= 0),
  -- A customer who calls about the same topic within so many days was not helped the first time.
  ADD COLUMN repeat_days integer NOT NULL DEFAULT 7 CHECK (repeat_days BETWEEN 1 AND 60);

-- The quarter of an hour (epoch ms) that this instant is in.
CREATE FUNCTION report_bucket(at bigint) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN at - at % 900000;

-- Each time that a call waited in a queue. By call key: the queue may be entered before there is a contact.
CREATE TABLE queue_waits (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  call_key   text NOT NULL,
  queue      text NOT NULL,
  entered_at bigint NOT NULL,
  -- null: it waits.
  left_at    bigint CHECK (left_at >= entered_at),
  -- `vanished`: it was gone when the PBX was seen again.
  how        text CHECK (how IN ('answered', 'abandoned', 'timed_out', 'transferred', 'vanished')),
  -- Who answered.
  agent_id   uuid REFERENCES users ON DELETE SET NULL,
  -- The queue's limits as they were then.
  target_ms  integer NOT NULL,
  short_ms   integer NOT NULL,
  bucket     bigint GENERATED ALWAYS AS (entered_at - entered_at % 900000) STORED,
  wait_ms    bigint GENERATED ALWAYS AS (left_at - entered_at) STORED,
  CHECK ((left_at IS NULL) = (how IS NULL))
);
CREATE UNIQUE INDEX queue_waits_open ON queue_waits (call_key, queue) WHERE left_at IS NULL;
CREATE INDEX queue_waits_call ON queue_waits (call_key);
CREATE INDEX queue_waits_longest ON queue_waits (queue, bucket, wait_ms DESC NULLS LAST);

-- What each change of a row above changes in the sums; only ever added to and taken from, so that nobody waits for
-- anybody. Nobody's: the agent of zeros; no queue, code or cause: an empty text.
CREATE TABLE report_deltas (
  id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  bucket   bigint NOT NULL,
  agent_id uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
  queue    text NOT NULL DEFAULT '',
  code     text NOT NULL DEFAULT '',
  -- Of a missed offer.
  cause    text NOT NULL DEFAULT '',
  offered bigint NOT NULL DEFAULT 0, answered bigint NOT NULL DEFAULT 0, abandoned bigint NOT NULL DEFAULT 0,
  abandoned_short bigint NOT NULL DEFAULT 0, left_otherwise bigint NOT NULL DEFAULT 0,
  answered_in_time bigint NOT NULL DEFAULT 0, abandoned_in_time bigint NOT NULL DEFAULT 0,
  answer_wait_ms bigint NOT NULL DEFAULT 0, abandon_wait_ms bigint NOT NULL DEFAULT 0,
  left_answered bigint NOT NULL DEFAULT 0, left_abandoned bigint NOT NULL DEFAULT 0,
  left_abandoned_short bigint NOT NULL DEFAULT 0, left_answered_in_time bigint NOT NULL DEFAULT 0,
  left_abandoned_in_time bigint NOT NULL DEFAULT 0, left_answer_wait_ms bigint NOT NULL DEFAULT 0,
  left_abandon_wait_ms bigint NOT NULL DEFAULT 0, rang bigint NOT NULL DEFAULT 0, handled bigint NOT NULL DEFAULT 0,
  transferred bigint NOT NULL DEFAULT 0, talk_ms bigint NOT NULL DEFAULT 0, consult_ms bigint NOT NULL DEFAULT 0,
  hold_ms bigint NOT NULL DEFAULT 0, wrap_up_ms bigint NOT NULL DEFAULT 0, dial_ms bigint NOT NULL DEFAULT 0,
  ready_ms bigint NOT NULL DEFAULT 0, reserved_ms bigint NOT NULL DEFAULT 0, engaged_ms bigint NOT NULL DEFAULT 0,
  after_call_ms bigint NOT NULL DEFAULT 0, not_ready_ms bigint NOT NULL DEFAULT 0, missed bigint NOT NULL DEFAULT 0,
  missed_counted bigint NOT NULL DEFAULT 0, first_contacts bigint NOT NULL DEFAULT 0,
  first_repeated bigint NOT NULL DEFAULT 0
);

-- Deltas, added up by agent: a report reads these and the deltas that are not among them yet. Codes are not told apart:
-- there would be hardly fewer lines than calls.
CREATE TABLE report_rollups (
  -- Minutes that a line stands for: 15, or 60 for whoever asks for whole hours and more.
  step     integer NOT NULL,
  bucket   bigint NOT NULL,
  agent_id uuid NOT NULL,
  queue    text NOT NULL,
  cause    text NOT NULL,
  offered bigint NOT NULL DEFAULT 0, answered bigint NOT NULL DEFAULT 0, abandoned bigint NOT NULL DEFAULT 0,
  abandoned_short bigint NOT NULL DEFAULT 0, left_otherwise bigint NOT NULL DEFAULT 0,
  answered_in_time bigint NOT NULL DEFAULT 0, abandoned_in_time bigint NOT NULL DEFAULT 0,
  answer_wait_ms bigint NOT NULL DEFAULT 0, abandon_wait_ms bigint NOT NULL DEFAULT 0,
  left_answered bigint NOT NULL DEFAULT 0, left_abandoned bigint NOT NULL DEFAULT 0,
  left_abandoned_short bigint NOT NULL DEFAULT 0, left_answered_in_time bigint NOT NULL DEFAULT 0,
  left_abandoned_in_time bigint NOT NULL DEFAULT 0, left_answer_wait_ms bigint NOT NULL DEFAULT 0,
  left_abandon_wait_ms bigint NOT NULL DEFAULT 0, rang bigint NOT NULL DEFAULT 0, handled bigint NOT NULL DEFAULT 0,
  transferred bigint NOT NULL DEFAULT 0, talk_ms bigint NOT NULL DEFAULT 0, consult_ms bigint NOT NULL DEFAULT 0,
  hold_ms bigint NOT NULL DEFAULT 0, wrap_up_ms bigint NOT NULL DEFAULT 0, dial_ms bigint NOT NULL DEFAULT 0,
  ready_ms bigint NOT NULL DEFAULT 0, reserved_ms bigint NOT NULL DEFAULT 0, engaged_ms bigint NOT NULL DEFAULT 0,
  after_call_ms bigint NOT NULL DEFAULT 0, not_ready_ms bigint NOT NULL DEFAULT 0, missed bigint NOT NULL DEFAULT 0,
  missed_counted bigint NOT NULL DEFAULT 0, first_contacts bigint NOT NULL DEFAULT 0,
  first_repeated bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (step, bucket, agent_id, queue, cause)
) WITH (fillfactor = 80);
CREATE INDEX report_rollups_agent ON report_rollups (agent_id, step, bucket);

-- The same by code, for all agents together.
CREATE TABLE report_queue_rollups (
  step     integer NOT NULL,
  bucket   bigint NOT NULL,
  queue    text NOT NULL,
  code     text NOT NULL,
  cause    text NOT NULL,
  offered bigint NOT NULL DEFAULT 0, answered bigint NOT NULL DEFAULT 0, abandoned bigint NOT NULL DEFAULT 0,
  abandoned_short bigint NOT NULL DEFAULT 0, left_otherwise bigint NOT NULL DEFAULT 0,
  answered_in_time bigint NOT NULL DEFAULT 0, abandoned_in_time bigint NOT NULL DEFAULT 0,
  answer_wait_ms bigint NOT NULL DEFAULT 0, abandon_wait_ms bigint NOT NULL DEFAULT 0,
  left_answered bigint NOT NULL DEFAULT 0, left_abandoned bigint NOT NULL DEFAULT 0,
  left_abandoned_short bigint NOT NULL DEFAULT 0, left_answered_in_time bigint NOT NULL DEFAULT 0,
  left_abandoned_in_time bigint NOT NULL DEFAULT 0, left_answer_wait_ms bigint NOT NULL DEFAULT 0,
  left_abandon_wait_ms bigint NOT NULL DEFAULT 0, rang bigint NOT NULL DEFAULT 0, handled bigint NOT NULL DEFAULT 0,
  transferred bigint NOT NULL DEFAULT 0, talk_ms bigint NOT NULL DEFAULT 0, consult_ms bigint NOT NULL DEFAULT 0,
  hold_ms bigint NOT NULL DEFAULT 0, wrap_up_ms bigint NOT NULL DEFAULT 0, dial_ms bigint NOT NULL DEFAULT 0,
  ready_ms bigint NOT NULL DEFAULT 0, reserved_ms bigint NOT NULL DEFAULT 0, engaged_ms bigint NOT NULL DEFAULT 0,
  after_call_ms bigint NOT NULL DEFAULT 0, not_ready_ms bigint NOT NULL DEFAULT 0, missed bigint NOT NULL DEFAULT 0,
  missed_counted bigint NOT NULL DEFAULT 0, first_contacts bigint NOT NULL DEFAULT 0,
  first_repeated bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (step, bucket, queue, code, cause)
) WITH (fillfactor = 80);

-- One line for each contact of a known customer that was handled: whether the customer came back for the same topic.
CREATE TABLE first_contacts (
  contact_id  uuid PRIMARY KEY REFERENCES contacts ON DELETE CASCADE,
  customer_id uuid NOT NULL,
  queue       text NOT NULL,
  code        text NOT NULL,
  started_at  bigint NOT NULL,
  -- Who handled it last, and when that was done.
  agent_id    uuid NOT NULL,
  finished_at bigint NOT NULL,
  repeated    boolean NOT NULL DEFAULT false
);
CREATE INDEX first_contacts_topic ON first_contacts (customer_id, queue, code, started_at);
CREATE INDEX first_contacts_agent ON first_contacts (agent_id, finished_at);

-- Contacts whose line above is to be written anew.
CREATE TABLE report_marks (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  contact_id uuid NOT NULL
);

-- What one row is worth, by itself: a wait where it began and where it ended, a leg where it rang and where it was done.

CREATE FUNCTION report_of_wait(w queue_waits) RETURNS TABLE (
  bucket bigint, agent_id uuid, queue text,
  offered bigint, answered bigint, abandoned bigint, abandoned_short bigint, left_otherwise bigint,
  answered_in_time bigint, abandoned_in_time bigint, answer_wait_ms bigint, abandon_wait_ms bigint,
  left_answered bigint, left_abandoned bigint, left_abandoned_short bigint, left_answered_in_time bigint,
  left_abandoned_in_time bigint, left_answer_wait_ms bigint, left_abandon_wait_ms bigint
) LANGUAGE sql STABLE AS $$
  SELECT w.entered_at - w.entered_at % 900000, coalesce(w.agent_id, '00000000-0000-0000-0000-000000000000'::uuid), w.queue,
    1, (w.how IS NOT DISTINCT FROM 'answered')::int, (w.how IS NOT DISTINCT FROM 'abandoned')::int,
    (w.how IS NOT DISTINCT FROM 'abandoned' AND w.wait_ms < w.short_ms)::int,
    (w.how IN ('timed_out', 'transferred', 'vanished') IS TRUE)::int,
    (w.how IS NOT DISTINCT FROM 'answered' AND w.wait_ms <= w.target_ms)::int,
    (w.how IS NOT DISTINCT FROM 'abandoned' AND w.wait_ms <= w.target_ms)::int,
    CASE WHEN w.how = 'answered' THEN w.wait_ms ELSE 0 END, CASE WHEN w.how = 'abandoned' THEN w.wait_ms ELSE 0 END,
    0, 0, 0, 0, 0, 0, 0
  UNION ALL
  SELECT w.left_at - w.left_at % 900000, coalesce(w.agent_id, '00000000-0000-0000-0000-000000000000'::uuid), w.queue,
    0, 0, 0, 0, 0, 0, 0, 0, 0, (w.how = 'answered')::int, (w.how = 'abandoned')::int,
    (w.how = 'abandoned' AND w.wait_ms < w.short_ms)::int, (w.how = 'answered' AND w.wait_ms <= w.target_ms)::int,
    (w.how = 'abandoned' AND w.wait_ms <= w.target_ms)::int, CASE WHEN w.how = 'answered' THEN w.wait_ms ELSE 0 END,
    CASE WHEN w.how = 'abandoned' THEN w.wait_ms ELSE 0 END
  WHERE w.how IN ('answered', 'abandoned')
$$;

CREATE FUNCTION report_of_leg(g legs) RETURNS TABLE (
  bucket bigint, agent_id uuid, queue text, code text,
  rang bigint, handled bigint, transferred bigint, talk_ms bigint, consult_ms bigint, hold_ms bigint,
  wrap_up_ms bigint, dial_ms bigint
) LANGUAGE sql STABLE AS $$
  SELECT g.started_at - g.started_at % 900000, g.agent_id, g.queue, '', 1, 0, 0, 0, 0, 0, 0, 0
  WHERE g.direction = 'inbound' AND g.queue IS NOT NULL AND g.started_at IS NOT NULL
  UNION ALL
  SELECT g.finished_at - g.finished_at % 900000, g.agent_id, coalesce(g.queue, ''), coalesce(g.code, ''),
    0, 1, (g.outcome IS NOT DISTINCT FROM 'transferred')::int, g.talk_ms, g.consult_ms, g.hold_ms, g.wrap_up_ms,
    g.dial_ms
  WHERE g.finished_at IS NOT NULL AND g.answered_at IS NOT NULL AND g.direction IS NOT NULL
$$;

CREATE FUNCTION report_of_miss(m missed_offers) RETURNS TABLE (
  bucket bigint, agent_id uuid, queue text, cause text, missed bigint, missed_counted bigint
) LANGUAGE sql STABLE AS $$
  SELECT m.at - m.at % 900000, m.agent_id, coalesce(m.queue, ''), m.cause, 1, m.counted::int
$$;

CREATE FUNCTION report_of_first_contact(f first_contacts) RETURNS TABLE (
  bucket bigint, agent_id uuid, queue text, code text, first_contacts bigint, first_repeated bigint
) LANGUAGE sql STABLE AS $$
  SELECT f.finished_at - f.finished_at % 900000, f.agent_id, f.queue, f.code, 1, f.repeated::int
$$;

-- An agent's time in one state, up to the next line of the log, cut at the quarters of an hour.
CREATE FUNCTION report_of_time(state text, began bigint, ended bigint) RETURNS TABLE (
  bucket bigint,
  ready_ms bigint, reserved_ms bigint, engaged_ms bigint, after_call_ms bigint, not_ready_ms bigint
) LANGUAGE sql STABLE AS $$
  SELECT b.bucket,
    CASE WHEN state = 'ready' THEN b.ms ELSE 0 END, CASE WHEN state = 'reserved' THEN b.ms ELSE 0 END,
    CASE WHEN state = 'engaged' THEN b.ms ELSE 0 END, CASE WHEN state = 'wrap_up' THEN b.ms ELSE 0 END,
    CASE WHEN state = 'not_ready' THEN b.ms ELSE 0 END
  FROM (SELECT s AS bucket, least(ended, s + 900000) - greatest(began, s) AS ms
        FROM generate_series(began - began % 900000, ended - 1, 900000::bigint) AS s) b
  WHERE state <> 'offline' AND ended > began
$$;

-- Every change of such a row adds what it changed, one statement at a time, in its own transaction.

CREATE FUNCTION report_follows_queue_waits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO report_deltas (bucket, agent_id, queue,
      offered, answered, abandoned, abandoned_short, left_otherwise, answered_in_time, abandoned_in_time,
      answer_wait_ms, abandon_wait_ms, left_answered, left_abandoned, left_abandoned_short, left_answered_in_time,
      left_abandoned_in_time, left_answer_wait_ms, left_abandon_wait_ms)
    SELECT d.bucket, d.agent_id, d.queue,
      d.offered, d.answered, d.abandoned, d.abandoned_short, d.left_otherwise, d.answered_in_time,
      d.abandoned_in_time, d.answer_wait_ms, d.abandon_wait_ms, d.left_answered, d.left_abandoned,
      d.left_abandoned_short, d.left_answered_in_time, d.left_abandoned_in_time, d.left_answer_wait_ms,
      d.left_abandon_wait_ms
    FROM came, LATERAL report_of_wait(ROW(came.*)::queue_waits) d;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO report_deltas (bucket, agent_id, queue,
      offered, answered, abandoned, abandoned_short, left_otherwise, answered_in_time, abandoned_in_time,
      answer_wait_ms, abandon_wait_ms, left_answered, left_abandoned, left_abandoned_short, left_answered_in_time,
      left_abandoned_in_time, left_answer_wait_ms, left_abandon_wait_ms)
    SELECT d.bucket, d.agent_id, d.queue,
      -d.offered, -d.answered, -d.abandoned, -d.abandoned_short, -d.left_otherwise, -d.answered_in_time,
      -d.abandoned_in_time, -d.answer_wait_ms, -d.abandon_wait_ms, -d.left_answered, -d.left_abandoned,
      -d.left_abandoned_short, -d.left_answered_in_time, -d.left_abandoned_in_time, -d.left_answer_wait_ms,
      -d.left_abandon_wait_ms
    FROM gone, LATERAL report_of_wait(ROW(gone.*)::queue_waits) d;
  ELSE
    INSERT INTO report_deltas (bucket, agent_id, queue,
      offered, answered, abandoned, abandoned_short, left_otherwise, answered_in_time, abandoned_in_time,
      answer_wait_ms, abandon_wait_ms, left_answered, left_abandoned, left_abandoned_short, left_answered_in_time,
      left_abandoned_in_time, left_answer_wait_ms, left_abandon_wait_ms)
    SELECT d.bucket, d.agent_id, d.queue,
      sum(d.sign * d.offered), sum(d.sign * d.answered), sum(d.sign * d.abandoned), sum(d.sign * d.abandoned_short),
      sum(d.sign * d.left_otherwise), sum(d.sign * d.answered_in_time), sum(d.sign * d.abandoned_in_time),
      sum(d.sign * d.answer_wait_ms), sum(d.sign * d.abandon_wait_ms), sum(d.sign * d.left_answered),
      sum(d.sign * d.left_abandoned), sum(d.sign * d.left_abandoned_short), sum(d.sign * d.left_answered_in_time),
      sum(d.sign * d.left_abandoned_in_time), sum(d.sign * d.left_answer_wait_ms),
      sum(d.sign * d.left_abandon_wait_ms)
    FROM (
      SELECT -1 AS sign, d.* FROM gone, LATERAL report_of_wait(ROW(gone.*)::queue_waits) d
      UNION ALL
      SELECT 1 AS sign, d.* FROM came, LATERAL report_of_wait(ROW(came.*)::queue_waits) d
    ) d
    GROUP BY d.bucket, d.agent_id, d.queue
    HAVING (sum(d.sign * d.offered),
      sum(d.sign * d.answered),
      sum(d.sign * d.abandoned),
      sum(d.sign * d.abandoned_short),
      sum(d.sign * d.left_otherwise),
      sum(d.sign * d.answered_in_time),
      sum(d.sign * d.abandoned_in_time),
      sum(d.sign * d.answer_wait_ms),
      sum(d.sign * d.abandon_wait_ms),
      sum(d.sign * d.left_answered),
      sum(d.sign * d.left_abandoned),
      sum(d.sign * d.left_abandoned_short),
      sum(d.sign * d.left_answered_in_time),
      sum(d.sign * d.left_abandoned_in_time),
      sum(d.sign * d.left_answer_wait_ms),
      sum(d.sign * d.left_abandon_wait_ms))
      IS DISTINCT FROM (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER report_insert AFTER INSERT ON queue_waits REFERENCING NEW TABLE AS came
  FOR EACH STATEMENT EXECUTE FUNCTION report_follows_queue_waits();
CREATE TRIGGER report_update AFTER UPDATE ON queue_waits REFERENCING OLD TABLE AS gone NEW TABLE AS came
  FOR EACH STATEMENT EXECUTE FUNCTION report_follows_queue_waits();
CREATE TRIGGER report_delete AFTER DELETE ON queue_waits REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION report_follows_queue_waits();

CREATE FUNCTION report_follows_legs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO report_deltas (bucket, agent_id, queue, code,
      rang, handled, transferred, talk_ms, consult_ms, hold_ms, wrap_up_ms, dial_ms)
    SELECT d.bucket, d.agent_id, d.queue, d.code,
      d.rang, d.handled, d.transferred, d.talk_ms, d.consult_ms, d.hold_ms, d.wrap_up_ms, d.dial_ms
    FROM came, LATERAL report_of_leg(ROW(came.*)::legs) d;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO report_deltas (bucket, agent_id, queue, code,
      rang, handled, transferred, talk_ms, consult_ms, hold_ms, wrap_up_ms, dial_ms)
    SELECT d.bucket, d.agent_id, d.queue, d.code,
      -d.rang, -d.handled, -d.transferred, -d.talk_ms, -d.consult_ms, -d.hold_ms, -d.wrap_up_ms, -d.dial_ms
    FROM gone, LATERAL report_of_leg(ROW(gone.*)::legs) d;
  ELSE
    INSERT INTO report_deltas (bucket, agent_id, queue, code,
      rang, handled, transferred, talk_ms, consult_ms, hold_ms, wrap_up_ms, dial_ms)
    SELECT d.bucket, d.agent_id, d.queue, d.code,
      sum(d.sign * d.rang), sum(d.sign * d.handled), sum(d.sign * d.transferred), sum(d.sign * d.talk_ms),
      sum(d.sign * d.consult_ms), sum(d.sign * d.hold_ms), sum(d.sign * d.wrap_up_ms), sum(d.sign * d.dial_ms)
    FROM (
      SELECT -1 AS sign, d.* FROM gone, LATERAL report_of_leg(ROW(gone.*)::legs) d
      UNION ALL
      SELECT 1 AS sign, d.* FROM came, LATERAL report_of_leg(ROW(came.*)::legs) d
    ) d
    GROUP BY d.bucket, d.agent_id, d.queue, d.code
    HAVING (sum(d.sign * d.rang),
      sum(d.sign * d.handled),
      sum(d.sign * d.transferred),
      sum(d.sign * d.talk_ms),
      sum(d.sign * d.consult_ms),
      sum(d.sign * d.hold_ms),
      sum(d.sign * d.wrap_up_ms),
      sum(d.sign * d.dial_ms))
      IS DISTINCT FROM (0, 0, 0, 0, 0, 0, 0, 0);
  END IF;
  IF TG_OP = 'INSERT' THEN
    INSERT INTO report_marks (contact_id)
    SELECT DISTINCT contact_id FROM came WHERE finished_at IS NOT NULL AND answered_at IS NOT NULL;
  ELSIF TG_OP = 'UPDATE' THEN
    INSERT INTO report_marks (contact_id)
    SELECT DISTINCT c.contact_id FROM came c JOIN gone g USING (call_id)
    WHERE (c.finished_at, c.answered_at, c.code, c.queue, c.direction)
        IS DISTINCT FROM (g.finished_at, g.answered_at, g.code, g.queue, g.direction)
      AND coalesce(c.finished_at, g.finished_at) IS NOT NULL;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER report_insert AFTER INSERT ON legs REFERENCING NEW TABLE AS came
  FOR EACH STATEMENT EXECUTE FUNCTION report_follows_legs();
CREATE TRIGGER report_update AFTER UPDATE ON legs REFERENCING OLD TABLE AS gone NEW TABLE AS came
  FOR EACH STATEMENT EXECUTE FUNCTION report_follows_legs();
CREATE TRIGGER report_delete AFTER DELETE ON legs REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION report_follows_legs();

CREATE FUNCTION report_follows_missed_offers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO report_deltas (bucket, agent_id, queue, cause,
      missed, missed_counted)
    SELECT d.bucket, d.agent_id, d.queue, d.cause,
      d.missed, d.missed_counted
    FROM came, LATERAL report_of_miss(ROW(came.*)::missed_offers) d;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO report_deltas (bucket, agent_id, queue, cause,
      missed, missed_counted)
    SELECT d.bucket, d.agent_id, d.queue, d.cause,
      -d.missed, -d.missed_counted
    FROM gone, LATERAL report_of_miss(ROW(gone.*)::missed_offers) d;
  ELSE
    INSERT INTO report_deltas (bucket, agent_id, queue, cause,
      missed, missed_counted)
    SELECT d.bucket, d.agent_id, d.queue, d.cause,
      sum(d.sign * d.missed), sum(d.sign * d.missed_counted)
    FROM (
      SELECT -1 AS sign, d.* FROM gone, LATERAL report_of_miss(ROW(gone.*)::missed_offers) d
      UNION ALL
      SELECT 1 AS sign, d.* FROM came, LATERAL report_of_miss(ROW(came.*)::missed_offers) d
    ) d
    GROUP BY d.bucket, d.agent_id, d.queue, d.cause
    HAVING (sum(d.sign * d.missed),
      sum(d.sign * d.missed_counted))
      IS DISTINCT FROM (0, 0);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER report_insert AFTER INSERT ON missed_offers REFERENCING NEW TABLE AS came
  FOR EACH STATEMENT EXECUTE FUNCTION report_follows_missed_offers();
CREATE TRIGGER report_update AFTER UPDATE ON missed_offers REFERENCING OLD TABLE AS gone NEW TABLE AS came
  FOR EACH STATEMENT EXECUTE FUNCTION report_follows_missed_offers();
CREATE TRIGGER report_delete AFTER DELETE ON missed_offers REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION report_follows_missed_offers();

CREATE FUNCTION report_follows_first_contacts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO report_deltas (bucket, agent_id, queue, code,
      first_contacts, first_repeated)
    SELECT d.bucket, d.agent_id, d.queue, d.code,
      d.first_contacts, d.first_repeated
    FROM came, LATERAL report_of_first_contact(ROW(came.*)::first_contacts) d;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO report_deltas (bucket, agent_id, queue, code,
      first_contacts, first_repeated)
    SELECT d.bucket, d.agent_id, d.queue, d.code,
      -d.first_contacts, -d.first_repeated
    FROM gone, LATERAL report_of_first_contact(ROW(gone.*)::first_contacts) d;
  ELSE
    INSERT INTO report_deltas (bucket, agent_id, queue, code,
      first_contacts, first_repeated)
    SELECT d.bucket, d.agent_id, d.queue, d.code,
      sum(d.sign * d.first_contacts), sum(d.sign * d.first_repeated)
    FROM (
      SELECT -1 AS sign, d.* FROM gone, LATERAL report_of_first_contact(ROW(gone.*)::first_contacts) d
      UNION ALL
      SELECT 1 AS sign, d.* FROM came, LATERAL report_of_first_contact(ROW(came.*)::first_contacts) d
    ) d
    GROUP BY d.bucket, d.agent_id, d.queue, d.code
    HAVING (sum(d.sign * d.first_contacts),
      sum(d.sign * d.first_repeated))
      IS DISTINCT FROM (0, 0);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER report_insert AFTER INSERT ON first_contacts REFERENCING NEW TABLE AS came
  FOR EACH STATEMENT EXECUTE FUNCTION report_follows_first_contacts();
CREATE TRIGGER report_update AFTER UPDATE ON first_contacts REFERENCING OLD TABLE AS gone NEW TABLE AS came
  FOR EACH STATEMENT EXECUTE FUNCTION report_follows_first_contacts();
CREATE TRIGGER report_delete AFTER DELETE ON first_contacts REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION report_follows_first_contacts();

-- A customer is often found out after the call.
CREATE FUNCTION report_marks_contact() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO report_marks (contact_id) VALUES (NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER report_mark AFTER UPDATE OF customer_id, direction, started_at ON contacts FOR EACH ROW
  WHEN ((OLD.customer_id, OLD.direction, OLD.started_at) IS DISTINCT FROM (NEW.customer_id, NEW.direction, NEW.started_at))
  EXECUTE FUNCTION report_marks_contact();

-- A line of the log ends the state of the line before it.
CREATE FUNCTION report_follows_agent_state_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO report_deltas (bucket, agent_id, ready_ms, reserved_ms, engaged_ms, after_call_ms, not_ready_ms)
  SELECT d.bucket, c.agent_id, sum(d.ready_ms), sum(d.reserved_ms), sum(d.engaged_ms), sum(d.after_call_ms), sum(d.not_ready_ms)
  FROM came c
  CROSS JOIN LATERAL (
    SELECT l.at, l.state->>'state' AS state FROM agent_state_log l
    WHERE l.agent_id = c.agent_id AND l.revision < c.revision ORDER BY l.revision DESC LIMIT 1) before
  CROSS JOIN LATERAL report_of_time(before.state, before.at, c.at) d
  GROUP BY d.bucket, c.agent_id;
  RETURN NULL;
END $$;
CREATE TRIGGER report_insert AFTER INSERT ON agent_state_log REFERENCING NEW TABLE AS came
  FOR EACH STATEMENT EXECUTE FUNCTION report_follows_agent_state_log();

-- Adds everything up anew from the rows themselves.
CREATE FUNCTION report_rebuild() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  TRUNCATE report_deltas, report_rollups, report_queue_rollups, report_marks;
  INSERT INTO report_deltas (bucket, agent_id, queue,
    offered, answered, abandoned, abandoned_short, left_otherwise, answered_in_time, abandoned_in_time,
    answer_wait_ms, abandon_wait_ms, left_answered, left_abandoned, left_abandoned_short, left_answered_in_time,
    left_abandoned_in_time, left_answer_wait_ms, left_abandon_wait_ms)
  SELECT d.bucket, d.agent_id, d.queue,
    sum(d.offered), sum(d.answered), sum(d.abandoned), sum(d.abandoned_short), sum(d.left_otherwise),
    sum(d.answered_in_time), sum(d.abandoned_in_time), sum(d.answer_wait_ms), sum(d.abandon_wait_ms),
    sum(d.left_answered), sum(d.left_abandoned), sum(d.left_abandoned_short), sum(d.left_answered_in_time),
    sum(d.left_abandoned_in_time), sum(d.left_answer_wait_ms), sum(d.left_abandon_wait_ms)
  FROM queue_waits r, LATERAL report_of_wait(r) d GROUP BY d.bucket, d.agent_id, d.queue;
  INSERT INTO report_deltas (bucket, agent_id, queue, code,
    rang, handled, transferred, talk_ms, consult_ms, hold_ms, wrap_up_ms, dial_ms)
  SELECT d.bucket, d.agent_id, d.queue, d.code,
    sum(d.rang), sum(d.handled), sum(d.transferred), sum(d.talk_ms), sum(d.consult_ms), sum(d.hold_ms),
    sum(d.wrap_up_ms), sum(d.dial_ms)
  FROM legs r, LATERAL report_of_leg(r) d GROUP BY d.bucket, d.agent_id, d.queue, d.code;
  INSERT INTO report_deltas (bucket, agent_id, queue, cause,
    missed, missed_counted)
  SELECT d.bucket, d.agent_id, d.queue, d.cause,
    sum(d.missed), sum(d.missed_counted)
  FROM missed_offers r, LATERAL report_of_miss(r) d GROUP BY d.bucket, d.agent_id, d.queue, d.cause;
  INSERT INTO report_deltas (bucket, agent_id, queue, code,
    first_contacts, first_repeated)
  SELECT d.bucket, d.agent_id, d.queue, d.code,
    sum(d.first_contacts), sum(d.first_repeated)
  FROM first_contacts r, LATERAL report_of_first_contact(r) d GROUP BY d.bucket, d.agent_id, d.queue, d.code;
  INSERT INTO report_deltas (bucket, agent_id, ready_ms, reserved_ms, engaged_ms, after_call_ms, not_ready_ms)
  SELECT d.bucket, l.agent_id, sum(d.ready_ms), sum(d.reserved_ms), sum(d.engaged_ms), sum(d.after_call_ms), sum(d.not_ready_ms)
  FROM (SELECT agent_id, state->>'state' AS state, at, lead(at) OVER (PARTITION BY agent_id ORDER BY revision) AS until
        FROM agent_state_log) l
  CROSS JOIN LATERAL report_of_time(l.state, l.at, l.until) d
  GROUP BY d.bucket, l.agent_id;
  INSERT INTO report_marks (contact_id)
  SELECT DISTINCT contact_id FROM legs
  WHERE finished_at IS NOT NULL AND answered_at IS NOT NULL AND direction IS NOT NULL;
END $$;

-- What there was before: how long a contact waited is known where it was queued and an agent answered.
INSERT INTO queue_waits (call_key, queue, entered_at, left_at, how, agent_id, target_ms, short_ms)
SELECT k.call_key, k.queue, k.queued_at, greatest(k.queued_at, coalesce(a.answered_at, k.ended_at)),
  CASE WHEN a.answered_at IS NULL THEN 'abandoned' ELSE 'answered' END, a.agent_id, 20000, 5000
FROM contacts k LEFT JOIN LATERAL (
  SELECT g.answered_at, g.agent_id FROM legs g
  WHERE g.contact_id = k.id AND g.answered_at IS NOT NULL AND NOT g.is_consult ORDER BY g.answered_at LIMIT 1) a ON true
WHERE k.queued_at IS NOT NULL AND k.queue IS NOT NULL AND coalesce(a.answered_at, k.ended_at) IS NOT NULL;
SELECT report_rebuild();
