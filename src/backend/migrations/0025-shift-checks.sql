-- The check that agents make before a shift: what their desks measured, and what that came to.

CREATE TABLE shift_checks (
  id          uuid PRIMARY KEY,
  agent_id    uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  -- The journal that told: one for each installation.
  journal_id  uuid NOT NULL,
  at          bigint NOT NULL,
  received_at bigint NOT NULL,
  word        text NOT NULL,
  -- What was to be put right first; null: nothing.
  first       text,
  skipped     text[] NOT NULL,
  -- JSON: the fact as it was told.
  fact        text NOT NULL
);
CREATE INDEX shift_checks_agent ON shift_checks (agent_id, at DESC);
CREATE INDEX shift_checks_at ON shift_checks (at);

-- Whether this team's agents have to make it before Ready; null: as the centre.
ALTER TABLE teams ADD COLUMN check_condition text;
