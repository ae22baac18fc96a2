-- Calls that were promised for later, and tasks that follow from a contact.

CREATE TABLE call_backs (
  id            uuid PRIMARY KEY,
  kind          text NOT NULL CHECK (kind IN ('call_back', 'follow_up')),
  state         text NOT NULL CHECK (state IN ('scheduled', 'offered', 'taken', 'calling', 'attempted',
    'done', 'cancelled', 'exhausted')),
  -- E.164; empty: there is no call to be made.
  number        text NOT NULL,
  note          text NOT NULL,
  -- Epoch ms, as all times here.
  due_at        bigint NOT NULL,
  created_by    uuid NOT NULL REFERENCES users,
  created_at    bigint NOT NULL,
  -- null: the queue's, until somebody takes it.
  owner_id      uuid REFERENCES users,
  -- Whose rules its calls follow; null: nobody's.
  queue         text REFERENCES queues ON DELETE SET NULL,
  -- The contact that it came of.
  contact_id    uuid REFERENCES contacts ON DELETE SET NULL,
  customer_id   uuid REFERENCES customers ON DELETE SET NULL,
  -- Calls that reached the customer's line.
  attempts      integer NOT NULL DEFAULT 0,
  offered_to    uuid REFERENCES users,
  offered_until bigint,
  -- Who let it pass, and when that last happened.
  passed        uuid[] NOT NULL DEFAULT '{}',
  passed_at     bigint,
  -- The leg of the attempt that goes on.
  call_id       uuid,
  over_at       bigint,
  revision      integer NOT NULL DEFAULT 1,
  CHECK ((state = 'offered') = (offered_to IS NOT NULL) AND (offered_to IS NULL) = (offered_until IS NULL)),
  CHECK ((state IN ('done', 'cancelled', 'exhausted')) = (over_at IS NOT NULL)),
  CHECK ((state = 'calling') = (call_id IS NOT NULL))
);
-- An agent is asked about one at a time, whichever backend asks.
CREATE UNIQUE INDEX call_backs_offer ON call_backs (offered_to) WHERE state = 'offered';
CREATE INDEX call_backs_owner ON call_backs (owner_id, due_at, id) WHERE over_at IS NULL;
CREATE INDEX call_backs_queue ON call_backs (due_at, id) WHERE over_at IS NULL AND owner_id IS NULL;
CREATE INDEX call_backs_over ON call_backs (owner_id, over_at DESC, id) WHERE over_at IS NOT NULL;
CREATE INDEX call_backs_contact ON call_backs (contact_id);
CREATE INDEX call_backs_customer ON call_backs (customer_id);

CREATE TABLE call_back_attempts (
  -- The agent's leg.
  call_id      uuid PRIMARY KEY,
  call_back_id uuid NOT NULL REFERENCES call_backs ON DELETE CASCADE,
  call_key     text NOT NULL,
  agent_id     uuid NOT NULL REFERENCES users,
  at           bigint NOT NULL,
  -- null: it goes on.
  outcome      text CHECK (outcome IN ('answered', 'busy', 'no_answer', 'failed')),
  answered_at  bigint
);
CREATE INDEX call_back_attempts_of ON call_back_attempts (call_back_id, at);
CREATE INDEX call_back_attempts_call ON call_back_attempts (call_key);
