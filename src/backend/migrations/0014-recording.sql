-- Recordings are paused and resumed, and what was taken is sealed or deleted when consent is withdrawn.

ALTER TABLE recordings DROP CONSTRAINT recordings_state_check;
ALTER TABLE recordings ADD CONSTRAINT recordings_state_check CHECK (state IN
  ('starting', 'recording', 'paused', 'stopped', 'failed', 'sealed', 'deleted'));

-- One recording of a call at a time, whatever two backends do at once.
DROP INDEX one_running_recording;
CREATE UNIQUE INDEX one_running_recording ON recordings (call_key)
  WHERE state IN ('starting', 'recording', 'paused');
CREATE INDEX recordings_call ON recordings (call_key);

-- Stretches of a recording in which both channels hold nothing but zeros.
CREATE TABLE recording_pauses (
  recording_id uuid NOT NULL REFERENCES recordings ON DELETE CASCADE,
  why          text NOT NULL CHECK (why IN ('payment', 'desk_lost')),
  -- Epoch ms at which the PBX had confirmed the silence, and at which it was asked to end it; null: it is silent now.
  paused_at    bigint NOT NULL,
  resumed_at   bigint,
  PRIMARY KEY (recording_id, paused_at)
);

-- How calls of a queue are recorded, how long that is kept (null: until somebody deletes it), and what becomes of it when
-- consent is withdrawn.
ALTER TABLE queues
  ADD COLUMN recording_policy text NOT NULL DEFAULT 'on_consent'
    CHECK (recording_policy IN ('never', 'on_consent', 'when_rule_allows')),
  ADD COLUMN recording_retention_days integer CHECK (recording_retention_days > 0),
  ADD COLUMN recording_withdrawn text NOT NULL DEFAULT 'seal'
    CHECK (recording_withdrawn IN ('seal', 'delete'));
