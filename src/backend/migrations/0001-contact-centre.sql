-- All times are epoch milliseconds of the server's clock.

CREATE TABLE users (
  id            uuid PRIMARY KEY,
  username      text NOT NULL UNIQUE CHECK (username = lower(username)),
  name          text NOT NULL,
  role          text NOT NULL CHECK (role IN ('agent', 'supervisor', 'administrator')),
  extension     text NOT NULL UNIQUE,
  password_hash text NOT NULL,
  active        boolean NOT NULL DEFAULT true,
  -- Set for accounts that exist in demo mode only; such an account cannot sign in otherwise.
  demo_password text
);

CREATE TABLE sessions (
  id         uuid PRIMARY KEY,
  user_id    uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  device_id  uuid NOT NULL,
  token_hash bytea NOT NULL UNIQUE,
  created_at bigint NOT NULL,
  expires_at bigint NOT NULL,
  ended_at   bigint,
  ended_why  text CHECK (ended_why IN ('signed_in_elsewhere', 'signed_out', 'expired', 'renewed')),
  CHECK ((ended_at IS NULL) = (ended_why IS NULL))
);
-- One live session per user, whatever two backends do at once.
CREATE UNIQUE INDEX one_live_session ON sessions (user_id) WHERE ended_at IS NULL;

CREATE TABLE queues (
  name             text PRIMARY KEY,
  label            jsonb NOT NULL,
  position         integer NOT NULL,
  target_handle_ms integer NOT NULL
);

CREATE TABLE queue_agents (
  queue   text NOT NULL REFERENCES queues ON DELETE CASCADE,
  user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  PRIMARY KEY (queue, user_id)
);
CREATE INDEX queue_agents_user ON queue_agents (user_id);

CREATE TABLE not_ready_reasons (
  code     text PRIMARY KEY,
  label    jsonb NOT NULL,
  position integer NOT NULL,
  active   boolean NOT NULL DEFAULT true
);

CREATE TABLE wrap_up_codes (
  code     text PRIMARY KEY,
  label    jsonb NOT NULL,
  queue    text REFERENCES queues ON DELETE CASCADE,
  position integer NOT NULL,
  active   boolean NOT NULL DEFAULT true
);

CREATE TABLE agent_standings (
  agent_id uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
  standing jsonb NOT NULL,
  since    bigint NOT NULL,
  revision bigint NOT NULL
);

-- What is known of a call at an agent, from the PBX and from the client: tells a late report from a new offer.
CREATE TABLE agent_calls (
  agent_id        uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  call_key        text NOT NULL,
  answered_at     bigint,
  ended_at        bigint,
  wrapped_up_at   bigint,
  -- The PBX's own word, which recording relies on.
  pbx_answered_at bigint,
  pbx_ended_at    bigint,
  PRIMARY KEY (agent_id, call_key)
);
CREATE INDEX agent_calls_live ON agent_calls (call_key)
  WHERE pbx_answered_at IS NOT NULL AND pbx_ended_at IS NULL;

CREATE TABLE agent_state_log (
  id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  agent_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  at       bigint NOT NULL,
  revision bigint NOT NULL,
  source   text NOT NULL,
  event    jsonb NOT NULL,
  state    jsonb NOT NULL,
  UNIQUE (agent_id, revision)
);
CREATE INDEX agent_state_log_time ON agent_state_log (agent_id, at);

CREATE TABLE customers (
  id       uuid PRIMARY KEY,
  name     text NOT NULL,
  company  text NOT NULL DEFAULT '',
  email    text NOT NULL DEFAULT '',
  city     text NOT NULL DEFAULT '',
  country  text NOT NULL DEFAULT '',
  language text NOT NULL DEFAULT '',
  tags     text[] NOT NULL DEFAULT '{}',
  notes    text NOT NULL DEFAULT '',
  since    bigint NOT NULL,
  -- Name, company, e-mail and city in lower case without accents: what a search looks at.
  search_text text NOT NULL
);

CREATE TABLE customer_numbers (
  customer_id uuid NOT NULL REFERENCES customers ON DELETE CASCADE,
  -- E.164 with its plus, or an extension.
  number      text NOT NULL,
  position    integer NOT NULL,
  -- The digits from last to first, so that "ends with" is a prefix search.
  reversed    text NOT NULL,
  PRIMARY KEY (customer_id, number)
);
CREATE INDEX customer_numbers_number ON customer_numbers (number);
CREATE INDEX customer_numbers_reversed ON customer_numbers (reversed text_pattern_ops);

CREATE TABLE tickets (
  id          uuid PRIMARY KEY,
  customer_id uuid NOT NULL REFERENCES customers ON DELETE CASCADE,
  reference   text NOT NULL UNIQUE,
  subject     text NOT NULL,
  status      text NOT NULL CHECK (status IN ('open', 'pending', 'solved')),
  priority    text NOT NULL CHECK (priority IN ('low', 'normal', 'high')),
  opened_at   bigint NOT NULL
);
CREATE INDEX tickets_customer ON tickets (customer_id);

CREATE TABLE contacts (
  id            uuid PRIMARY KEY,
  call_key      text NOT NULL UNIQUE,
  -- Who reported it first: a client's word alone gives nobody but that client a view of it.
  origin        text NOT NULL CHECK (origin IN ('pbx', 'client')),
  direction     text NOT NULL CHECK (direction IN ('inbound', 'outbound')),
  queue         text,
  remote_number text NOT NULL,
  remote_name   text NOT NULL,
  started_at    bigint NOT NULL,
  queued_at     bigint,
  ended_at      bigint,
  revision      integer NOT NULL DEFAULT 1,
  match         text NOT NULL
    CHECK (match IN ('exact', 'several', 'maybe', 'unknown', 'confirmed', 'deleted')),
  customer_id   uuid REFERENCES customers ON DELETE SET NULL,
  -- For `several` and `maybe`.
  candidate_ids uuid[] NOT NULL DEFAULT '{}'
);
CREATE INDEX contacts_customer ON contacts (customer_id, started_at DESC);
CREATE INDEX contacts_candidates ON contacts USING gin (candidate_ids);

CREATE TABLE contact_agents (
  contact_id uuid NOT NULL REFERENCES contacts ON DELETE CASCADE,
  agent_id   uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  since      bigint NOT NULL,
  PRIMARY KEY (contact_id, agent_id)
);
CREATE INDEX contact_agents_agent ON contact_agents (agent_id, since DESC);

-- One leg of a contact at one agent: the fold of its events.
CREATE TABLE legs (
  call_id      uuid PRIMARY KEY,
  contact_id   uuid NOT NULL REFERENCES contacts ON DELETE CASCADE,
  agent_id     uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  ring_ms      bigint NOT NULL DEFAULT 0,
  dial_ms      bigint NOT NULL DEFAULT 0,
  talk_ms      bigint NOT NULL DEFAULT 0,
  hold_ms      bigint NOT NULL DEFAULT 0,
  wrap_up_ms   bigint NOT NULL DEFAULT 0,
  handle_ms    bigint NOT NULL DEFAULT 0,
  started_at   bigint,
  answered_at  bigint,
  ended_at     bigint,
  -- When its last segment closed; null while a clock runs.
  finished_at  bigint,
  outcome      text,
  code         text,
  notes        text NOT NULL DEFAULT ''
);
CREATE INDEX legs_contact ON legs (contact_id);
CREATE INDEX legs_agent_finished ON legs (agent_id, finished_at);

CREATE TABLE segments (
  call_id    uuid NOT NULL REFERENCES legs ON DELETE CASCADE,
  position   integer NOT NULL,
  kind       text NOT NULL CHECK (kind IN ('ring', 'dial', 'talk', 'hold', 'wrap_up')),
  started_at bigint NOT NULL,
  ended_at   bigint,
  PRIMARY KEY (call_id, position)
);

-- The clients' journals as they arrived, each event once; everything about legs and consent can be folded from here.
CREATE TABLE events (
  id          uuid PRIMARY KEY,
  fact_id     uuid NOT NULL UNIQUE,
  journal_id  uuid NOT NULL,
  seq         bigint NOT NULL,
  agent_id    uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  call_id     uuid NOT NULL REFERENCES legs ON DELETE CASCADE,
  topic       text NOT NULL CHECK (topic IN ('ledger', 'consent')),
  at          bigint NOT NULL,
  written_at  bigint NOT NULL,
  offset_ms   bigint NOT NULL,
  received_at bigint NOT NULL,
  -- JSON with its keys in order, kept as text: it is compared to the letter.
  fact        text NOT NULL,
  arrival     bigint GENERATED ALWAYS AS IDENTITY
);
CREATE INDEX events_call ON events (call_id);

CREATE TABLE recordings (
  id         uuid PRIMARY KEY,
  contact_id uuid NOT NULL REFERENCES contacts ON DELETE CASCADE,
  call_key   text NOT NULL,
  agent_id   uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  state      text NOT NULL CHECK (state IN ('starting', 'recording', 'stopped', 'failed')),
  started_at bigint NOT NULL,
  ended_at   bigint,
  seconds    double precision,
  channels   integer NOT NULL DEFAULT 2,
  why        text NOT NULL DEFAULT ''
);
CREATE INDEX recordings_contact ON recordings (contact_id, started_at);
-- One recording of a call at a time, whatever two backends do at once.
CREATE UNIQUE INDEX one_running_recording ON recordings (call_key)
  WHERE state IN ('starting', 'recording');

-- What a demo installation has been given already.
CREATE TABLE demo_seeds (
  name    text PRIMARY KEY,
  made_at bigint NOT NULL
);

-- Who speaks for a customer of the demo.
CREATE TABLE demo_voices (
  customer_id uuid PRIMARY KEY REFERENCES customers ON DELETE CASCADE,
  voice       text NOT NULL
);
