-- What is to stand in other systems, exactly once, and how far each of it got.

CREATE TABLE deeds (
  -- The key by which the other system knows it again.
  id            uuid PRIMARY KEY,
  kind          text NOT NULL CHECK (kind IN ('call_log', 'ticket', 'ticket_note', 'escalation')),
  contact_id    uuid NOT NULL REFERENCES contacts ON DELETE CASCADE,
  connection_id uuid NOT NULL REFERENCES connections ON DELETE CASCADE,
  -- null: it was made by itself.
  made_by       uuid REFERENCES users ON DELETE SET NULL,
  made_at       bigint NOT NULL,
  -- What should stand there.
  body          jsonb NOT NULL,
  -- What the attempt sends that is under way, or whose answer was lost.
  attempt_body  jsonb,
  -- Revisions of the content: that should stand there, that does, and of the attempt.
  wanted        integer NOT NULL,
  done          integer,
  attempt       integer,
  state         text NOT NULL CHECK (state IN ('waiting', 'sending', 'done', 'dead', 'cancelled')),
  may_exist     boolean NOT NULL DEFAULT false,
  attempts      integer NOT NULL DEFAULT 0,
  failing_since bigint,
  next_at       bigint NOT NULL,
  -- Whoever sends it now holds this, until then.
  lease_id      uuid,
  lease_until   bigint,
  done_at       bigint,
  failed_at     bigint,
  failure       text,
  failure_text  text,
  -- What it is there.
  external_type text,
  external_id   text,
  reference     text,
  url           text,
  CHECK ((state = 'sending') = (lease_id IS NOT NULL AND lease_until IS NOT NULL))
);
CREATE INDEX deeds_waiting ON deeds (connection_id, attempts, next_at) WHERE state = 'waiting';
CREATE INDEX deeds_sending ON deeds (connection_id, lease_until) WHERE state = 'sending';
CREATE INDEX deeds_dead ON deeds (failed_at DESC) WHERE state = 'dead';
CREATE INDEX deeds_contact ON deeds (contact_id);

-- How each connection takes what it is sent, for all backends.
CREATE TABLE deed_gates (
  connection_id uuid PRIMARY KEY REFERENCES connections ON DELETE CASCADE,
  failures      integer NOT NULL DEFAULT 0,
  closed_until  bigint NOT NULL DEFAULT 0,
  -- Kinds of deeds that wait until the connection is another than this revision of it, or was tested well.
  held          text[] NOT NULL DEFAULT '{}',
  held_revision integer NOT NULL DEFAULT 0
);

-- Which of a connection's tickets a contact is about.
CREATE TABLE contact_tickets (
  contact_id    uuid NOT NULL REFERENCES contacts ON DELETE CASCADE,
  connection_id uuid NOT NULL REFERENCES connections ON DELETE CASCADE,
  ticket_type   text NOT NULL,
  ticket_id     text NOT NULL,
  -- null: it was made in the contact.
  chosen_by     uuid REFERENCES users ON DELETE SET NULL,
  at            bigint NOT NULL,
  PRIMARY KEY (contact_id, connection_id)
);

-- Contacts of which there is something to tell. Lines are added beside whatever is new, in its transaction, and taken away with
-- the deeds that come of them: nobody waits here for anybody.
CREATE TABLE call_log_news (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  contact_id uuid NOT NULL
);

CREATE FUNCTION call_log_news_of(contact_ids uuid[]) RETURNS void LANGUAGE sql AS $$
  INSERT INTO call_log_news (contact_id) SELECT DISTINCT unnest(contact_ids)
  WHERE EXISTS (SELECT FROM connections WHERE is_enabled AND logs_calls)
$$;

CREATE FUNCTION call_log_news_of_new_legs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM call_log_news_of(array_agg(contact_id)) FROM came
  WHERE answered_at IS NOT NULL AND ended_at IS NOT NULL HAVING count(*) > 0;
  RETURN NULL;
END $$;
CREATE TRIGGER call_log_new AFTER INSERT ON legs REFERENCING NEW TABLE AS came
  FOR EACH STATEMENT EXECUTE FUNCTION call_log_news_of_new_legs();

CREATE FUNCTION call_log_news_of_legs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM call_log_news_of(array_agg(c.contact_id)) FROM came c JOIN gone g USING (call_id)
  WHERE c.answered_at IS NOT NULL AND c.ended_at IS NOT NULL
    AND (c.answered_at, c.ended_at, c.talk_ms, c.code, c.further_codes, c.notes, c.wrapped_up_at, c.is_consult)
      IS DISTINCT FROM
      (g.answered_at, g.ended_at, g.talk_ms, g.code, g.further_codes, g.notes, g.wrapped_up_at, g.is_consult)
  HAVING count(*) > 0;
  RETURN NULL;
END $$;
CREATE TRIGGER call_log AFTER UPDATE ON legs REFERENCING OLD TABLE AS gone NEW TABLE AS came
  FOR EACH STATEMENT EXECUTE FUNCTION call_log_news_of_legs();

CREATE FUNCTION call_log_news_of_contact() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM call_log_news_of(ARRAY[NEW.id]);
  RETURN NULL;
END $$;
CREATE TRIGGER call_log AFTER UPDATE OF ended_at, queue, remote_number ON contacts FOR EACH ROW
  WHEN (NEW.ended_at IS NOT NULL
    AND (OLD.ended_at, OLD.queue, OLD.remote_number) IS DISTINCT FROM (NEW.ended_at, NEW.queue, NEW.remote_number))
  EXECUTE FUNCTION call_log_news_of_contact();

CREATE FUNCTION call_log_news_of_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM call_log_news_of(ARRAY[NEW.contact_id]);
  RETURN NULL;
END $$;
CREATE TRIGGER call_log AFTER UPDATE OF state ON recordings FOR EACH ROW
  WHEN ((OLD.state = 'stopped') IS DISTINCT FROM (NEW.state = 'stopped'))
  EXECUTE FUNCTION call_log_news_of_part();
CREATE TRIGGER call_log AFTER INSERT OR UPDATE ON contact_people FOR EACH ROW
  EXECUTE FUNCTION call_log_news_of_part();
CREATE TRIGGER call_log AFTER INSERT OR UPDATE ON contact_tickets FOR EACH ROW
  EXECUTE FUNCTION call_log_news_of_part();
