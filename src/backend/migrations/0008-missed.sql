-- Offers that went unanswered, why, and what is known of the desk that they were made to.

-- The desk's own account: when something was wrong with it, and how each call rang that it did not answer. It is of no
-- contact: a machine that slept does not know what it was offered.
CREATE TABLE desk_evidence (
  id          uuid PRIMARY KEY,
  agent_id    uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  kind        text NOT NULL CHECK (kind IN ('desk_span', 'ring')),
  -- Of a ring.
  call_key    text,
  started_at  bigint NOT NULL,
  ended_at    bigint NOT NULL,
  received_at bigint NOT NULL,
  -- JSON with its keys in order, kept as text: it is compared to the letter.
  fact        text NOT NULL
);
CREATE INDEX desk_evidence_time ON desk_evidence (agent_id, ended_at);

CREATE TABLE missed_offers (
  id           uuid PRIMARY KEY,
  agent_id     uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  contact_id   uuid NOT NULL REFERENCES contacts ON DELETE CASCADE,
  call_key     text NOT NULL,
  queue        text,
  offered_at   bigint NOT NULL,
  -- When it ended.
  at           bigint NOT NULL,
  cause        text NOT NULL,
  -- Whether it counts as missed by the agent.
  counted      boolean NOT NULL,
  -- What it was judged by: the ring, the spans that touch it, the PBX's word.
  evidence     jsonb NOT NULL,
  -- When the present cause was found; later than `at` where evidence came late.
  judged_at    bigint NOT NULL,
  -- The agent's revision after it ended: what is in a row is told by it.
  revision     bigint NOT NULL,
  note         text NOT NULL DEFAULT '',
  noted_at     bigint
);
CREATE INDEX missed_offers_agent ON missed_offers (agent_id, at DESC);
CREATE INDEX missed_offers_contact ON missed_offers (contact_id, agent_id);
CREATE INDEX missed_offers_time ON missed_offers (at);

-- Settings of the centre as a whole; one that is not there has its usual value.
CREATE TABLE centre_settings (
  name  text PRIMARY KEY,
  value jsonb NOT NULL
);

-- Before this, a miss was a miss: what it was due to can no longer be proven.
INSERT INTO missed_offers (id, agent_id, contact_id, call_key, queue, offered_at, at, cause, counted, evidence,
  judged_at, revision)
SELECT gen_random_uuid(), l.agent_id, k.id, k.call_key, k.queue, l.at, l.at, 'unproven', false,
  '{"ring": null, "spans": [], "pbx": null, "phoneFailed": false}', l.at, l.revision
FROM agent_state_log l JOIN contacts k ON k.call_key = l.event->>'callKey'
WHERE l.event->>'kind' = 'offer_ended' AND l.event->>'how' = 'missed';

-- As before, and: an offer that was missed for whatever cause is missed, and what the agent says of it is searched.
CREATE OR REPLACE FUNCTION write_history(the_contact uuid, the_agent uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  -- Whoever writes the same line waits here, and reads what the other wrote in the next statement.
  PERFORM FROM contact_agents WHERE contact_id = the_contact AND agent_id = the_agent FOR UPDATE;
  INSERT INTO history (agent_id, contact_id, started_at, direction, number, queue, outcome, missed, codes, search_text)
  SELECT a.agent_id, k.id, k.started_at, o.direction, o.number, k.queue, e.outcome,
    o.direction = 'inbound' AND e.answered_at IS NULL
      AND (coalesce(e.outcome, '') IN ('cancelled', 'no_answer') OR m.note IS NOT NULL),
    coalesce(g.codes, '{}'),
    plain_text(concat_ws(' ', c.name, c.company, u.name, k.remote_name,
      regexp_replace(o.number, '\D', '', 'g'), g.notes, m.note))
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
      SELECT CASE event->>'how' WHEN 'missed' THEN 'no_answer' WHEN 'unreached' THEN 'no_answer' WHEN 'rejected' THEN 'rejected'
          WHEN 'refused' THEN 'busy' WHEN 'failed' THEN 'phone_failed' WHEN 'withdrawn' THEN 'cancelled' END, NULL, 1, at
      FROM agent_state_log WHERE agent_id = a.agent_id AND event->>'kind' = 'offer_ended'
        AND event->>'callKey' = k.call_key
      UNION ALL
      SELECT 'busy', NULL, 2, k.ended_at
      WHERE k.ended_at IS NOT NULL AND k.queue IS NULL AND o.direction = 'inbound') told
    ORDER BY place, (answered_at IS NULL), at DESC NULLS LAST LIMIT 1) e ON true
  -- Offers of it that this agent did not answer, and what the agent says of them.
  LEFT JOIN LATERAL (
    SELECT string_agg(note, ' ') AS note FROM missed_offers
    WHERE contact_id = k.id AND agent_id = a.agent_id) m ON true
  WHERE a.contact_id = the_contact AND a.agent_id = the_agent
  ON CONFLICT (agent_id, contact_id) DO UPDATE SET (started_at, direction, number, queue, outcome, missed, codes, search_text)
    = ROW (EXCLUDED.started_at, EXCLUDED.direction, EXCLUDED.number, EXCLUDED.queue, EXCLUDED.outcome,
        EXCLUDED.missed, EXCLUDED.codes, EXCLUDED.search_text);
END $$;

CREATE CONSTRAINT TRIGGER history AFTER INSERT OR UPDATE OF note ON missed_offers
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION history_follows_part();
