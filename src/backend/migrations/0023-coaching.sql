-- What supervisors tell agents about their conversations, and how well calls were heard.

CREATE TABLE coaching_notes (
  -- Of whoever wrote it: written again, it is the same note.
  id              uuid PRIMARY KEY,
  contact_id      uuid NOT NULL REFERENCES contacts ON DELETE CASCADE,
  agent_id        uuid NOT NULL REFERENCES users,
  author          uuid NOT NULL REFERENCES users,
  text            text NOT NULL,
  written_at      bigint NOT NULL,
  acknowledged_at bigint,
  reply           text NOT NULL DEFAULT '',
  CHECK (agent_id <> author)
);
CREATE INDEX coaching_notes_contact ON coaching_notes (contact_id, written_at);
CREATE INDEX coaching_notes_agent ON coaching_notes (agent_id, written_at DESC);

-- A call as one agent's phone heard it. The contact is found by the leg, which may be told later.
CREATE TABLE line_summaries (
  -- Of the desk's journal: told again, it is the same.
  id          uuid PRIMARY KEY,
  agent_id    uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  call_id     uuid NOT NULL,
  at          bigint NOT NULL,
  received_at bigint NOT NULL,
  -- JSON with its keys in order, kept as text: it is compared to the letter.
  fact        text NOT NULL
);
CREATE INDEX line_summaries_call ON line_summaries (call_id);
