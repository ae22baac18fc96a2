-- Pauses of a recording while a card is taken, and the proof that nothing of it was kept.

CREATE TABLE payment_pauses (
  -- Of whoever asked: asked again, it is the same pause.
  id         uuid PRIMARY KEY,
  contact_id uuid NOT NULL REFERENCES contacts ON DELETE CASCADE,
  call_key   text NOT NULL,
  agent_id   uuid NOT NULL REFERENCES users ON DELETE CASCADE,
  -- What opened it.
  step       text NOT NULL CHECK (step IN ('button', 'field', 'page', 'keypad')),
  began_at   bigint NOT NULL,
  -- When it ends by itself.
  limit_at   bigint NOT NULL,
  -- null: open, and nothing of the call is recorded.
  ended_at   bigint,
  end_why    text CHECK (end_why IN ('agent', 'step_closed', 'limit', 'quiet', 'call_ended')),
  CHECK ((ended_at IS NULL) = (end_why IS NULL))
);
CREATE INDEX payment_pauses_open ON payment_pauses (call_key) WHERE ended_at IS NULL;
CREATE INDEX payment_pauses_contact ON payment_pauses (contact_id, began_at);

-- What was found in a finished recording where it was silent. The recording may be deleted: what was found stays.
CREATE TABLE silence_proofs (
  recording_id uuid NOT NULL,
  paused_at    bigint NOT NULL,
  -- Into the recording, ms: where both channels were to hold nothing but zeros.
  from_ms      integer NOT NULL,
  to_ms        integer NOT NULL,
  -- Of each channel, in that stretch; and how many of them are not zero.
  samples      bigint NOT NULL,
  not_zero     bigint NOT NULL,
  proven_at    bigint NOT NULL,
  PRIMARY KEY (recording_id, paused_at)
);

-- Who writes in such a field takes a payment.
ALTER TABLE wrap_up_fields ADD COLUMN payment boolean NOT NULL DEFAULT false;
