-- How each queue wants its wrap-ups.

ALTER TABLE queues
  ADD COLUMN wrap_up_mode text NOT NULL DEFAULT 'required' CHECK (wrap_up_mode IN
    ('optional', 'required', 'timed', 'timed_no_early_exit', 'agent_extendable')),
  -- For the timed modes.
  ADD COLUMN wrap_up_seconds integer CHECK (wrap_up_seconds > 0),
  ADD COLUMN wrap_up_extend_seconds integer NOT NULL DEFAULT 0 CHECK (wrap_up_extend_seconds >= 0),
  ADD COLUMN wrap_up_maximum_extensions integer NOT NULL DEFAULT 0 CHECK (wrap_up_maximum_extensions >= 0),
  ADD COLUMN wrap_up_maximum_codes integer NOT NULL DEFAULT 1 CHECK (wrap_up_maximum_codes BETWEEN 1 AND 10),
  -- Stands where the time ran out and nothing was chosen.
  ADD COLUMN wrap_up_default_code text REFERENCES wrap_up_codes ON DELETE SET NULL,
  ADD CONSTRAINT timed_wrap_up_has_seconds
    CHECK (wrap_up_mode IN ('optional', 'required') OR wrap_up_seconds IS NOT NULL);

-- A code in which others stand is a group, and no answer by itself.
ALTER TABLE wrap_up_codes ADD COLUMN parent text REFERENCES wrap_up_codes ON DELETE SET NULL;

CREATE TABLE wrap_up_fields (
  queue          text NOT NULL REFERENCES queues ON DELETE CASCADE,
  key            text NOT NULL,
  position       integer NOT NULL,
  label          jsonb NOT NULL,
  kind           text NOT NULL CHECK (kind IN ('text', 'number', 'choice')),
  required       boolean NOT NULL,
  maximum_length integer NOT NULL CHECK (maximum_length BETWEEN 1 AND 1000),
  -- [{value, label}], for `choice`.
  choices        jsonb NOT NULL DEFAULT '[]',
  PRIMARY KEY (queue, key)
);

ALTER TABLE legs
  -- Beside `code`, where the queue allows several.
  ADD COLUMN further_codes text[] NOT NULL DEFAULT '{}',
  ADD COLUMN fields jsonb NOT NULL DEFAULT '{}',
  -- When the wrap-up was complete; whatever is corrected later.
  ADD COLUMN wrapped_up_at bigint,
  ADD COLUMN wrapped_up_by text CHECK (wrapped_up_by IN ('agent', 'timer', 'supervisor')),
  ADD COLUMN corrected_at bigint,
  -- What of it the queue's rules did not allow as it arrived: it was said under other rules, and is kept all the same.
  ADD COLUMN wrap_up_flaws text[] NOT NULL DEFAULT '{}';
UPDATE legs SET wrapped_up_at = coalesce(finished_at, ended_at, answered_at), wrapped_up_by = 'agent'
  WHERE code IS NOT NULL;
CREATE INDEX legs_owed ON legs (agent_id)
  WHERE answered_at IS NOT NULL AND ended_at IS NOT NULL AND wrapped_up_at IS NULL AND NOT is_consult AND NOT is_mailbox;

-- Wrap-ups as they are being typed, for the agent's next machine. The agent's own machine has them first.
CREATE TABLE wrap_up_drafts (
  call_id  uuid PRIMARY KEY,
  agent_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  revision bigint NOT NULL,
  draft    jsonb NOT NULL
);
