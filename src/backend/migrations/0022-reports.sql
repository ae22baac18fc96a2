-- Reports on the screen and by mail.

-- So many of a queue's contacts are to be answered in time.
ALTER TABLE queues ADD COLUMN service_level_percent integer NOT NULL DEFAULT 80
  CHECK (service_level_percent BETWEEN 1 AND 100);

-- The waits that a figure is made of, by when they began and by when they ended.
CREATE INDEX queue_waits_entered ON queue_waits (entered_at);
CREATE INDEX queue_waits_left ON queue_waits (left_at);

-- What supervisors look at again and again.
CREATE TABLE report_views (
  id         uuid PRIMARY KEY,
  owner_id   uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  name       text NOT NULL,
  -- Seen by the owner's team as well; of an owner without a team by every supervisor.
  shared     boolean NOT NULL,
  choice     jsonb NOT NULL,
  changed_at bigint NOT NULL
);
CREATE INDEX report_views_owner ON report_views (owner_id);

-- Summaries that were due: one line for each period, claimed by the backend that makes it. By name: the settings that
-- ask for it may be gone.
CREATE TABLE summaries (
  name          text NOT NULL,
  -- The first day that it tells of.
  period        text NOT NULL,
  due_at        bigint NOT NULL,
  -- No other backend touches it before.
  claimed_until bigint NOT NULL,
  tries         integer NOT NULL DEFAULT 1,
  -- null: not yet.
  done_at       bigint,
  -- Where it went: addresses, the file's name.
  went_to       text[] NOT NULL DEFAULT '{}',
  -- Why the last try failed; empty: it did not.
  problem       text NOT NULL DEFAULT '',
  PRIMARY KEY (name, period)
);
