-- Listening back to recordings, and what supervisors make of what they hear.

-- What a recording looks like, worked out once from its samples.
CREATE TABLE recording_waves (
  recording_id uuid PRIMARY KEY REFERENCES recordings ON DELETE CASCADE,
  seconds      double precision NOT NULL,
  -- One byte for each stretch of equal length: the square root of its largest sample. One channel after the other.
  peaks        bytea NOT NULL,
  channels     integer NOT NULL CHECK (channels > 0),
  -- Stretches in which nobody speaks: [[fromMs, toMs], …].
  silences     jsonb NOT NULL
);

CREATE TABLE recording_comments (
  id           uuid PRIMARY KEY,
  recording_id uuid NOT NULL REFERENCES recordings ON DELETE CASCADE,
  -- Into the recording.
  at_ms        integer NOT NULL CHECK (at_ms >= 0),
  author       uuid NOT NULL REFERENCES users,
  written_at   bigint NOT NULL,
  text         text NOT NULL
);
CREATE INDEX recording_comments_recording ON recording_comments (recording_id, at_ms);

-- Of a recording that is deleted nothing is left that tells what was said.
CREATE FUNCTION forget_recording() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM recording_waves WHERE recording_id = NEW.id;
  DELETE FROM recording_comments WHERE recording_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER forget_recording AFTER UPDATE OF state ON recordings
  FOR EACH ROW WHEN (NEW.state = 'deleted') EXECUTE FUNCTION forget_recording();

-- A form that is changed is a new version: cards keep the one that they were filled in on.
CREATE TABLE quality_forms (
  code     text NOT NULL,
  version  integer NOT NULL CHECK (version > 0),
  form     jsonb NOT NULL,
  position integer NOT NULL,
  active   boolean NOT NULL,
  made_at  bigint NOT NULL,
  PRIMARY KEY (code, version)
);

CREATE TABLE scorecards (
  id              uuid PRIMARY KEY,
  contact_id      uuid NOT NULL REFERENCES contacts ON DELETE CASCADE,
  agent_id        uuid NOT NULL REFERENCES users,
  scorer          uuid NOT NULL REFERENCES users,
  -- A review is for the agent; calibrations are for scorers to compare themselves by.
  purpose         text NOT NULL CHECK (purpose IN ('review', 'calibration')),
  form            text NOT NULL,
  version         integer NOT NULL,
  answers         jsonb NOT NULL,
  -- null: nothing on the form applied.
  percent         double precision,
  remark          text NOT NULL,
  scored_at       bigint NOT NULL,
  acknowledged_at bigint,
  reply           text NOT NULL DEFAULT '',
  FOREIGN KEY (form, version) REFERENCES quality_forms,
  CHECK (purpose = 'review' OR acknowledged_at IS NULL)
);
CREATE UNIQUE INDEX one_review ON scorecards (contact_id, agent_id) WHERE purpose = 'review';
CREATE UNIQUE INDEX one_calibration_each ON scorecards (contact_id, agent_id, scorer)
  WHERE purpose = 'calibration';
CREATE INDEX scorecards_agent ON scorecards (agent_id, scored_at DESC) WHERE purpose = 'review';
CREATE INDEX scorecards_scored ON scorecards (scored_at DESC);
