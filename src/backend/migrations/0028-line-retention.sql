-- What is known of the sound of calls: proofs beside it, each leg counted once, and nothing of people who are gone.

-- What desks proved of themselves: calls around it are judged by it.
CREATE TABLE line_proofs (
  -- Of the desk's journal: told again, it is the same.
  id          uuid PRIMARY KEY,
  agent_id    uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  at          bigint NOT NULL,
  received_at bigint NOT NULL,
  -- JSON with its keys in order, kept as text: it is compared to the letter.
  fact        text NOT NULL
);
CREATE INDEX line_proofs_agent ON line_proofs (agent_id, at);
CREATE INDEX line_proofs_at ON line_proofs (at);

-- JSON: the proofs that it was judged by.
ALTER TABLE line_verdicts ADD COLUMN proofs text NOT NULL DEFAULT '[]';

-- The exchange's own name of the leg: it tells every backend that listens. Legs of before have none.
ALTER TABLE leg_counts ADD COLUMN leg text;
-- Two backends told of one leg within moments of each other.
DELETE FROM leg_counts c USING leg_counts other
WHERE other.call_key = c.call_key AND other.extension = c.extension AND other.counts = c.counts
  AND abs(other.at - c.at) < 10000 AND other.id < c.id;
CREATE UNIQUE INDEX leg_counts_leg ON leg_counts (call_key, leg);

-- Whose leg it was; null: the customer's. It goes with its agent, whose extension may be another's later.
ALTER TABLE leg_counts ADD COLUMN agent_id uuid REFERENCES users ON DELETE CASCADE;
UPDATE leg_counts c SET agent_id = u.id FROM users u WHERE u.extension = c.extension;
DELETE FROM leg_counts WHERE extension <> '' AND agent_id IS NULL;
CREATE INDEX leg_counts_agent ON leg_counts (agent_id);

CREATE INDEX line_summaries_at ON line_summaries (at);
CREATE INDEX line_summaries_agent ON line_summaries (agent_id);
