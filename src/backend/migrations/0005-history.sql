-- An agent's history: what it is ordered, filtered and searched by stands beside each part in a contact, so that a page
-- of it is one walk along an index, whatever is looked for.

CREATE TABLE history (
  agent_id    uuid NOT NULL,
  contact_id  uuid NOT NULL,
  started_at  bigint NOT NULL,
  -- As this agent saw it: of a call between colleagues one dialled and the other was called.
  direction   text NOT NULL,
  number      text NOT NULL,
  queue       text,
  -- How it ended for this agent; null: it goes on, or nobody told.
  outcome     text,
  missed      boolean NOT NULL,
  codes       text[] NOT NULL,
  -- Names, company, digits of the number and notes as `plain_text` makes them.
  search_text text NOT NULL,
  PRIMARY KEY (agent_id, contact_id),
  FOREIGN KEY (contact_id, agent_id) REFERENCES contact_agents ON DELETE CASCADE
-- Starting a second process costs more than it saves.
) WITH (parallel_workers = 0);
CREATE INDEX history_time ON history (agent_id, started_at DESC, contact_id DESC);
CREATE INDEX history_missed ON history (agent_id, started_at DESC, contact_id DESC) WHERE missed;
CREATE INDEX history_contact ON history (contact_id);

CREATE INDEX agent_state_log_offer_ends ON agent_state_log (agent_id, (event->>'callKey'))
  WHERE event->>'kind' = 'offer_ended';

-- Lower case without accents, so that "jose" finds "José".
CREATE FUNCTION plain_text(given text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN trim(lower(regexp_replace(regexp_replace(normalize(coalesce(given, ''), NFD),
    '[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]', '', 'g'), '\s+', ' ', 'g')));

CREATE FUNCTION write_history(the_contact uuid, the_agent uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  -- Whoever writes the same line waits here, and reads what the other wrote in the next statement.
  PERFORM FROM contact_agents WHERE contact_id = the_contact AND agent_id = the_agent FOR UPDATE;
  INSERT INTO history (agent_id, contact_id, started_at, direction, number, queue, outcome, missed, codes, search_text)
  SELECT a.agent_id, k.id, k.started_at, o.direction, o.number, k.queue, e.outcome,
    o.direction = 'inbound' AND e.answered_at IS NULL AND coalesce(e.outcome, '') IN ('cancelled', 'no_answer'),
    coalesce(g.codes, '{}'),
    plain_text(concat_ws(' ', c.name, c.company, u.name, k.remote_name,
      regexp_replace(o.number, '\D', '', 'g'), g.notes))
  FROM contact_agents a
  JOIN contacts k ON k.id = a.contact_id
  JOIN users me ON me.id = a.agent_id
  LEFT JOIN LATERAL (
    -- The first thing that the phone told of its part; facts are stored without spaces.
    SELECT CASE WHEN f.fact LIKE '%"kind":"dialed"%' THEN 'outbound' ELSE 'inbound' END AS direction
    FROM events f JOIN legs own ON own.call_id = f.call_id
    WHERE own.contact_id = k.id AND own.agent_id = a.agent_id AND f.topic = 'ledger'
      AND (f.fact LIKE '%"kind":"dialed"%' OR f.fact LIKE '%"kind":"offered"%')
    ORDER BY f.at LIMIT 1) f ON true
  CROSS JOIN LATERAL (
    SELECT CASE WHEN k.remote_number = me.extension THEN 'inbound' ELSE coalesce(f.direction, k.direction) END
        AS direction,
      CASE WHEN k.remote_number = me.extension THEN coalesce(
          (SELECT them.extension FROM contact_agents other JOIN users them ON them.id = other.agent_id
           WHERE other.contact_id = k.id AND other.agent_id <> a.agent_id ORDER BY other.since LIMIT 1), '')
        ELSE k.remote_number END AS number) o
  LEFT JOIN customers c ON c.id = k.customer_id
  LEFT JOIN users u ON u.extension = o.number
  LEFT JOIN LATERAL (
    SELECT array_agg(code) FILTER (WHERE code IS NOT NULL) AS codes, string_agg(notes, ' ') AS notes
    FROM legs WHERE contact_id = k.id AND agent_id = a.agent_id AND NOT is_consult) g ON true
  -- The phone's own word, an answered leg before one that was not; where the phone told nothing, the PBX's. A direct
  -- call that the phone refused by rule never rang: the phone tells nothing of it, and the agent was busy.
  LEFT JOIN LATERAL (
    SELECT outcome, answered_at FROM (
      SELECT outcome, answered_at, 0 AS place, started_at AS at
      FROM legs WHERE contact_id = k.id AND agent_id = a.agent_id AND NOT is_consult
      UNION ALL
      SELECT CASE event->>'how' WHEN 'missed' THEN 'no_answer' WHEN 'rejected' THEN 'rejected'
          WHEN 'refused' THEN 'busy' WHEN 'failed' THEN 'phone_failed' WHEN 'withdrawn' THEN 'cancelled' END, NULL, 1, at
      FROM agent_state_log WHERE agent_id = a.agent_id AND event->>'kind' = 'offer_ended'
        AND event->>'callKey' = k.call_key
      UNION ALL
      SELECT 'busy', NULL, 2, k.ended_at
      WHERE k.ended_at IS NOT NULL AND k.queue IS NULL AND o.direction = 'inbound') told
    ORDER BY place, (answered_at IS NULL), at DESC NULLS LAST LIMIT 1) e ON true
  WHERE a.contact_id = the_contact AND a.agent_id = the_agent
  ON CONFLICT (agent_id, contact_id) DO UPDATE SET (started_at, direction, number, queue, outcome, missed, codes, search_text)
    = ROW (EXCLUDED.started_at, EXCLUDED.direction, EXCLUDED.number, EXCLUDED.queue, EXCLUDED.outcome,
        EXCLUDED.missed, EXCLUDED.codes, EXCLUDED.search_text);
END $$;

CREATE FUNCTION history_follows_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM write_history(NEW.contact_id, NEW.agent_id);
  RETURN NULL;
END $$;

CREATE FUNCTION history_follows_contact() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM write_history(contact_id, agent_id) FROM
    (SELECT contact_id, agent_id FROM contact_agents WHERE contact_id = NEW.id ORDER BY agent_id) parts;
  RETURN NULL;
END $$;

CREATE FUNCTION history_follows_offer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM write_history(id, NEW.agent_id) FROM contacts WHERE call_key = NEW.event->>'callKey';
  RETURN NULL;
END $$;

-- All at the end of a transaction: what writes history holds every other lock already, so that none wait for each other.
CREATE CONSTRAINT TRIGGER history AFTER INSERT ON contact_agents
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION history_follows_part();
CREATE CONSTRAINT TRIGGER history_new AFTER INSERT ON legs
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.outcome IS NOT NULL)
  EXECUTE FUNCTION history_follows_part();
CREATE CONSTRAINT TRIGGER history AFTER UPDATE ON legs
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN ((OLD.outcome, OLD.answered_at, OLD.code, OLD.notes, OLD.is_consult)
    IS DISTINCT FROM (NEW.outcome, NEW.answered_at, NEW.code, NEW.notes, NEW.is_consult))
  EXECUTE FUNCTION history_follows_part();
CREATE CONSTRAINT TRIGGER history
  AFTER UPDATE OF started_at, ended_at, direction, queue, remote_number, remote_name, customer_id ON contacts
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN ((OLD.started_at, OLD.ended_at, OLD.direction, OLD.queue, OLD.remote_number, OLD.remote_name, OLD.customer_id)
    IS DISTINCT FROM
    (NEW.started_at, NEW.ended_at, NEW.direction, NEW.queue, NEW.remote_number, NEW.remote_name, NEW.customer_id))
  EXECUTE FUNCTION history_follows_contact();
CREATE CONSTRAINT TRIGGER history AFTER INSERT ON agent_state_log
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.event->>'kind' = 'offer_ended')
  EXECUTE FUNCTION history_follows_offer();

SELECT write_history(contact_id, agent_id) FROM contact_agents;

-- Whom a user wants at hand, in the user's own order.
CREATE TABLE favourites (
  user_id  uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  position integer NOT NULL,
  kind     text NOT NULL CHECK (kind IN ('agent', 'queue', 'number')),
  -- An extension, a queue's name, or a number in E.164.
  target   text NOT NULL,
  label    text NOT NULL,
  PRIMARY KEY (user_id, position),
  UNIQUE (user_id, kind, target)
);
