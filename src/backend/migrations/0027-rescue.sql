-- Customers who were taken back from an agent who vanished in the call, and what became of them.
CREATE TABLE rescues (
  id         uuid PRIMARY KEY,
  contact_id uuid NOT NULL REFERENCES contacts ON DELETE CASCADE,
  call_key   text NOT NULL,
  -- Who had the customer.
  agent_id   uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  at         bigint NOT NULL,
  why        text NOT NULL CHECK (why IN ('phone_failed', 'desk_gone', 'not_heard')),
  -- Who has answered the customer since, and when.
  taken_by   uuid REFERENCES users ON DELETE CASCADE,
  taken_at   bigint,
  -- The call ended before anybody did.
  gone_at    bigint
);
CREATE INDEX rescues_contact ON rescues (contact_id, at);
CREATE INDEX rescues_waiting ON rescues (call_key) WHERE taken_by IS NULL AND gone_at IS NULL;
