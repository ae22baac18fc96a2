-- Finished recordings, encrypted; what holds their deletion up; and what was asked for under the law of privacy.

CREATE TABLE recording_files (
  recording_id  uuid PRIMARY KEY REFERENCES recordings,
  -- Of the file, in whichever store.
  name          text NOT NULL UNIQUE,
  -- Of the audio as it was, and of the encrypted file that stands for it.
  size          bigint NOT NULL,
  sha256        bytea NOT NULL CHECK (length(sha256) = 32),
  encrypted_size   bigint NOT NULL,
  encrypted_sha256 bytea NOT NULL CHECK (length(encrypted_sha256) = 32),
  -- The key of the file, wrapped by the key of this id; null: destroyed, and the audio with it.
  wrapped_key   bytea,
  key_id        text NOT NULL,
  -- `local`, or the address of the store that has it.
  place         text NOT NULL,
  encrypted_at     bigint NOT NULL,
  -- When every file that held the audio in clear was seen to be gone; null: not yet.
  plain_gone_at bigint
);
CREATE INDEX recording_files_key ON recording_files (key_id) WHERE wrapped_key IS NOT NULL;

-- Recordings that were deleted: from `at` on nobody can hear them.
CREATE TABLE recording_removals (
  recording_id uuid PRIMARY KEY REFERENCES recordings,
  why          text NOT NULL CHECK (why IN ('retention', 'withdrawn', 'erasure')),
  -- A user; null: the rule of the queue, or whoever may run commands on the server.
  asked_by     uuid REFERENCES users,
  at           bigint NOT NULL,
  -- When every file of it was seen to be gone; null: not yet.
  gone_at      bigint
);
CREATE INDEX recording_removals_unfinished ON recording_removals (at) WHERE gone_at IS NULL;

-- As long as one stands, nothing of this contact, or of any contact of this customer, is deleted.
CREATE TABLE legal_holds (
  id          uuid PRIMARY KEY,
  contact_id  uuid,
  customer_id uuid,
  reason      text NOT NULL,
  since       bigint NOT NULL,
  lifted_at   bigint,
  CHECK ((contact_id IS NULL) <> (customer_id IS NULL))
);
CREATE INDEX legal_holds_contact ON legal_holds (contact_id) WHERE lifted_at IS NULL;
CREATE INDEX legal_holds_customer ON legal_holds (customer_id) WHERE lifted_at IS NULL;
