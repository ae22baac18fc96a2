-- The ledger: what was refused is kept, each leg is compared with the PBX's own times, and history is written once for
-- all that a transaction changed.

-- Events that can never be taken, as they came. One that comes again is counted, not kept again.
CREATE TABLE refused_events (
  id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  agent_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  -- What the sender called it, which may be nothing.
  event_id text NOT NULL,
  why      text NOT NULL,
  -- JSON; cut short where it was too long.
  body     text NOT NULL,
  is_cut   boolean NOT NULL,
  digest   bytea NOT NULL,
  first_at bigint NOT NULL,
  last_at  bigint NOT NULL,
  times    integer NOT NULL DEFAULT 1,
  UNIQUE (agent_id, digest)
);
CREATE INDEX refused_events_time ON refused_events (last_at DESC, id DESC);

-- How many more were refused of an agent who sent more of them than are kept.
CREATE TABLE refused_events_not_kept (
  agent_id uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
  events   bigint NOT NULL,
  last_at  bigint NOT NULL
);

ALTER TABLE agent_calls ADD COLUMN pbx_offered_at bigint;
-- The phone's times minus the PBX's, ms; null: one of the two did not tell.
ALTER TABLE legs
  ADD COLUMN offered_after_pbx_ms bigint,
  ADD COLUMN answered_after_pbx_ms bigint,
  ADD COLUMN ended_after_pbx_ms bigint;

-- Compares the latest leg of each of these calls at this agent with what the PBX told. What is remembered of a call is
-- begun anew when it comes again, so a leg that was over by then has been compared before.
CREATE FUNCTION compare_with_pbx(the_agent uuid, call_keys text[]) RETURNS void LANGUAGE sql AS $$
  WITH latest AS (
    SELECT DISTINCT ON (a.call_key) g.call_id, g.started_at, g.answered_at, g.ended_at,
      a.pbx_offered_at, a.pbx_answered_at, a.pbx_ended_at
    FROM agent_calls a JOIN contacts k ON k.call_key = a.call_key
      JOIN legs g ON g.contact_id = k.id AND g.agent_id = a.agent_id
    WHERE a.agent_id = the_agent AND a.call_key = ANY (call_keys)
      AND coalesce(a.pbx_offered_at, a.pbx_answered_at, a.pbx_ended_at) IS NOT NULL
      AND NOT g.is_consult AND g.started_at IS NOT NULL
    ORDER BY a.call_key, g.started_at DESC
  ), compared AS (
    SELECT call_id, started_at - pbx_offered_at AS offered, answered_at - pbx_answered_at AS answered,
      ended_at - pbx_ended_at AS ended
    FROM latest WHERE ended_at IS NULL OR coalesce(pbx_offered_at, pbx_answered_at, ended_at) <= ended_at
  )
  UPDATE legs g SET offered_after_pbx_ms = coalesce(c.offered, g.offered_after_pbx_ms),
    answered_after_pbx_ms = coalesce(c.answered, g.answered_after_pbx_ms),
    ended_after_pbx_ms = coalesce(c.ended, g.ended_after_pbx_ms)
  FROM compared c WHERE g.call_id = c.call_id
    AND (coalesce(c.offered, g.offered_after_pbx_ms), coalesce(c.answered, g.answered_after_pbx_ms),
      coalesce(c.ended, g.ended_after_pbx_ms))
    IS DISTINCT FROM (g.offered_after_pbx_ms, g.answered_after_pbx_ms, g.ended_after_pbx_ms)
$$;

-- Which lines of history a transaction has to write, by the transaction: rows live until its end and never after it.
CREATE UNLOGGED TABLE history_due (
  transaction xid8 NOT NULL DEFAULT pg_current_xact_id(),
  contact_ids uuid[] NOT NULL,
  -- In the order of the contacts; null: every agent of the contact.
  agent_ids   uuid[] NOT NULL
);
CREATE INDEX history_due_transaction ON history_due (transaction);

-- As before; text without accents, which is most of it, takes the short way.
CREATE OR REPLACE FUNCTION plain_text(given text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN trim(lower(regexp_replace(CASE WHEN octet_length(given) = char_length(given) THEN given
    ELSE regexp_replace(normalize(coalesce(given, ''), NFD),
      '[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]', '', 'g') END, '\s+', ' ', 'g')));

-- As before, and for any number of lines at once.
CREATE FUNCTION write_history_lines(the_contacts uuid[], the_agents uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  -- Whoever writes the same line waits here, and reads what the other wrote in the next statement. Of a part that is new
  -- with this transaction nobody else knows.
  PERFORM FROM contact_agents a
    JOIN unnest(the_contacts, the_agents) AS due (contact_id, agent_id) USING (contact_id, agent_id)
    WHERE a.xmin <> pg_current_xact_id()::xid
    ORDER BY a.contact_id, a.agent_id FOR UPDATE OF a;
  INSERT INTO history (agent_id, contact_id, started_at, direction, number, queue, outcome, missed, codes, search_text)
  SELECT due.agent_id, k.id, k.started_at, o.direction, o.number, k.queue, e.outcome,
    o.direction = 'inbound' AND NOT g.answered AND (coalesce(e.outcome, '') IN ('cancelled', 'no_answer')
      OR m.note IS NOT NULL),
    coalesce(g.codes, '{}'),
    plain_text(concat_ws(' ', c.name, c.company, u.name, k.remote_name,
      regexp_replace(o.number, '\D', '', 'g'), g.notes, m.note))
  FROM unnest(the_contacts, the_agents) AS due (contact_id, agent_id)
  JOIN contacts k ON k.id = due.contact_id
  JOIN users me ON me.id = due.agent_id
  -- The phone's own word, an answered leg before one that was not.
  CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE NOT is_consult) > 0 AS told,
      coalesce(bool_or(answered_at IS NOT NULL) FILTER (WHERE NOT is_consult), false) AS answered,
      (array_agg(outcome ORDER BY (answered_at IS NULL), started_at DESC NULLS LAST)
        FILTER (WHERE NOT is_consult))[1] AS outcome,
      (array_agg(CASE WHEN is_consult OR is_mailbox THEN 'outbound' ELSE direction END ORDER BY started_at)
        FILTER (WHERE started_at IS NOT NULL))[1] AS direction,
      array_agg(code ORDER BY started_at) FILTER (WHERE code IS NOT NULL AND NOT is_consult) AS codes,
      string_agg(notes, ' ' ORDER BY started_at) FILTER (WHERE NOT is_consult) AS notes
    FROM legs WHERE contact_id = k.id AND agent_id = due.agent_id) g
  CROSS JOIN LATERAL (
    SELECT CASE WHEN k.remote_number = me.extension THEN 'inbound' ELSE coalesce(g.direction, k.direction) END
        AS direction,
      CASE WHEN k.remote_number = me.extension THEN coalesce(
          (SELECT them.extension FROM contact_agents other JOIN users them ON them.id = other.agent_id
           WHERE other.contact_id = k.id AND other.agent_id <> due.agent_id ORDER BY other.since LIMIT 1), '')
        ELSE k.remote_number END AS number) o
  LEFT JOIN customers c ON c.id = k.customer_id
  LEFT JOIN users u ON u.extension = o.number
  -- Where the phone told nothing, the PBX's word. A direct call that the phone refused by rule never rang: the phone tells
  -- nothing of it, and the agent was busy.
  CROSS JOIN LATERAL (
    SELECT CASE WHEN g.told THEN g.outcome ELSE coalesce(
      (SELECT CASE event->>'how' WHEN 'missed' THEN 'no_answer' WHEN 'unreached' THEN 'no_answer'
           WHEN 'rejected' THEN 'rejected' WHEN 'refused' THEN 'busy' WHEN 'failed' THEN 'phone_failed'
           WHEN 'withdrawn' THEN 'cancelled' END
       FROM agent_state_log WHERE agent_id = due.agent_id AND event->>'kind' = 'offer_ended'
         AND event->>'callKey' = k.call_key ORDER BY at DESC LIMIT 1),
      CASE WHEN k.ended_at IS NOT NULL AND k.queue IS NULL AND o.direction = 'inbound' THEN 'busy' END)
      END AS outcome) e
  -- Offers of it that this agent did not answer, and what the agent says of them.
  LEFT JOIN LATERAL (
    SELECT string_agg(note, ' ') AS note FROM missed_offers
    WHERE contact_id = k.id AND agent_id = due.agent_id) m ON true
  ON CONFLICT (agent_id, contact_id) DO UPDATE SET (started_at, direction, number, queue, outcome, missed, codes, search_text)
    = ROW (EXCLUDED.started_at, EXCLUDED.direction, EXCLUDED.number, EXCLUDED.queue, EXCLUDED.outcome,
        EXCLUDED.missed, EXCLUDED.codes, EXCLUDED.search_text)
    WHERE (history.started_at, history.direction, history.number, history.queue, history.outcome, history.missed,
        history.codes, history.search_text)
      IS DISTINCT FROM (EXCLUDED.started_at, EXCLUDED.direction, EXCLUDED.number, EXCLUDED.queue, EXCLUDED.outcome,
        EXCLUDED.missed, EXCLUDED.codes, EXCLUDED.search_text);
END $$;

-- The first row that comes up at the end of a transaction writes for all of them; the others find nothing.
CREATE FUNCTION history_writes_due() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  contact_ids uuid[];
  agent_ids uuid[];
BEGIN
  WITH gone AS (DELETE FROM history_due WHERE transaction = pg_current_xact_id() RETURNING *),
  due AS (
    SELECT DISTINCT p.contact_id, a.agent_id
    FROM gone CROSS JOIN LATERAL unnest(gone.contact_ids, gone.agent_ids) AS p (contact_id, agent_id)
      JOIN contact_agents a ON a.contact_id = p.contact_id AND (p.agent_id IS NULL OR a.agent_id = p.agent_id))
  SELECT array_agg(d.contact_id), array_agg(d.agent_id) INTO contact_ids, agent_ids FROM due d;
  IF contact_ids IS NOT NULL THEN
    PERFORM write_history_lines(contact_ids, agent_ids);
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER history AFTER INSERT ON history_due
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION history_writes_due();

DROP TRIGGER history ON contact_agents;
DROP TRIGGER history ON legs;
DROP TRIGGER history_new ON legs;
DROP TRIGGER history ON contacts;
DROP TRIGGER history ON agent_state_log;
DROP TRIGGER history ON missed_offers;

-- Of every table that says which agent had a part in which contact.
CREATE FUNCTION history_due_of_parts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO history_due (contact_ids, agent_ids)
  SELECT array_agg(contact_id), array_agg(agent_id) FROM came HAVING count(*) > 0;
  RETURN NULL;
END $$;
CREATE TRIGGER history AFTER INSERT ON contact_agents REFERENCING NEW TABLE AS came
  FOR EACH STATEMENT EXECUTE FUNCTION history_due_of_parts();

CREATE TRIGGER history_new AFTER INSERT ON legs REFERENCING NEW TABLE AS came
  FOR EACH STATEMENT EXECUTE FUNCTION history_due_of_parts();

CREATE FUNCTION history_due_of_legs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO history_due (contact_ids, agent_ids)
  SELECT array_agg(c.contact_id), array_agg(c.agent_id) FROM came c JOIN gone g USING (call_id)
  WHERE (c.outcome, c.answered_at, c.code, c.notes, c.is_consult, c.direction)
    IS DISTINCT FROM (g.outcome, g.answered_at, g.code, g.notes, g.is_consult, g.direction)
  HAVING count(*) > 0;
  RETURN NULL;
END $$;
CREATE TRIGGER history AFTER UPDATE ON legs REFERENCING OLD TABLE AS gone NEW TABLE AS came
  FOR EACH STATEMENT EXECUTE FUNCTION history_due_of_legs();

CREATE FUNCTION history_due_of_contact() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO history_due (contact_ids, agent_ids) VALUES (ARRAY[NEW.id], ARRAY[NULL::uuid]);
  RETURN NULL;
END $$;
CREATE TRIGGER history
  AFTER UPDATE OF started_at, ended_at, direction, queue, remote_number, remote_name, customer_id ON contacts
  FOR EACH ROW
  WHEN ((OLD.started_at, OLD.ended_at, OLD.direction, OLD.queue, OLD.remote_number, OLD.remote_name, OLD.customer_id)
    IS DISTINCT FROM
    (NEW.started_at, NEW.ended_at, NEW.direction, NEW.queue, NEW.remote_number, NEW.remote_name, NEW.customer_id))
  EXECUTE FUNCTION history_due_of_contact();

CREATE FUNCTION history_due_of_offer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO history_due (contact_ids, agent_ids)
  SELECT ARRAY[id], ARRAY[NEW.agent_id] FROM contacts WHERE call_key = NEW.event->>'callKey';
  RETURN NULL;
END $$;
CREATE TRIGGER history AFTER INSERT ON agent_state_log FOR EACH ROW WHEN (NEW.event->>'kind' = 'offer_ended')
  EXECUTE FUNCTION history_due_of_offer();

CREATE FUNCTION history_due_of_miss() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO history_due (contact_ids, agent_ids) VALUES (ARRAY[NEW.contact_id], ARRAY[NEW.agent_id]);
  RETURN NULL;
END $$;
CREATE TRIGGER history AFTER INSERT OR UPDATE OF note ON missed_offers FOR EACH ROW
  EXECUTE FUNCTION history_due_of_miss();

DROP FUNCTION history_follows_part();
DROP FUNCTION history_follows_contact();
DROP FUNCTION history_follows_offer();
DROP FUNCTION write_history(uuid, uuid);
