-- Schedules and how they went. Local times are text `YYYY-MM-DDTHH:MM:SS` in the entry's zone: a shift is planned by the
-- clock on the wall, and which instant that is depends on the zone's rules of the day.

-- What a reason is meant for in a schedule, the first foremost; null: its code tells.
ALTER TABLE not_ready_reasons ADD COLUMN fits text[]
  CHECK (fits <@ ARRAY['break', 'meal', 'meeting', 'training']);

CREATE TABLE shift_imports (
  id          uuid PRIMARY KEY,
  name        text NOT NULL,
  format      text NOT NULL CHECK (format IN ('csv', 'icalendar')),
  -- Of everything that was given: the same again changes nothing.
  digest      text NOT NULL UNIQUE,
  imported_at bigint NOT NULL,
  -- null: at the server's own command line.
  imported_by uuid REFERENCES users ON DELETE SET NULL
);

CREATE TABLE shift_entries (
  id              uuid PRIMARY KEY,
  import_id       uuid NOT NULL REFERENCES shift_imports ON DELETE CASCADE,
  agent_id        uuid REFERENCES users ON DELETE CASCADE,
  team            text REFERENCES teams ON DELETE CASCADE,
  -- Which entry it is in its source: a later import of the same one takes its place.
  uid             text NOT NULL,
  kind            text NOT NULL
    CHECK (kind IN ('work', 'break', 'meal', 'meeting', 'training', 'off')),
  label           text NOT NULL,
  zone            text NOT NULL,
  -- VTIMEZONE (RFC 5545 §3.6.5) of a zone that is not in the IANA database; null: `zone` is.
  zone_definition text,
  starts_local    text NOT NULL,
  ends_local      text NOT NULL,
  -- RRULE (RFC 5545 §3.3.10) with UNTIL in local time; null: once.
  rule            text,
  -- Epoch ms between which all occurrences lie; `until` null: without end.
  since           bigint NOT NULL,
  until           bigint,
  CHECK (num_nonnulls(agent_id, team) = 1)
);
CREATE UNIQUE INDEX shift_entries_of_agent ON shift_entries (agent_id, uid) WHERE team IS NULL;
CREATE UNIQUE INDEX shift_entries_of_team ON shift_entries (team, uid) WHERE agent_id IS NULL;
CREATE INDEX shift_entries_import ON shift_entries (import_id);

-- One occurrence of an entry that differs from its rule.
CREATE TABLE shift_changes (
  entry_id       uuid NOT NULL REFERENCES shift_entries ON DELETE CASCADE,
  original_local text NOT NULL,
  -- All null: it does not take place.
  kind           text CHECK (kind IN ('work', 'break', 'meal', 'meeting', 'training', 'off')),
  label          text,
  starts_local   text,
  ends_local     text,
  PRIMARY KEY (entry_id, original_local)
);

CREATE TABLE adherence_exceptions (
  id         uuid PRIMARY KEY,
  agent_id   uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  starts_at  bigint NOT NULL,
  ends_at    bigint NOT NULL,
  cause      text NOT NULL CHECK (cause IN ('note', 'technical', 'call')),
  note       text NOT NULL,
  state      text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'approved', 'declined')),
  asked_at   bigint NOT NULL,
  decided_at bigint,
  decided_by uuid REFERENCES users ON DELETE SET NULL,
  answer     text NOT NULL DEFAULT '',
  CHECK (ends_at > starts_at),
  CHECK ((state = 'pending') = (decided_at IS NULL)),
  -- Asked twice for the same time is asked once.
  UNIQUE (agent_id, starts_at, ends_at)
);
CREATE INDEX adherence_exceptions_time ON adherence_exceptions (agent_id, ends_at);
CREATE INDEX adherence_exceptions_pending ON adherence_exceptions (asked_at) WHERE state = 'pending';
