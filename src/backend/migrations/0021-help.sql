-- Hands that agents raise in a call, what is written beside it, and what supervisors do to agents' work.

CREATE TABLE hands (
  id         uuid PRIMARY KEY,
  agent_id   uuid NOT NULL REFERENCES users,
  contact_id uuid NOT NULL REFERENCES contacts,
  call_key   text NOT NULL,
  raised_at  bigint NOT NULL,
  -- Who has it, or had it when it went down.
  taken_by   uuid REFERENCES users,
  taken_at   bigint,
  over_at    bigint,
  over_why   text CHECK (over_why IN ('withdrawn', 'answered', 'call_over', 'signed_out')),
  -- null: nobody's deed.
  over_by    uuid REFERENCES users,
  revision   integer NOT NULL DEFAULT 1,
  CHECK ((taken_by IS NULL) = (taken_at IS NULL)),
  CHECK ((over_at IS NULL) = (over_why IS NULL))
);
-- One at a time for each call of an agent.
CREATE UNIQUE INDEX hands_up ON hands (agent_id, call_key) WHERE over_at IS NULL;
CREATE INDEX hands_contact ON hands (contact_id);
CREATE INDEX hands_call ON hands (call_key);

CREATE TABLE hand_messages (
  id      uuid PRIMARY KEY,
  hand_id uuid NOT NULL REFERENCES hands ON DELETE CASCADE,
  author  uuid NOT NULL REFERENCES users,
  at      bigint NOT NULL,
  text    text NOT NULL
);
CREATE INDEX hand_messages_hand ON hand_messages (hand_id, at);

CREATE TABLE team_messages (
  id     uuid PRIMARY KEY,
  author uuid NOT NULL REFERENCES users,
  -- null: everybody.
  team   text REFERENCES teams,
  text   text NOT NULL,
  at     bigint NOT NULL
);
CREATE INDEX team_messages_author ON team_messages (author, at);

-- What an agent is told of what a supervisor did or says, until it was read.
CREATE TABLE memos (
  id         uuid PRIMARY KEY,
  agent_id   uuid NOT NULL REFERENCES users,
  author     uuid NOT NULL REFERENCES users,
  at         bigint NOT NULL,
  kind       text NOT NULL CHECK (kind IN ('message', 'queues', 'wrap_up')),
  -- What the kind needs beside it; no words of or about a customer.
  details    jsonb NOT NULL,
  message_id uuid REFERENCES team_messages,
  contact_id uuid REFERENCES contacts,
  read_at    bigint
);
CREATE INDEX memos_unread ON memos (agent_id, at) WHERE read_at IS NULL;
CREATE INDEX memos_message ON memos (message_id);

-- Agents whose queues are others for today, and what they go back to. The centre's own word takes its place.
CREATE TABLE queues_for_today (
  agent_id uuid PRIMARY KEY REFERENCES users,
  usual    text[] NOT NULL,
  -- Epoch ms.
  ends_at  bigint NOT NULL
);
